"""A folder that notes what is written into it, while it is written."""

from __future__ import annotations

import hashlib
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from booru_nb.export.parts import Folder


class Measured:
    """A folder that notes the sha256 of each file that is written into it.

    Parameters
    ----------
    folder : Folder
        Where the files go.
    known : Mapping of str to str, optional
        The sha256 of what was written there before.

    Attributes
    ----------
    files : dict of str to str
        The sha256 of what was written, by name.
    """

    def __init__(self, folder: Folder, known: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._known = known or {}
        self.files: dict[str, str] = {}

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._folder.write(name, data)
        self.files[name] = hashlib.sha256(data).hexdigest()

    @contextmanager
    def create(self, name: str) -> Iterator[BinaryIO]:
        """Return a file to write into, from start to end."""
        with self._folder.create(name) as out:
            file = _Summed(out)
            yield cast("BinaryIO", file)
        self.files[name] = file.digest()

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where there is none."""
        return self._folder.read(name)

    def size(self, name: str) -> int | None:
        """Return how many bytes a file has; None where there is none."""
        return self._folder.size(name)

    def sha256(self, name: str) -> str | None:
        """Return the sha256 of what was written; None where that is not known."""
        return self.files.get(name) or self._known.get(name)

    def names(self, below: str = "") -> list[str]:
        """Return the names of all files below a folder, sorted."""
        return self._folder.names(below)

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is nothing."""
        self._folder.remove(name)
        self.files.pop(name, None)


class _Summed(io.BufferedIOBase):
    """A file that is written from start to end, and summed on the way."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._sum = hashlib.sha256()
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]  # all that has a buffer
        size = memoryview(data).nbytes
        self._out.write(data)
        self._sum.update(data)
        self._size += size
        return size

    def tell(self) -> int:
        return self._size

    def digest(self) -> str:
        return self._sum.hexdigest()
