r"""szurubooru's query language.

Words are joined by "and"; ``-`` negates one, ``*`` stands for any letters, and of
``a,b`` one is enough. What stands before a colon must be a field, unless the colon is
escaped as in ``re\:zero``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.drawn.queries import traits
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.ranges import date_matcher
from booru_nb.drawn.queries.traits import Test, any_of, negated
from booru_nb.drawn.queries.wildcards import wildcard

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Context, Trait

SAFETY = {
    "safe": ("general", "sensitive"),
    "sketchy": ("questionable",),
    "unsafe": ("explicit",),
}
"""The ratings that each of its words stands for."""

COLON = re.compile(r"(?<!\\):")
COMMA = re.compile(r"(?<!\\),")


def _dated(get: Callable[[DemoPost], object]) -> Trait:
    def read(value: str, _: Context) -> Test:
        fits = date_matcher(value)
        return lambda post, _: fits(get(post))

    return read


def _uploader(value: str, _: Context) -> Test:
    fits = wildcard(value, means="*")
    return lambda post, _: fits(post.uploader)


def _source(value: str, _: Context) -> Test:
    fits = wildcard(value, means="*")
    return lambda post, _: fits(post.source.lower())


def _type(value: str, _: Context) -> Test:
    return traits.always if value == "image" else traits.never


def _sha1(_: str, __: Context) -> Test:
    # Files are known by their SHA-1, which nothing here computes.
    return traits.never


_created = _dated(lambda post: post.created_at)
_changed = _dated(lambda post: post.updated_at)
_safety = traits.rated(SAFETY)
FIELDS: dict[str, Trait] = {
    "id": traits.NUMBERS["id"],
    "score": traits.NUMBERS["score"],
    "tag-count": traits.NUMBERS["tagcount"],
    "fav-count": traits.NUMBERS["favcount"],
    "image-width": traits.NUMBERS["width"],
    "width": traits.NUMBERS["width"],
    "image-height": traits.NUMBERS["height"],
    "height": traits.NUMBERS["height"],
    "file-size": traits.file_size,
    "safety": _safety,
    "rating": _safety,
    "uploader": _uploader,
    "upload": _uploader,
    "submit": _uploader,
    "source": _source,
    "type": _type,
    "content-checksum": _sha1,
    **dict.fromkeys(("creation-date", "creation-time", "date", "time"), _created),
    **dict.fromkeys(("last-edit-date", "edit-date", "edit-time"), _changed),
}

SORTS = {
    "id": "id",
    "score": "score",
    "tag-count": "tags",
    "fav-count": "favorites",
    "date": "created",
    "creation-date": "created",
    "edit-date": "changed",
    "image-width": "width",
    "image-height": "height",
    "image-area": "pixels",
    "random": "random",
}


class SearchError(ValueError):
    """A query that cannot be understood."""


@dataclass(slots=True)
class Query:
    """A query, read.

    Parameters
    ----------
    tests : list of callable
        A post must pass all of them.
    key : str
        What posts are sorted by.
    rising : bool
        Whether the smallest comes first.
    """

    tests: list[Test] = field(default_factory=list)
    key: str = "id"
    rising: bool = False

    def sorted(self, posts: list[DemoPost]) -> list[DemoPost]:
        """Return posts in the order that was asked for."""
        return ordered(posts, self.key, rising=self.rising)


def read(text: str, booru: Booru, context: Context) -> Query:
    """Return a query that can be put to posts.

    Raises
    ------
    SearchError
        If it cannot be understood.
    """
    query = Query()
    for word in text.lower().split():
        sign, term = (word[0], word[1:]) if word[0] == "-" else ("", word)
        name, *value = COLON.split(term, maxsplit=1)
        if not value:
            test = _tag(term, booru)
        elif name == "sort":
            _read_sort(value[0], query, turned=bool(sign))
            continue
        else:
            test = _named(name, value[0], context)
        query.tests.append(negated(test) if sign else test)
    return query


def _read_sort(value: str, query: Query, *, turned: bool) -> None:
    name, _, direction = value.partition(",")
    if name not in SORTS:
        raise SearchError(f"Unknown sort token: {name!r}.")
    query.key = SORTS[name]
    query.rising = (direction == "asc") != turned


def _named(name: str, value: str, context: Context) -> Test:
    plain = name.removesuffix("-min").removesuffix("-max")
    if plain not in FIELDS:
        known = ", ".join(sorted(FIELDS))
        raise SearchError(f"Unknown named token: {name!r}. Available: {known}.")
    if name.endswith("-min"):
        value = f"{value}.."
    elif name.endswith("-max"):
        value = f"..{value}"
    try:
        return FIELDS[plain](value, context)
    except ValueError as error:
        raise SearchError(f"Cannot read {value!r}.") from error


def _tag(term: str, booru: Booru) -> Test:
    found = []
    for part in COMMA.split(term):
        plain = re.sub(r"\\(.)", r"\1", part)
        part_of = booru.aliases.get(plain)
        fits = wildcard(part, means="*") if part_of is None else part_of.__eq__
        found.append(_having(fits))
    return any_of(found)


def _having(fits: Callable[[str], bool]) -> Test:
    return lambda post, _: any(map(fits, post.tags))
