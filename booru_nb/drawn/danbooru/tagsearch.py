"""Looking up tags, aliases and implications, and completing what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.drawn import relations
from booru_nb.drawn.completing import completions
from booru_nb.drawn.danbooru.answers import CATEGORIES, relation, suggestion, tag_answer
from booru_nb.drawn.queries.words import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from booru_nb.drawn.posts.booru import Booru, Tag

Json = dict[str, Any]

ORDERS: dict[str, Callable[[Tag], Any]] = {
    "count": lambda tag: (-tag.count, tag.name),
    "name": lambda tag: tag.name,
    "date": lambda tag: -tag.id,
}


def find_tags(booru: Booru, search: Mapping[str, str]) -> list[Json]:
    """Return the rows of ``/tags.json``, newest first if no order is asked for.

    Parameters
    ----------
    booru : Booru
        Has the tags.
    search : mapping of str to str
        What stands in ``search[…]``; words that are not known are ignored.
    """
    tags = list(booru.shelf.tags.values())
    if "name_comma" in search:
        names = {name.strip() for name in search["name_comma"].split(",")}
        tags = [tag for tag in tags if tag.name in names]
    if "name" in search:
        tags = [tag for tag in tags if tag.name == search["name"]]
    if "name_matches" in search:
        fits = pattern(search["name_matches"])
        tags = [tag for tag in tags if fits(tag.name)]
    if "name_or_alias_matches" in search:
        fits = pattern(search["name_or_alias_matches"])
        meant = {other for one, other in booru.aliases.items() if fits(one)}
        tags = [tag for tag in tags if fits(tag.name) or tag.name in meant]
    if "category" in search:
        tags = [t for t in tags if str(CATEGORIES[t.category]) == search["category"]]
    tags.sort(key=ORDERS.get(search.get("order", ""), ORDERS["date"]))
    return [tag_answer(tag) for tag in tags]


def find_relations(booru: Booru, kind: str, search: Mapping[str, str]) -> list[Json]:
    """Return the rows of ``/tag_aliases.json`` or ``/tag_implications.json``."""
    return [relation(row) for row in relations.find(booru, kind, search)]


def complete(booru: Booru, typed: str, limit: int) -> list[Json]:
    """Return the rows of ``/autocomplete.json``: tags by count, each at most once.

    Parameters
    ----------
    booru : Booru
        Has the tags and aliases.
    typed : str
        The query so far; its last word is completed.
    limit : int
        How many at most.
    """
    last = typed.lower().split(" ")[-1].lstrip("-~")
    found = completions(booru, last, inside=True)
    return [suggestion(tag, alias) for tag, alias in found[:limit]]
