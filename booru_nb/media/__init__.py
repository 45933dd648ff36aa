"""Pictures: fetched, proven to be pictures, and kept in memory and on disk."""

from __future__ import annotations

from booru_nb.media.cache import DiskCache
from booru_nb.media.memory import Memory
from booru_nb.media.originals import Fetched, Originals
from booru_nb.media.patience import Patience
from booru_nb.media.picture import Picture
from booru_nb.media.receiving import Wanted
from booru_nb.media.thumbnails import Thumbnails

__all__ = [
    "DiskCache",
    "Fetched",
    "Memory",
    "Originals",
    "Patience",
    "Picture",
    "Thumbnails",
    "Wanted",
]
