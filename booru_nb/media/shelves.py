"""Which files a cache holds, remembered, so that a miss costs nothing.

Most thumbnails that are asked for are not on disk, and finding that out in a thread
takes a good part of the time of a fetch. So the names are remembered for some seconds.
What another process adds meanwhile may be missed, and is then fetched once more.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRESH = 10.0
"""Seconds for which what was seen is believed."""


class Shelves:
    """The names of the files in folders of folders. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: set[str] = set()
        self._until = 0.0

    def lacks(self, name: str) -> bool:
        """Tell, without looking, whether a file is surely in none of the folders."""
        return name not in self._names and time.monotonic() < self._until

    def add(self, name: str) -> None:
        """Remember a file that this process wrote."""
        self._names.add(name)

    def look(self, folders: list[Path]) -> None:
        """See what the folders hold, unless that was done just now. This blocks."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._names = {name for folder in folders for name in _names(folder)}
                self._until = time.monotonic() + FRESH


def _names(folder: Path) -> Iterator[str]:
    for shelf in _list(folder):
        yield from _list(f"{folder}/{shelf}")


def _list(folder: str | Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  thousands of names, and no paths
    except OSError:
        return []
