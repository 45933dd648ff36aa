"""Pictures: fetched, proven to be pictures, and kept in memory and on disk."""

from __future__ import annotations

from booru_nb.media.cache import DiskCache
from booru_nb.media.memory import Memory
from booru_nb.media.picture import Picture
from booru_nb.media.thumbnails import Thumbnails

__all__ = ["DiskCache", "Memory", "Picture", "Thumbnails"]
