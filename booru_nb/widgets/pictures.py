"""Thumbnails that a grid has already got, so that scrolling back asks nobody."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.widgets.item import Picture

# About two thousand thumbnails of 8 kB.
LIMIT = 16 * 2**20


class Pictures:
    """Thumbnails by post; the least recently used go when they weigh too much.

    Parameters
    ----------
    limit : int
        Bytes.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._bytes = 0
        self._pictures: OrderedDict[tuple[str, int], Picture] = OrderedDict()

    def get(self, key: tuple[str, int]) -> Picture | None:
        """Return a post's thumbnail; None where it is not here."""
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
        return picture

    def put(self, key: tuple[str, int], picture: Picture) -> None:
        """Keep a post's thumbnail."""
        before = self._pictures.pop(key, None)
        self._bytes += len(picture.data) - (len(before.data) if before else 0)
        self._pictures[key] = picture
        while self._bytes > self._limit:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= len(oldest.data)
