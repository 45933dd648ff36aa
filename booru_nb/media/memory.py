"""Pictures in memory, the least recently used forgotten first."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.media.picture import Picture

MEMORY = 64 * 2**20
"""Bytes of pictures that a process holds."""


class Memory:
    """Pictures by address, up to a number of bytes. Any thread may use it.

    Parameters
    ----------
    limit : int
        Bytes; a picture that alone is larger is not held.
    """

    def __init__(self, limit: int = MEMORY) -> None:
        self._limit = limit
        self._size = 0
        self._pictures: dict[str, Picture] = {}
        self._lock = threading.Lock()

    def get(self, url: str) -> Picture | None:
        """Return a picture, which is then the most recently used."""
        with self._lock:
            picture = self._pictures.pop(url, None)
            if picture is not None:
                self._pictures[url] = picture
            return picture

    def put(self, url: str, picture: Picture) -> None:
        """Hold a picture, and forget others where there is no more room."""
        if len(picture.data) > self._limit:
            return
        with self._lock:
            old = self._pictures.pop(url, None)
            self._size += len(picture.data) - (len(old.data) if old else 0)
            self._pictures[url] = picture
            while self._size > self._limit:
                oldest = next(iter(self._pictures))
                self._size -= len(self._pictures.pop(oldest).data)

    def clear(self) -> None:
        """Forget all pictures."""
        with self._lock:
            self._pictures.clear()
            self._size = 0

    def renew_lock(self) -> None:
        """Free the lock, which in a forked child nobody would ever release."""
        self._lock = threading.Lock()


shared = Memory()
"""What all libraries of this process share."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=shared.renew_lock)
