"""What the queries of several engines have in common, and where a listing goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from booru_nb.post import Post, Rating
    from booru_nb.sites.base import Site

_UPPER_END = re.compile(r"(?:^|(?<=\s))id:<=?\d+(?=\s|$)")


def rating_terms(
    site: Site, words: Mapping[Rating, str], ratings: Collection[Rating]
) -> str:
    """Return the terms that let only these ratings pass.

    One rating is named; of several the others are ruled out, since the terms of a
    query must all hold.

    Parameters
    ----------
    site : Site
        Who is asked.
    words : Mapping of Rating to str
        The site's term for each rating that it has.
    ratings : collection of Rating
        What passes.

    Raises
    ------
    ArgumentError
        If the site has none of these ratings.
    """
    wanted = [term for rating, term in words.items() if rating in ratings]
    if not wanted:
        asked = ", ".join(sorted(ratings)) or "no rating"
        known = ", ".join(words)
        raise ArgumentError(f"{site.name} has nothing rated {asked}. It has: {known}.")
    others = [term for term in words.values() if term not in wanted]
    return wanted[0] if len(wanted) == 1 else " ".join(f"-{term}" for term in others)


def without_upper_end(query: str) -> str:
    """Return a query without its own ``id:<N``, in whose place a lower one comes."""
    return " ".join(_UPPER_END.sub("", query).split())


def below(posts: Sequence[Post]) -> str | None:
    """Return the cursor of what is older than these posts; None for none."""
    return f"b{min(post.id for post in posts)}" if posts else None


def place(site: Site, cursor: str | None) -> tuple[int | None, int]:
    """Return where a listing goes on: below an id, or else at a page.

    Parameters
    ----------
    site : Site
        Who is asked.
    cursor : str or None
        ``b`` and an id, or the number of a page or row; None for the beginning.

    Returns
    -------
    (int or None, int)
        The id, and the number; the number is 0 for the beginning.

    Raises
    ------
    ArgumentError
        If it is no cursor.
    """
    found = re.fullmatch(r"(b?)(\d{1,18})", cursor or "0", re.ASCII)
    if found is None:
        raise ArgumentError(f"{cursor!r} is no cursor of {site.name}.")
    number = int(found[2])
    return (number, 0) if found[1] else (None, number)
