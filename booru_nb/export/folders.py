"""Where an export goes: a folder of this machine, or any address of fsspec.

A file appears whole or not at all. Here that takes a temporary name beside it, a sync
and a rename; elsewhere it is what one upload is.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from booru_nb.errors import ArgumentError, FileError
from booru_nb.export.names import plain
from booru_nb.export.remote import RemoteFolder
from booru_nb.media.disk import disk, is_plain, usable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.export.parts import Folder

TEMPORARY = ".booru_nb-part"
"""How the names of files end that are being written."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]+(?:::|://)", re.IGNORECASE)


def folder(to: str | os.PathLike[str]) -> Folder:
    """Return what stands for a folder; it is made by the first file.

    Parameters
    ----------
    to : str or path
        A path of this machine, or an address such as ``s3://bucket/name``.

    Raises
    ------
    ArgumentError
        If fsspec, or what it needs for this address, is not installed; or if this can
        be no folder.
    """
    text = os.fspath(to)
    if not text or "\0" in text:
        raise ArgumentError(f"to is a folder or an address, not {text!r}.")
    if _ADDRESS.match(text):
        return RemoteFolder(text)
    try:
        return LocalFolder(text)
    except RuntimeError as error:  # the home of a user who is not there
        raise ArgumentError(f"{text!r} cannot be used: {error}") from error


class LocalFolder:
    """A folder of this machine.

    Parameters
    ----------
    path : str or path
        The folder. It and those below it are made when something is written.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).expanduser().absolute()

    def __str__(self) -> str:
        return str(self._path)

    def write(self, name: str, data: bytes) -> None:
        """Write a file.

        Raises
        ------
        FileError
            If it cannot be written; `DiskFullError` where there is no room.
        """
        with self.create(name) as file:
            file.write(data)

    @contextmanager
    def create(self, name: str) -> Iterator[BinaryIO]:
        """Return a file to write into, which appears when the block ends well.

        Raises
        ------
        FileError
            If it cannot be written; `DiskFullError` where there is no room.
        """
        path = self._below(name)
        # The name is short, whatever the file's own, and no two writers have the same.
        beside = path.with_name(f".{os.urandom(8).hex()}{TEMPORARY}")
        usable(path.parent)
        with disk(path):
            try:
                with beside.open("xb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where there is none.

        Raises
        ------
        FileError
            If it is there and cannot be read.
        """
        path = self._path / plain(name)
        with disk(path):
            try:
                return path.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def size(self, name: str) -> int | None:
        """Return how many bytes a file has; None where there is none.

        Raises
        ------
        FileError
            If it cannot be looked at.
        """
        path = self._path / plain(name)
        with disk(path):
            try:
                return path.stat().st_size
            except (FileNotFoundError, NotADirectoryError):
                return None

    def names(self, below: str = "") -> list[str]:
        """Return the names of all files below a folder, sorted.

        Raises
        ------
        FileError
            If the folder cannot be read.
        """
        top = self._path / plain(below) if below else self._path
        found: list[str] = []
        with disk(top):
            if top.exists() and not top.is_dir():
                raise FileError(f"{top} is a file, not a folder. Choose another name.")
            for place, _, files in os.walk(top):
                here = Path(place).relative_to(self._path)
                found += [(here / file).as_posix() for file in files]
        return sorted(found)

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is nothing.

        Raises
        ------
        FileError
            If it cannot be removed.
        """
        path = self._below(name)
        with disk(path):
            path.unlink(missing_ok=True)

    def _below(self, name: str) -> Path:
        """Return where a file is to be changed, which is nowhere else."""
        path = self._path / plain(name)
        with disk(path):
            if not is_plain(path.parent, self._path):
                raise FileError(
                    f"A link leads from {path.parent} to another place. Remove it, or "
                    "choose another folder."
                )
        return path
