"""A file that is not whole yet: written, hashed and proven in a thread.

It lies in the folder that it is for, under a name that begins with a dot and ends in
``.part``. A process that writes one holds a lock on it. Where another process does
already, a name is taken that nobody goes on with.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
import os
import re
import sys
import time
from typing import TYPE_CHECKING

from booru_nb.media.formats import ENOUGH

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

STALE = 86_400.0
"""Seconds after which a part that nobody goes on with is removed."""

_NAME = re.compile(r"\.([0-9a-f]{32}|[0-9a-f]{64})(-\d+-\d+)?\.part")
_FAR = 2**40
"""Where the byte is that is locked on Windows, whose locks keep others from reading."""
_BLOCK = 2**20
_CLOSED = -1
_numbers = itertools.count()
_log = logging.getLogger(__name__)


class Part:
    """A file that is being received. Everything here blocks; one thread at a time.

    Parameters
    ----------
    folder : Path
        Where, which must be there.
    key : str
        What the file is known by: its md5, or the SHA-256 of its address.

    Attributes
    ----------
    size : int
        Bytes that are there.
    start : bytes
        The first of them.
    data : bytes or None
        All of them, where they lie in memory.
    """

    data: bytes | None = None

    def __init__(self, folder: Path, key: str) -> None:
        self.path = folder / f".{key}.part"
        self.size = 0
        self._file = _CLOSED
        self._forget()

    def _forget(self) -> None:
        self.size = 0
        self.start = b""
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha256 = hashlib.sha256()

    @property
    def md5(self) -> str:
        """The md5 of what is there, in hexadecimal."""
        return self._md5.hexdigest()

    @property
    def sha256(self) -> str:
        """The SHA-256 of what is there, in hexadecimal."""
        return self._sha256.hexdigest()

    def open(self) -> None:
        """Open the file, and hash what is there of it; opening twice is nothing.

        Raises
        ------
        OSError
            If it cannot be opened.
        """
        if self._file != _CLOSED:
            return
        self._file = self._locked()
        os.lseek(self._file, 0, os.SEEK_SET)
        while piece := os.read(self._file, _BLOCK):
            self._note(piece)

    def _locked(self) -> int:
        with contextlib.suppress(BlockingIOError):
            return _open_locked(self.path)
        own = f"{self.path.stem}-{os.getpid()}-{next(_numbers)}.part"
        self.path = self.path.with_name(own)
        return _open_locked(self.path)

    def write(self, pieces: list[bytes]) -> None:
        """Add bytes at the end.

        Raises
        ------
        OSError
            If they cannot be written.
        """
        self.open()
        piece = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        self._note(piece)

    def _note(self, piece: bytes) -> None:
        if len(self.start) < ENOUGH:
            self.start += piece[: ENOUGH - len(self.start)]
        self.size += len(piece)
        self._md5.update(piece)
        self._sha256.update(piece)

    def reading(self) -> BinaryIO:
        """Return what is there as a file.

        Raises
        ------
        OSError
            If it cannot be read.
        """
        return self.path.open("rb")

    def clear(self) -> None:
        """Forget all that is there."""
        if self._file != _CLOSED:
            os.lseek(self._file, 0, os.SEEK_SET)
            os.ftruncate(self._file, 0)
        self._forget()

    def close(self) -> None:
        """Close the file, which stays if it has anything; closing twice is nothing."""
        if self._file != _CLOSED:
            if not self.size:
                with contextlib.suppress(OSError):
                    self.path.unlink()
            os.close(self._file)
            self._file = _CLOSED

    def discard(self) -> None:
        """Close the file, and remove it."""
        if self._file != _CLOSED:
            self.size = 0
        self.close()


def _open_locked(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY"):
        flags |= getattr(os, name, 0)
    file = os.open(path, flags, 0o666)
    try:
        _lock(file)
        _check_still_there(file, path)
    except BlockingIOError:
        os.close(file)
        raise
    except OSError as error:
        _log.debug("Parts are not locked here: %s", error)
    return file


def _check_still_there(file: int, path: Path) -> None:
    """Raise `BlockingIOError` where the one who held the lock has finished the file."""
    held = os.fstat(file)
    try:
        named = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        raise BlockingIOError from None
    if held.st_nlink != 1 or (held.st_dev, held.st_ino) != (named.st_dev, named.st_ino):
        raise BlockingIOError


def _lock(file: int) -> None:
    if sys.platform == "win32":
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def begun(folder: Path) -> set[str]:
    """Return the keys of the parts in a folder; remove those that are stale.

    What another process is writing is left alone.
    """
    keys = set()
    long_ago = time.time() - STALE
    for path, key in _parts(folder):
        with contextlib.suppress(OSError):
            if path.stat(follow_symlinks=False).st_mtime < long_ago:
                _remove_unless_locked(path)
            elif key is not None:
                keys.add(key)
    return keys


def _parts(folder: Path) -> Iterator[tuple[Path, str | None]]:
    try:
        names = [name for name in os.listdir(folder) if name.endswith(".part")]  # noqa: PTH208  thousands of names, and no paths
    except OSError:
        return
    for name in names:
        found = _NAME.fullmatch(name)
        if found is not None:
            yield folder / name, None if found[2] else found[1]


def _remove_unless_locked(path: Path) -> None:
    with contextlib.suppress(BlockingIOError):
        file = _open_locked(path)
        try:
            path.unlink()
        finally:
            os.close(file)
