"""What is searched for, whichever site is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError
from booru_nb.post import Rating

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.post import Post
    from booru_nb.sites import Site


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
    """

    query: str
    ratings: frozenset[Rating] | None = frozenset({Rating.GENERAL})
    limit: int | None = 100

    def words(self, site: Site) -> str:
        """Return the query as it is sent, with the ratings in the site's words."""
        query = " ".join(self.query.split())
        if self.ratings is None or site.names_rating(query):
            return query
        return site.with_ratings(query, self.ratings)

    def passes(self, post: Post, site: Site) -> bool:
        """Tell whether a post has a rating that was asked for."""
        if self.ratings is None or site.names_rating(self.query):
            return True
        return post.rating in self.ratings


def ratings(wanted: str | Iterable[str]) -> frozenset[Rating] | None:
    """Return the ratings that a word or a list of words stands for; None for all.

    Raises
    ------
    ArgumentError
        If a word is no rating.
    """
    if wanted == "any":
        return None
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    try:
        return frozenset(Rating(name) for name in names)
    except ValueError as error:
        known = ", ".join(repr(str(r)) for r in Rating)
        msg = f"{names!r} is no rating. Known: {known}, a list of these, or 'any'."
        raise ArgumentError(msg) from error
