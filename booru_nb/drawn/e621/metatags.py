"""e621's metatags, nearly all of which are Danbooru's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn import ratings
from booru_nb.drawn.queries import traits
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.words import Language

if TYPE_CHECKING:
    from booru_nb.drawn.posts.history import DemoPost

LANGUAGE = Language(
    {
        **traits.NUMBERS,
        # A rating that is none is dropped without a word.
        "rating": traits.rated(ratings.MEANT, otherwise=traits.always),
        "status": traits.status,
        "date": traits.date,
        "parent": traits.parent,
        "md5": traits.md5,
        "filesize": traits.file_size,
        "type": traits.file_type,
        "source": traits.source,
        "user": traits.user,
    },
    once=frozenset({"order", "limit"}),
)

ORDERS = {
    "id": ("id", True),
    "id_asc": ("id", True),
    "id_desc": ("id", False),
    "score": ("score", False),
    "favcount": ("favorites", False),
    "tagcount": ("tags", False),
    "mpixels": ("pixels", False),
    "change": ("changed", False),
    "created": ("created", False),
    "landscape": ("ratio", False),
    "portrait": ("ratio", True),
    "random": ("random", False),
}
"""What posts are sorted by, and whether the smallest comes first."""


def put_in_order(posts: list[DemoPost], order: str) -> list[DemoPost]:
    """Return posts as ``order:`` says; the newest first if it says nothing."""
    name = order.removesuffix("_desc").removesuffix("_asc").lstrip("-")
    key, rising = ORDERS.get(order, ORDERS.get(name, ("id", False)))
    turned = order not in ORDERS and (order.endswith("_asc") or order[:1] == "-")
    return ordered(posts, key, rising=rising != turned)
