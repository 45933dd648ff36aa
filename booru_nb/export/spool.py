"""Originals of a shard that wait to be written: a few in memory, the others on disk."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, replace
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Self

from booru_nb import settings
from booru_nb.media.disk import disk, usable

if TYPE_CHECKING:
    from types import TracebackType

    from booru_nb.export.parts import Item

ROOM = 128 * 2**20
"""Bytes of a shard that wait in memory."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits to be written.

    Attributes
    ----------
    bare : Item
        Without its original.
    place : bytes or (int, int) or None
        The original, or where it begins in the file and how long it is; None where
        only metadata are exported.
    sha256 : str
        Of the original; empty where there is none.
    """

    bare: Item
    place: bytes | tuple[int, int] | None
    sha256: str = ""


class Spool:
    """Where originals wait. Any thread may call it, and everything blocks.

    What is on disk is in one file without a name, which is gone with this process.

    Parameters
    ----------
    room : int
        Bytes that wait in memory.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._file: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, item: Item) -> Waiting:
        """Take an item.

        Raises
        ------
        DiskFullError
            If the cache folder has no room.
        """
        data = item.data
        if data is None:
            return Waiting(item, None)
        sha256 = item.sha256 or hashlib.sha256(data).hexdigest()
        return Waiting(replace(item, data=None), self._kept(data), sha256)

    def _kept(self, data: bytes) -> bytes | tuple[int, int]:
        with self._lock:
            if len(data) <= self._room:
                self._room -= len(data)
                return data
            folder = settings.cache_folder()
            with disk(folder / "spool"):
                if self._file is None:
                    self._file = TemporaryFile(dir=usable(folder))  # noqa: SIM115  it is closed at the end
                start = self._file.seek(0, 2)
                self._file.write(data)
                self._file.flush()
            return start, len(data)

    def get(self, waiting: Waiting) -> Item:
        """Return an item with its original.

        Raises
        ------
        FileError
            If it cannot be read.
        """
        if isinstance(waiting.place, tuple):
            start, size = waiting.place
            with self._lock, disk(settings.cache_folder() / "spool"):
                self._file.seek(start)
                return replace(waiting.bare, data=self._file.read(size))
        return replace(waiting.bare, data=waiting.place)
