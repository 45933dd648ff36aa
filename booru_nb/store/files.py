"""Library files as files: what one is, before SQLite touches it, and how one begins.

SQLite writes a file's owner and version into its header. Ours change only while the
file is in rollback mode, so the header on the disk is always true, and a file that is
not ours can be refused without opening it as a database.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from booru_nb.errors import ForeignFileError, NewerFileError, StoreError
from booru_nb.store.faults import damaged
from booru_nb.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = 100
"""Bytes of SQLite's header: https://www.sqlite.org/fileformat.html#the_database_header"""

MAGIC = b"SQLite format 3\0"

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with strict tables."""


def require_sqlite() -> None:
    """Raise `StoreError` where Python has a SQLite that is too old."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(
            f"This Python has SQLite {sqlite3.sqlite_version}; a library needs "
            f"{oldest} or newer. Use a newer Python."
        )


def exists(path: Path) -> bool:
    """Tell whether there is a file; raise `StoreError` where something else is."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unusable(path, error) from error
    if stat.S_ISDIR(mode):
        raise StoreError(f"{path} is a folder. Name a file in it: {path / 'my.booru'}.")
    if not stat.S_ISREG(mode):
        raise StoreError(f"{path} is not a file that could hold a library.")
    return True


def inspect(path: Path, *, newest: int) -> int:
    """Return the schema version of a library file, which is only read.

    Parameters
    ----------
    path : Path
        A file that exists.
    newest : int
        The newest version that this program knows.

    Raises
    ------
    ForeignFileError
        If another program made the file, or nothing is in it.
    NewerFileError
        If a newer version of booru_nb made it.
    DamagedFileError
        If it was a library, and its header is not whole.
    StoreError
        If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except OSError as error:
        raise _unusable(path, error) from error
    if not header:
        raise ForeignFileError(
            f"{path} is an empty file, not a library. It was left as it is. Delete it "
            "if nobody needs it, or choose another name."
        )
    if not header.startswith(MAGIC):
        if not header.strip(b"\0"):
            raise damaged(path, "its beginning is blank")
        raise _foreign(path)
    return _version(path, header, newest)


def _version(path: Path, header: bytes, newest: int) -> int:
    if len(header) < HEADER:
        raise damaged(path, "its header is cut off")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _foreign(path)
    version = int.from_bytes(header[60:64], "big")
    if version > newest:
        raise NewerFileError(
            f"{path} was written by a newer booru_nb (its tables are of version "
            f"{version}, this one knows {newest}). It was left as it is. Update: "
            "pip install -U booru-nb"
        )
    if not version:
        raise damaged(path, "it has no version")
    return version


def create(path: Path, build: Callable[[Path], None]) -> None:
    """Make a library file that appears at once and whole, or not at all.

    Parameters
    ----------
    path : Path
        Where; its folder is made, too. Where a file has appeared in the meantime,
        made by another process, that one stays.
    build : callable
        Fills the empty file that it is given.
    """
    begun = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private(begun)
        try:
            build(begun)
            _appear(begun, path)
        finally:
            for end in ("", "-journal", "-wal", "-shm"):
                begun.with_name(begun.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise _unusable(path, error) from error


def private(path: Path) -> None:
    """Make an empty file that only its owner may read; it must not exist yet."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _appear(begun: Path, path: Path) -> None:
    try:
        path.hardlink_to(begun)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no hard links. Taking the name first keeps a file
        # that appears at the same moment from being replaced.
        with suppress(FileExistsError):
            private(path)
            begun.replace(path)


def _foreign(path: Path) -> ForeignFileError:
    return ForeignFileError(
        f"{path} belongs to another program: it is not a booru_nb library. It was left "
        "as it is. Choose another name."
    )


def _unusable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} cannot be used: {error.strerror or error}. Choose another place, or "
        "allow reading and writing there."
    )
