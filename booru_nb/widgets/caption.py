"""What a cell of the grid says of a post, besides its thumbnail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.post import Rating

if TYPE_CHECKING:
    from collections.abc import Collection

    from booru_nb.post import Post
    from booru_nb.widgets.item import Item

BLUR = (Rating.QUESTIONABLE.value, Rating.EXPLICIT.value)

_STILLS = frozenset(["jpg", "jpeg", "jfif", "png", "webp", "avif", "bmp", "jxl"])
_TAGS = 120  # characters of tags that a screen reader reads out


def caption(item: Item, *, blurred: bool, bookmarked: bool) -> dict[str, Any]:
    """Return what the browser is told of a post."""
    moving = item.ext is not None and item.ext not in _STILLS
    tags = item.tags if len(item.tags) <= _TAGS else f"{item.tags[:_TAGS]}…"
    return {
        "name": f"{item.site} {item.id}",
        "rating": item.rating or "rating unknown",
        "score": item.score,
        "badge": item.ext if moving else "",
        "tags": tags,
        "blurred": blurred,
        "bookmarked": bookmarked,
    }


def is_blurred(item: Item | Post, blur: Collection[str]) -> bool:
    """Tell whether a post's thumbnail is blurred; an unknown rating may be any."""
    return bool(blur) if item.rating is None else item.rating in blur
