"""What is searched for, whichever site is asked."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from booru_nb.errors import ArgumentError
from booru_nb.post import Rating
from booru_nb.search.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for on a site.

    Parameters
    ----------
    query : str
        In the site's own words.
    ratings : frozenset of Rating, or None
        Which ratings pass; None lets all pass, an unknown one included.
    limit : int or None
        How many posts at the most; None for all.
    wishes : Wishes
        Score, order, media and dates.
    """

    query: str
    ratings: frozenset[Rating] | None = frozenset({Rating.GENERAL})
    limit: int | None = 100
    wishes: Wishes = field(default_factory=Wishes)

    def __post_init__(self) -> None:
        query: object = self.query
        if not isinstance(query, str):
            msg = f"A query is text such as 'sky sea', not {query!r}."
            raise ArgumentError(msg)


def ratings(wanted: str | Iterable[str]) -> frozenset[Rating] | None:
    """Return the ratings that a word or a list of words stands for; None for all.

    Raises
    ------
    ArgumentError
        If a word is no rating.
    """
    if wanted == "any":
        return None
    several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
    names: list[Any] = list(wanted) if several else [wanted]
    with suppress(ValueError):
        if names:
            return frozenset(Rating(name) for name in names)
    known = ", ".join(repr(str(r)) for r in Rating)
    msg = f"{wanted!r} is no rating. Known: {known}, a list of these, or 'any'."
    raise ArgumentError(msg)
