"""Logins: who asks a site, and with which key.

A login is looked for in the environment (``BOORU_NB_<SITE>_USER`` and ``_KEY``), then
in the system's keyring, then in a file of its own, ``logins.json`` in the data folder,
which only its owner may read. That file also says which keys are in the keyring, since
a keyring cannot be asked for what it holds.

A login belongs to a site's name *and* address, so that no key is ever sent to another
address that has taken over the name.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from booru_nb import settings
from booru_nb.errors import ArgumentError, StoreError
from booru_nb.sites import Login

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from booru_nb.sites import Site

SERVICE = "booru-nb"
"""What the keyring knows this package by."""

_KEYS = ("api_key", "key", "password_hash")
_USERS = ("user_id", "login", "username")

_Entry = dict[str, Any]


def variables(name: str) -> tuple[str, str]:
    """Return the names of the variables of the environment for a site's user and key.

    >>> variables("safebooru.org")
    ('BOORU_NB_SAFEBOORU_ORG_USER', 'BOORU_NB_SAFEBOORU_ORG_KEY')
    """
    word = re.sub(r"[^A-Z0-9]", "_", name.upper())
    return f"BOORU_NB_{word}_USER", f"BOORU_NB_{word}_KEY"


def understood(user: str | None, key: str) -> tuple[str | None, str]:
    """Return a user and a key out of what was typed or pasted.

    Boorus show both together, as ``&api_key=…&user_id=…``, and that is what people
    paste.
    """
    for text in (key, user or ""):
        given = {n: v[0] for n, v in parse_qs(text.strip().lstrip("?&")).items()}
        found = next((given[name] for name in _KEYS if name in given), None)
        if found is not None:
            user = user if user and "=" not in user else None
            named = next((given[name] for name in _USERS if name in given), None)
            return named or user, found.strip()
    return (user.strip() or None if user else None), key.strip()


def login_for(site: Site, user: str | None, key: str) -> Login:
    """Return the login that a user and a key make for a site.

    Raises
    ------
    ArgumentError
        If something is missing, or of the wrong form. The key is not in the message.
    """
    user, key = understood(user, key)
    if not key or not key.isprintable() or " " in key:
        raise ArgumentError(
            f"That is no key of {site.name!r}. {site.url}{site.key_page} has yours."
        )
    if site.user_word is None:
        return Login(user or "", key)
    if user is None:
        raise ArgumentError(
            f"{site.name!r} wants your {site.user_word} beside the key: "
            f"lib.login({site.name!r}, user='…')."
        )
    if site.user_word == "user number" and not user.isdecimal():
        raise ArgumentError(
            f"{site.name!r} wants your user number, such as '12345', and not a name."
        )
    return Login(user, key)


class Credentials:
    """The logins of this user.

    Parameters
    ----------
    lasting : bool
        Whether they are kept when the process ends; a demo's are not, nor does it look
        at those of others.
    """

    def __init__(self, *, lasting: bool = True) -> None:
        self._lasting = lasting
        self._lock = threading.Lock()
        self._memory: dict[str, Login] = {}
        self._index: dict[str, _Entry] = {}
        self._read: int | None = None

    def find(self, site: Site) -> Login | None:
        """Return the login for a site; None where there is none.

        Raises
        ------
        ArgumentError
            If the environment has half of one.
        StoreError
            If the file of logins cannot be read.
        """
        if self._lasting and (given := _from_environment(site)) is not None:
            return given
        account = _account(site)
        with self._lock:
            entry = self._entries().get(account)
            if entry is None and self._lasting:
                return None
            known = self._memory.get(account)
            if known is None and entry is not None:
                key = entry.get("key") or _from_keyring(account)
                if key is None:
                    return None
                known = self._memory[account] = Login(str(entry["user"]), str(key))
            return known

    def has(self, sites: Iterable[Site]) -> list[str]:
        """Return the names of those sites that have a login; no keyring is opened."""
        with self._lock:
            kept = {*self._entries(), *([] if self._lasting else self._memory)}
        return [
            site.name
            for site in sites
            if _account(site) in kept
            or (self._lasting and bool(os.environ.get(variables(site.name)[1])))
        ]

    def keep(self, site: Site, login: Login) -> None:
        """Keep the login for a site, in place of the one before.

        Raises
        ------
        StoreError
            If it can be kept neither in a keyring nor in a file.
        """
        account = _account(site)
        with self._lock:
            if self._lasting:
                entries = dict(self._entries())
                entry: _Entry = {"user": login.user}
                if not _into_keyring(account, login.key):
                    entry["key"] = login.key
                self._write({**entries, account: entry})
            self._memory[account] = login

    def forget(self, site: Site) -> bool:
        """Forget the login for a site; return whether there was one.

        Raises
        ------
        ArgumentError
            If it stands in the environment, which is not ours to change.
        """
        variable = variables(site.name)[1]
        if self._lasting and os.environ.get(variable):
            raise ArgumentError(
                f"The login of {site.name!r} comes from the environment. Remove "
                f"{variable} there."
            )
        account = _account(site)
        with self._lock:
            entries = dict(self._entries())
            known = self._memory.pop(account, None)
            entry = entries.pop(account, None)
            if entry is not None:
                _out_of_keyring(account)
                self._write(entries)
            return known is not None or entry is not None

    def _entries(self) -> dict[str, _Entry]:
        """Return what the file says, which another process may have changed."""
        if not self._lasting:
            return {}
        path = _file()
        try:
            changed = path.stat().st_mtime_ns
            if changed != self._read:
                self._index = _checked(json.loads(path.read_bytes()))
                self._read = changed
                self._memory.clear()
        except FileNotFoundError:
            self._index, self._read = {}, None
        except (OSError, ValueError, TypeError, KeyError):
            raise StoreError(
                f"{path} cannot be read as the file of your logins. Delete it, and set "
                "them again: lib.login(…)."
            ) from None
        return self._index

    def _write(self, entries: dict[str, _Entry]) -> None:
        path = _file()
        begun = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
            with os.fdopen(os.open(begun, flags, 0o600), "w") as file:
                json.dump(entries, file, indent=1)
            begun.replace(path)
        except OSError as error:
            begun.unlink(missing_ok=True)
            raise StoreError(
                f"{path} cannot be written: {error.strerror or error}. Name the login "
                "in the environment instead: BOORU_NB_<SITE>_USER and _KEY."
            ) from None
        self._index, self._read = entries, path.stat().st_mtime_ns


def _account(site: Site) -> str:
    return f"{site.name} at {site.url}"


def _file() -> Path:
    return settings.data_folder() / "logins.json"


def _checked(entries: object) -> dict[str, _Entry]:
    if not isinstance(entries, dict):
        raise TypeError
    for entry in entries.values():
        entry["user"]
    return entries


def _from_environment(site: Site) -> Login | None:
    user_variable, key_variable = variables(site.name)
    key = os.environ.get(key_variable)
    if not key:
        return None
    try:
        return login_for(site, os.environ.get(user_variable), key)
    except ArgumentError as error:
        raise ArgumentError(
            f"{key_variable} is in the environment, but does not make a login with "
            f"{user_variable}. {error}"
        ) from None


def _keyring() -> tuple[Any, tuple[type[Exception], ...]] | None:
    """Return the keyring and what it fails with; None where it is not installed."""
    try:
        # An extra, and slow to import.
        import keyring  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    # Backends let through what the system's services raise.
    return keyring, (KeyringError, RuntimeError, OSError, ValueError)


def _into_keyring(account: str, key: str) -> bool:
    """Put a key into the keyring, and return whether it is there."""
    if (found := _keyring()) is None:
        return False
    ring, failures = found
    try:
        ring.set_password(SERVICE, account, key)
        # There is a backend that takes everything and keeps nothing.
        return bool(ring.get_password(SERVICE, account) == key)
    except failures:
        return False


def _from_keyring(account: str) -> str | None:
    if (found := _keyring()) is None:
        return None
    ring, failures = found
    try:
        key: str | None = ring.get_password(SERVICE, account)
    except failures:
        return None
    return key


def _out_of_keyring(account: str) -> None:
    if (found := _keyring()) is None:
        return
    ring, failures = found
    with suppress(*failures):
        ring.delete_password(SERVICE, account)
