"""What a folder of bookmarks can be called; a name may be nested, as in ``a/b``."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from booru_nb.errors import FolderNameError

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 255
"""Bytes of a part: folders may become folders on a disk, which allow no more."""

DEEPEST = 16
"""Parts of a name."""

WITHIN = "(folder.name = ? or folder.name > ? and folder.name < ?)"
"""The condition for a folder and those in it; its values come from `within`."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of control and format characters, surrogates, line ends."""


def within(name: str) -> tuple[str, str, str]:
    """Return the values for `WITHIN`."""
    return name, f"{name}/", f"{name}0"  # "0" follows "/"


def parents(name: str) -> list[str]:
    """Return the folders in which a folder is, the outermost first."""
    parts = name.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def checked(name: str) -> str:
    """Return a folder's name in Unicode's composed form.

    Raises
    ------
    FolderNameError
        If it cannot be one; the message says which rule it breaks.
    """
    name = unicodedata.normalize("NFC", name)
    if rule := _broken_rule(name):
        raise FolderNameError(f"A folder cannot be called {name!r}: {rule}.")
    return name


def _broken_rule(name: str) -> str | None:
    parts = name.split("/")
    if len(parts) > DEEPEST:
        return f"folders are nested {DEEPEST} deep at most"
    return next((rule for part in parts if (rule := _rule_of_part(part))), None)


def _rule_of_part(part: str) -> str | None:
    return next((rule for breaks, rule in _RULES if breaks(part)), None)


_RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        lambda part: not part,
        "a part between two '/' is empty, or the name begins or ends with '/'",
    ),
    (lambda part: part in {".", ".."}, "'.' and '..' mean other folders"),
    (
        lambda part: part != part.strip(),
        "a part must not begin or end with a blank",
    ),
    (lambda part: part[0] in ".~", "a part must not begin with '.' or '~'"),
    (
        lambda part: "\\" in part,
        "'\\' is not allowed; use '/' for a folder in a folder",
    ),
    (
        lambda part: any(unicodedata.category(c) in _UNSEEN for c in part),
        "it has characters that cannot be seen",
    ),
    (
        lambda part: len(part.encode()) > LONGEST,
        f"a part must not be longer than {LONGEST} bytes",
    ),
)
