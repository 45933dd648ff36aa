"""Finding tags in szurubooru's words, such as ``cat* sort:usages``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.queries.wildcards import wildcard
from booru_nb.drawn.szurubooru.answers import names_of
from booru_nb.drawn.szurubooru.query import COLON, COMMA, SearchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.posts.booru import Booru, Tag

SORTS: dict[str, Callable[[Tag], object]] = {
    "usages": lambda tag: -tag.count,
    "name": lambda tag: tag.name,
    "creation-date": lambda tag: -tag.id,
}


def find_tags(text: str, booru: Booru) -> list[Tag]:
    """Return the tags that a query finds, by their names if it says no order.

    Raises
    ------
    SearchError
        If it cannot be understood.
    """
    tags = sorted(booru.shelf.tags.values(), key=lambda tag: tag.name)
    for word in text.lower().split():
        name, *value = COLON.split(word, maxsplit=1)
        if name == "sort" and value:
            tags.sort(key=_sort(value[0]))  # type: ignore[arg-type]  # all compare
        else:
            test = _test(name if value else "name", (value or [word])[0], booru)
            tags = [tag for tag in tags if test(tag)]
    return tags


def _sort(text: str) -> Callable[[Tag], object]:
    name, _, way = text.partition(",")
    if name == "creation-date" and way == "asc":
        return lambda tag: tag.id
    if name not in SORTS:
        raise SearchError(f"Unknown sort token: {name!r}.")
    return SORTS[name]


def _test(name: str, value: str, booru: Booru) -> Callable[[Tag], bool]:
    fits = [wildcard(part, means="*") for part in COMMA.split(value)]
    if name == "name":
        return lambda tag: any(
            fit(other.lower()) for fit in fits for other in names_of(tag.name, booru)
        )
    if name == "category":
        return lambda tag: any(fit(tag.category) for fit in fits)
    raise SearchError(f"Unknown named token: {name!r}.")
