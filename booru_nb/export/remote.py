"""A folder at an address that fsspec knows, where a file is what one upload is."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from booru_nb.errors import ArgumentError, FileError
from booru_nb.export.names import plain
from booru_nb.media.disk import disk

if TYPE_CHECKING:
    from collections.abc import Iterator


class RemoteFolder:
    """A folder at an address that fsspec knows; it needs booru-nb[cluster].

    Parameters
    ----------
    address : str
        Such as ``s3://bucket/name`` or ``memory://name``.

    Raises
    ------
    ArgumentError
        If fsspec, or what it needs for this address, is not installed.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._files, self._root = _opened(address)

    def __reduce__(self) -> tuple[type[RemoteFolder], tuple[str]]:
        return type(self), (self._address,)

    def __str__(self) -> str:
        # An address may hold a password.
        return re.sub(r"//[^/@]*@", "//", self._address)

    def write(self, name: str, data: bytes) -> None:
        """Write a file, by one upload.

        Raises
        ------
        FileError
            If it cannot be written.
        """
        path = self._at(name)
        with self._reached(name):
            # An object store has no folders, and makes nothing of this.
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, data)

    @contextmanager
    def create(self, name: str) -> Iterator[BinaryIO]:
        """Return a file to write into, which is uploaded when the block ends well.

        Raises
        ------
        FileError
            If it cannot be written.
        """
        file = io.BytesIO()
        yield file
        self.write(name, file.getvalue())

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where there is none.

        Raises
        ------
        FileError
            If it is there and cannot be read.
        """
        with self._reached(name):
            try:
                return cast("bytes", self._files.cat_file(self._at(name)))
            except FileNotFoundError:
                return None

    def size(self, name: str) -> int | None:
        """Return how many bytes a file has; None where there is none.

        Raises
        ------
        FileError
            If the address cannot be read.
        """
        with self._reached(name):
            try:
                return cast("int", self._files.size(self._at(name)))
            except FileNotFoundError:
                return None

    def names(self, below: str = "") -> list[str]:
        """Return the names of all files below a folder, sorted.

        Raises
        ------
        FileError
            If the address cannot be read.
        """
        top = self._at(below) if below else self._root
        with self._reached(below):
            # What another program has written meanwhile is to be seen.
            self._files.invalidate_cache()
            found = self._files.find(top)
        start = len(self._root.rstrip("/")) + 1
        return sorted(str(path)[start:] for path in found)

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is nothing.

        Raises
        ------
        FileError
            If it cannot be removed.
        """
        with self._reached(name):
            try:
                self._files.rm_file(self._at(name))
            except FileNotFoundError:
                return

    @contextmanager
    def _reached(self, name: str) -> Iterator[None]:
        """Let what a file system says be errors of ours, with the address."""
        try:
            with disk(PurePosixPath(name)):
                yield
        except FileError as error:
            raise type(error)(f"In {self}: {error}") from error
        except (NotImplementedError, ValueError) as error:
            # Of an archive, or of an address that is there to be read only.
            why = f": {error}" if str(error) else ""
            raise FileError(f"{self} cannot be written{why}.") from error

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{plain(name)}"


def _opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; it is optional

        files, root = url_to_fs(address)
    except (ImportError, ValueError, OSError) as error:
        scheme = address.partition(":")[0]
        raise ArgumentError(
            f"{scheme}: addresses cannot be used here: {error}. Some need a package "
            "beside booru-nb[cluster], such as s3fs."
        ) from error
    return files, str(root)
