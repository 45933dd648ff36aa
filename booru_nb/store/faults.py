"""What SQLite's errors mean to a person: the one border where they become ours."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from booru_nb.errors import DamagedFileError, StoreError

if TYPE_CHECKING:
    from pathlib import Path

PRIMARY = 0xFF
"""The part of SQLite's extended error codes that names the kind of error."""

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

SENTENCES = {
    sqlite3.SQLITE_BUSY: (
        "{path} is in use: another program has been writing to it for too long. "
        "Close other notebooks that use it, or wait, and try again."
    ),
    sqlite3.SQLITE_FULL: (
        "{path} cannot grow: the disk is full. Nothing was changed. Free some space "
        "and try again."
    ),
    sqlite3.SQLITE_READONLY: (
        "{path} cannot be written: it, or its folder, is read-only. Nothing was "
        "changed. Allow writing there, or copy the library to another folder."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "{path} cannot be opened ({error}). Is its folder there, and may you write "
        "into it?"
    ),
    sqlite3.SQLITE_IOERR: (
        "{path} could not be read or written ({error}). Nothing was changed. Look "
        "whether its disk is full, still connected and sound."
    ),
}
SENTENCES[sqlite3.SQLITE_LOCKED] = SENTENCES[sqlite3.SQLITE_BUSY]

Foreign = (sqlite3.Error, OverflowError, UnicodeError)
"""What `sqlite3` raises; the last two for values that SQLite cannot hold."""


def damaged(path: Path, why: object) -> DamagedFileError:
    """Return the error for a file of ours that is not whole."""
    return DamagedFileError(
        f"{path} is damaged ({why}). It was left as it is. Put a backup in its place: "
        "copies made before an update lie beside it and end in '.backup'."
    )


def translated(error: Exception, path: Path) -> BaseException:
    """Return what an error of `sqlite3` means.

    Parameters
    ----------
    error : Exception
        One of `Foreign`.
    path : Path
        The library file.

    Returns
    -------
    BaseException
        A `StoreError` in a full sentence, or `KeyboardInterrupt`: SQLite calls Python
        during long statements, and an interrupt that arrives there comes back as an
        error of SQLite's.
    """
    if not isinstance(error, sqlite3.Error):
        return StoreError(f"{path} cannot hold a value ({error}). Nothing was changed.")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY
    if code == sqlite3.SQLITE_INTERRUPT:
        return KeyboardInterrupt()
    if code in DAMAGED:
        return damaged(path, error)
    if code in SENTENCES:
        return StoreError(SENTENCES[code].format(path=path, error=error))
    return StoreError(f"{path} could not do this ({error}). Nothing was changed.")
