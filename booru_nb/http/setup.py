"""What all clients have in common: the proxy, and the name they give."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field, replace
from types import EllipsisType
from urllib.parse import urlsplit

from booru_nb.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Setup:
    """What all clients have in common.

    Attributes
    ----------
    proxy : str or None
        The address of an HTTP proxy.
    user_agent : str or None
        How requests introduce themselves; None is the package's name and version.
    """

    proxy: str | None = field(default=None, repr=False)
    user_agent: str | None = None


_lock = threading.Lock()
_setup = Setup()


def current_setup() -> Setup:
    """Return what clients are built with at present."""
    return _setup


def configure(
    *,
    proxy: str | EllipsisType | None = ...,
    user_agent: str | EllipsisType | None = ...,
) -> None:
    """Change what all clients have in common; what is not named stays as it is.

    Clients that are in use finish what is under way, and are then closed.

    Parameters
    ----------
    proxy : str or None, optional
        The address of an HTTP proxy, through which everything goes from now on; None
        for none. It is never taken from the environment. Behind a proxy, names and
        literal addresses are checked before a request; what a name is bound to is the
        proxy's to check.
    user_agent : str or None, optional
        How requests introduce themselves; None is the package's name and version.

    Raises
    ------
    ArgumentError
        If the proxy's address is not one of HTTP.
    """
    global _setup  # noqa: PLW0603  one setting for all loops
    if isinstance(proxy, str):
        _check_proxy(proxy)
    with _lock:
        setup = _setup
        if not isinstance(proxy, EllipsisType):
            setup = replace(setup, proxy=proxy)
        if not isinstance(user_agent, EllipsisType):
            setup = replace(setup, user_agent=user_agent)
        if setup != _setup:
            _setup = setup


def _check_proxy(proxy: str) -> None:
    parts = urlsplit(proxy)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = (
            f"A proxy of the scheme {parts.scheme!r} cannot be used. Give the address "
            "of an HTTP proxy, such as 'http://127.0.0.1:8080'."
        )
        raise ArgumentError(msg)


def _renew_lock() -> None:
    global _lock  # noqa: PLW0603  a child must not wait for its parent's threads
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)
