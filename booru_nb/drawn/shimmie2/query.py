"""Shimmie2's query language.

Words are joined by "and"; ``-`` negates one and ``*`` stands for any letters. A number
stands behind ``=``, ``:``, ``<``, ``>``, ``<=`` or ``>=``, as in ``id<500``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.drawn.queries import traits
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.traits import all_of, negated
from booru_nb.drawn.queries.words import tag_test

if TYPE_CHECKING:
    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Context, Test, Trait

TERM = re.compile(r"(?P<name>[a-z]+)(?P<sign><=|>=|<|>|=|:)(?P<value>.+)")
FREE = re.compile(r"-?(?:id[<>=:]|order[=:]id)")
"""What does not count towards the limit of tags."""

NUMBERS = {
    "id": traits.NUMBERS["id"],
    "width": traits.NUMBERS["width"],
    "height": traits.NUMBERS["height"],
    "tags": traits.NUMBERS["tagcount"],
    "filesize": traits.file_size,
}
TEXTS: dict[str, Trait] = {
    "md5": traits.md5,
    "hash": traits.md5,
    "ext": traits.file_type,
    "user": traits.user,
    "poster": traits.user,
    "source": traits.source,
}
ORDERS = {"id": "id", "width": "width", "height": "height", "random": "random"}


@dataclass(slots=True)
class Query:
    """A query, read.

    Parameters
    ----------
    tests : list of callable
        A post must pass all of them.
    order : str
        What was said of the order, such as ``id_asc``.
    counted : int
        How many terms count towards the limit of tags.
    """

    tests: list[Test] = field(default_factory=list)
    order: str = ""
    counted: int = 0

    def found(self, posts: list[DemoPost]) -> list[DemoPost]:
        """Return posts in the order that was asked for."""
        name, _, direction = self.order.partition("_")
        return ordered(posts, ORDERS.get(name, "id"), rising=direction == "asc")

    @property
    def test(self) -> Test:
        """What a post must pass."""
        return all_of(self.tests)


def read(text: str, booru: Booru, context: Context) -> Query:
    """Return a query that can be put to posts."""
    query = Query()
    for word in text.lower().split():
        if word == "*":
            continue
        query.counted += FREE.match(word) is None
        signed = word[0] == "-" and len(word) > 1
        term = word[1:] if signed else word
        found = TERM.fullmatch(term)
        if found is not None and found["name"] == "order":
            query.order = found["value"]
            continue
        test = _named(found, context) if found else None
        test = test or tag_test(term, booru)
        query.tests.append(negated(test) if signed else test)
    return query


def _named(found: re.Match[str], context: Context) -> Test | None:
    name, sign, value = found["name"], found["sign"], found["value"]
    if name in NUMBERS:
        return NUMBERS[name]((sign if sign not in "=:" else "") + value, context)
    if name in TEXTS and sign in "=:":
        return TEXTS[name](value, context)
    return None
