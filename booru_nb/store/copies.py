"""Copies of a library file, made while it is open: backups and snapshots."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.errors import StoreError
from booru_nb.store import views
from booru_nb.store.files import private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

CHUNK = 1 << 20
"""Bytes that are read at once for a check sum."""


def backup(file: LibraryFile, target: Path, *, overwrite: bool = False) -> str:
    """Copy a library into a file that appears at once and whole.

    Parameters
    ----------
    file : LibraryFile
        An open library. Others may write to it meanwhile.
    target : Path
        Where. Only its owner may read it. Its check sum is written beside it, as
        ``NAME.sha256``, in the form that the program ``sha256sum -c`` reads.
    overwrite : bool
        Whether to replace what is there.

    Returns
    -------
    str
        The SHA-256 of the copy, as 64 hex digits.

    Raises
    ------
    StoreError
        If something is there already, or it cannot be written. What was there stays.
    """
    target = target.expanduser().absolute()
    _refuse_to_replace(file, target, overwrite=overwrite)
    begun = target.with_name(f".{target.name}.{secrets.token_hex(8)}.new")
    try:
        _copy(file, begun)
        checksum = sha256(begun)
        _appear(begun, target, overwrite=overwrite)
        sums = target.with_name(f"{target.name}.sha256")
        sums.write_text(f"{checksum}  {target.name}\n", encoding="utf-8")
    except OSError as error:
        raise _unwritten(target, error) from error
    finally:
        begun.unlink(missing_ok=True)
    return checksum


@contextmanager
def snapshot(file: LibraryFile) -> Iterator[Path]:
    """Give a copy of a library to whatever reads SQLite files, and take it back.

    Parameters
    ----------
    file : LibraryFile
        An open library.

    Yields
    ------
    Path
        The copy, in a folder of its owner's only, with the views of
        `booru_nb.store.views`. It is removed with its folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="booru-nb-snapshot-"))
    copy = folder / file.path.name
    try:
        try:
            _copy(file, copy)
            _prepare(copy)
        except (OSError, sqlite3.Error) as error:
            raise _unwritten(copy, error) from error
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _copy(file: LibraryFile, target: Path) -> None:
    private(target)

    # In one step, inside a reading transaction: a copy in several steps would begin
    # anew whenever somebody writes, and inside a writing one it would never begin.
    def work(db: Db) -> None:
        try:
            with closing(sqlite3.connect(target)) as copy:
                db.backup(copy, pages=-1)
        except sqlite3.Error as error:
            raise _unwritten(target, error) from error

    file.read(work)


def _prepare(copy: Path) -> None:
    """Make a copy one plain file, with views whose names people would guess."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("pragma journal_mode = delete")
        views.create(db)


def _refuse_to_replace(file: LibraryFile, target: Path, *, overwrite: bool) -> None:
    if not target.exists():
        return
    if target.is_dir():
        raise StoreError(f"{target} is a folder. Name a file in it.")
    if target.samefile(file.path):
        raise StoreError(f"{target} is the library itself. Choose another name.")
    if not overwrite:
        raise StoreError(
            f"{target} exists already. Choose another name, or say overwrite=True."
        )


def _appear(begun: Path, target: Path, *, overwrite: bool) -> None:
    descriptor = os.open(begun, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if not overwrite:
        # Taking the name first keeps a file that appears meanwhile.
        private(target)
    begun.replace(target)


def _unwritten(target: Path, error: Exception) -> StoreError:
    why = getattr(error, "strerror", None) or error
    return StoreError(
        f"{target} could not be written: {why}. Is its folder there, may you write "
        "into it, and is there enough space?"
    )
