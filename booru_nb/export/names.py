"""Names of files below an export's folder."""

from __future__ import annotations

from pathlib import PurePosixPath

from booru_nb.errors import ArgumentError


def plain(name: str) -> str:
    """Return a name, if it stays below its folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name:
        raise ArgumentError(f"{name!r} is no name of a file below an export's folder.")
    return name
