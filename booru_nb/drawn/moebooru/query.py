"""Moebooru's query language.

Words are joined by "and"; ``-`` negates a tag, ``~`` makes one of several enough, and
``*`` stands for any letters. A metatag stands for the whole query: of several ``id:``
the last one counts, and ``-rating:`` is a metatag of its own. A lone ``s``, ``q`` or
``e`` is a rating.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.drawn import ratings
from booru_nb.drawn.queries import traits, words
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.words import Language

if TYPE_CHECKING:
    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Context
    from booru_nb.drawn.queries.words import Query

ASKS_FOR_ID = re.compile(r"(?:^|\s)id:", re.IGNORECASE)

METATAGS = {
    name: traits.NUMBERS[name]
    for name in ("id", "score", "width", "height", "ratio", "mpixels")
} | {
    # A rating that is none filters nothing.
    "rating": traits.rated(ratings.MEANT, otherwise=traits.always),
    "md5": traits.md5,
    "user": traits.user,
    "parent": traits.parent,
    "source": traits.source,
    "date": traits.date,
    "ext": traits.file_type,
}

LANGUAGE = Language(
    METATAGS,
    once=frozenset({"order", "limit", "deleted", "pending", "holds", "shown"}),
    free=frozenset(METATAGS) | {"order", "limit", "deleted", "pending"},
)

ORDERS = {
    "id": ("id", True),
    "id_desc": ("id", False),
    "score": ("score", False),
    "score_asc": ("score", True),
    "mpixels": ("pixels", False),
    "mpixels_asc": ("pixels", True),
    "landscape": ("ratio", False),
    "portrait": ("ratio", True),
    "change": ("changed", True),
    "change_desc": ("changed", False),
    "random": ("random", False),
}
"""What posts are sorted by, and whether the smallest comes first."""


def read(text: str, booru: Booru, context: Context) -> Query:
    """Return a query that can be put to posts."""
    last: dict[str, str] = {}
    for word in text.lower().split():
        term = f"rating:{word}" if word in ratings.MEANT else word
        name, colon, _ = term.partition(":")
        last[name if colon and name.lstrip("-") in METATAGS else term] = term
    return words.read(last.values(), booru, context, LANGUAGE)


def tags_of(text: str) -> tuple[int, int]:
    """Return how many tags a query wants, and how many it does not want."""
    terms = {term for term in text.lower().split() if ":" not in term}
    without = sum(term[:1] == "-" for term in terms)
    return len(terms) - without, without


def put_in_order(posts: list[DemoPost], order: str) -> list[DemoPost]:
    """Return posts as ``order:`` says; the newest first if it says nothing."""
    key, rising = ORDERS.get(order, ("id", False))
    return ordered(posts, key, rising=rising)
