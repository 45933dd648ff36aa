"""The query language that both of Gelbooru's dialects have.

Words are joined by "and"; ``-`` negates one, ``*`` stands for any letters, and a group
of which one is enough is ``{a ~ b}`` in 0.2.5 and ``( a ~ b )`` in 0.2. The word for an
order is ``sort:``; ``order:`` is a tag that no post has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.queries import traits, words
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.traits import any_of
from booru_nb.drawn.queries.words import Language, Query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Context

SORTS = {
    "id": "id",
    "score": "score",
    "updated": "changed",
    "width": "width",
    "height": "height",
    "random": "random",
}


def language(ratings: Mapping[str, Sequence[str]]) -> Language:
    """Return the words of a dialect that has these ratings."""
    names = ("id", "score", "width", "height")
    return Language(
        {
            **{name: traits.NUMBERS[name] for name in names},
            "rating": traits.rated(ratings),
            "md5": traits.md5,
            "parent": traits.parent,
            "source": traits.source,
            "user": traits.user,
        },
        once=frozenset({"sort"}),
    )


def read(text: str, booru: Booru, context: Context, language: Language) -> Query:
    """Return a query that can be put to posts."""
    whole = Query()
    terms = text.replace("{", " ( ").replace("}", " ) ").split()
    while terms:
        if terms[0] == "(" and ")" in terms:
            end = terms.index(")")
            group = [term for term in terms[1:end] if term != "~"]
            inside = words.read(group, booru, context, language)
            whole.tests.append(any_of([*inside.tests, *inside.any_of]))
        else:
            end = 0
            one = words.read(terms[:1], booru, context, language)
            whole.tests += one.tests
            whole.any_of += one.any_of
            whole.once |= one.once
        terms = terms[end + 1 :]
    whole.counted = len(text.split())
    return whole


def put_in_order(posts: list[DemoPost], sort: str) -> list[DemoPost]:
    """Return posts as ``sort:`` says, such as ``score`` or ``id:asc``."""
    name, _, direction = sort.partition(":")
    key = SORTS.get(name, "id")
    return ordered(posts, key, rising=direction == "asc")
