"""The people of the demo booru by their numbers."""

from __future__ import annotations

from booru_nb.drawn.posts.history import UPLOADERS

FIRST_USER = 11


def user_id(name: str) -> int:
    """Return the number of an uploader."""
    return FIRST_USER + UPLOADERS.index(name)
