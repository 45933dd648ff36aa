"""What an explorer searches for: the query, where, and the filters beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypedDict

from booru_nb.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RATINGS = (
    ("general", "General"),
    ("general,sensitive", "General + sensitive"),
    ("questionable", "Questionable"),
    ("explicit", "Explicit"),
    ("any", "All ratings"),
)
"""The rating filters offered, each with its label, mildest first."""

ORDERS = (
    ("", "As the query says"),
    ("newest", "Newest first"),
    ("oldest", "Oldest first"),
    ("score", "Best score first"),
    ("favorites", "Most favourites first"),
    ("random", "Random"),
)
"""The orders offered, each with its label; the first leaves it to the query."""

MEDIA = (
    ("", "Any"),
    ("image", "Pictures"),
    ("animated", "Animated pictures"),
    ("video", "Videos"),
)
"""The kinds of media offered, each with its label; the first is all of them."""


class Filters(TypedDict, total=False):
    """The filters beside site and rating, as ``lib.search`` takes them."""

    min_score: int | None
    order: str | None
    media: str | None
    after: str | date | None
    before: str | date | None


FILTERS = ("min_score", "order", "media", "after", "before")
"""Their names, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is searched for. Nothing of it is checked here.

    Parameters
    ----------
    query : str
        In the site's own words.
    site : str
        The site that is searched; it also completes tags.
    also : tuple of str
        Further sites that are searched together with it.
    rating : str
        A rating, several joined by commas, or ``"any"``.
    min_score : int or None
        The lowest score.
    order, media : str
        One of `ORDERS`, one of `MEDIA`; empty for none.
    after, before : str
        The first day or moment of upload, and the one behind the last; empty for none.
    """

    query: str = ""
    site: str
    also: tuple[str, ...] = ()
    rating: str = "general"
    min_score: int | None = None
    order: str = ""
    media: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """Return what the browser asks for; filters that it leaves out are none."""
        asked = cls(query=said["query"], site=said["site"], rating=said["rating"])
        also = tuple(name for name in said.get("also", ()) if name != asked.site)
        return replace(asked, also=also).but(said.get("filters", {}))

    def but(self, filters: Mapping[str, Any]) -> Self:
        """Return the same with other filters; those that are not named stay.

        Raises
        ------
        ArgumentError
            If there is no filter of a name.
        """
        for name in filters:
            if name not in FILTERS:
                known = ", ".join(FILTERS)
                raise ArgumentError(f"There is no filter {name!r}. Known: {known}.")
        new: dict[str, Any] = {n: _plain(n, value) for n, value in filters.items()}
        return replace(self, **new)

    def at(self, site: str | Sequence[str] | None) -> Self:
        """Return the same for another site or several, the first of which leads."""
        if site is None:
            return self
        first, *others = [site] if isinstance(site, str) else dict.fromkeys(site)
        return replace(self, site=first, also=tuple(others))

    def rated(self, rating: str | Sequence[str] | None) -> Self:
        """Return the same with another rating, or several."""
        if rating is None:
            return self
        return replace(
            self, rating=rating if isinstance(rating, str) else ",".join(rating)
        )

    @property
    def sites(self) -> tuple[str, ...]:
        """All sites that are searched."""
        return self.site, *self.also

    @property
    def ratings(self) -> str | list[str]:
        """The rating, or a list of several."""
        return self.rating.split(",") if "," in self.rating else self.rating

    @property
    def filters(self) -> dict[str, Any]:
        """The filters by name; None or empty where there is none."""
        return {name: getattr(self, name) for name in FILTERS}


def _plain(name: str, value: object) -> object:
    """Return a filter as it crosses to the browser."""
    if name == "min_score":
        return value
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
