"""Names of files after a template, such as ``%artist%/%id%.%ext%``.

A name that is made here can be used on every system: no part is a device of Windows,
ends with a dot, has characters that some system forbids, or is longer than 255 bytes;
the extension is never cut. What a site says (a tag ``../x``, ``a/b`` or ``%id%``) ends
up within one part, as text: only the template's own slashes make folders.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "%site%_%id%.%ext%"

TOKENS = (
    "id",
    "md5",
    "ext",
    "rating",
    "score",
    "artist",
    "character",
    "copyright",
    "general",
    "meta",
    "species",
    "site",
)
"""What may stand between two ``%`` of a template."""

LONGEST = 255
"""Bytes of a part of a path, which common file systems allow."""

DEEPEST = 8
"""Parts of a template."""

_TOKEN = re.compile(r"%([a-z0-9_]+)%")
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's categories of what cannot be seen, or is no character."""

# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{name}{n}" for name in ("com", "lpt") for n in "0123456789¹²³"]
)
_EMPTY = "unknown"


class Template:
    """How files are named.

    Parameters
    ----------
    text : str
        Parts with ``/`` between them, with any of `TOKENS` between two ``%``. An
        extension is added where ``%ext%`` does not stand at the end.

    Raises
    ------
    ArgumentError
        If it has a token that is not known, or can be no path below a folder.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = text.split("/")
        self._check()
        last = self._parts[-1]
        self._parts[-1] = last.removesuffix("%ext%").removesuffix(".")

    def _check(self) -> None:
        for token in _TOKEN.findall(self.text):
            if token not in TOKENS:
                known = ", ".join(f"%{name}%" for name in TOKENS)
                raise ArgumentError(
                    f"No token is called %{token}%. A template may have {known}."
                )
        if "\\" in self.text or re.match(r"[A-Za-z]:", self.text):
            raise ArgumentError(
                f"The template {self.text!r} must use '/' between folders, below the "
                "folder that to= names."
            )
        if any(part.strip() in {"", ".", ".."} for part in self._parts):
            raise ArgumentError(
                f"The template {self.text!r} has an empty part, '.' or '..'. Name "
                "files below one folder, such as '%artist%/%id%.%ext%'."
            )
        if len(self._parts) > DEEPEST:
            raise ArgumentError(f"A template has {DEEPEST} parts at most.")

    def path(self, values: Mapping[str, str], *, ext: str, mark: str = "") -> str:
        """Return a file's path below a folder, with ``/`` between its parts.

        Parameters
        ----------
        values : mapping of str to str
            What each of `TOKENS` stands for; it is not looked at for further tokens.
        ext : str
            The extension, without its dot; an empty one is left out.
        mark : str
            What stands before the extension, such as ``.sample``, and is not cut.
        """
        *folders, last = (
            self._filled(part, {**values, "ext": ext}) for part in self._parts
        )
        name = clean(last) or clean(values["id"])
        parts = [fit(clean(folder) or _EMPTY, "") for folder in folders]
        return "/".join([*parts, fit(name, ending(ext, mark))])

    def _filled(self, part: str, values: Mapping[str, str]) -> str:
        return _TOKEN.sub(lambda found: values[found[1]], part)


def ending(ext: str, mark: str = "") -> str:
    """Return what stands at the end of a name."""
    return f"{mark}.{ext}" if ext else mark


def clean(text: str) -> str:
    """Return a part of a path that every system takes; empty where nothing is left."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        "_" if unicodedata.category(c) in _UNSEEN else c
        for c in re.sub(r"\s+", "_", composed.strip())
    )
    name = _FORBIDDEN.sub("_", seen).lstrip(".~ ").rstrip(". ")
    return (
        f"_{name}" if name.partition(".")[0].rstrip().casefold() in _DEVICES else name
    )


def fit(name: str, end: str) -> str:
    """Return a name with an ending that it keeps, in as many bytes as are allowed."""
    room = LONGEST - len(end.encode())
    raw = name.encode()
    if len(raw) > room:
        # A character that would be cut in two goes away, and so does what it marks.
        name = raw[:room].decode("utf-8", "ignore").rstrip(". ")
    return name + end


def distinct(path: str, tell: str, *, ext: str, mark: str = "") -> str:
    """Return a path like another one, whose name also has something of its own.

    Parameters
    ----------
    path : str
        As `Template.path` made it, with the same `ext` and `mark`.
    tell : str
        What tells it, such as ``danbooru_7``.
    """
    folder, slash, name = path.rpartition("/")
    end = ending(ext, mark)
    stem = name[: len(name) - len(end)] if end else name
    return folder + slash + fit(stem, f"_{clean(tell)}{end}")
