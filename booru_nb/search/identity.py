"""What makes two questions to a site the same one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from booru_nb.post import Rating
from booru_nb.search.plan import is_grouped, parts

if TYPE_CHECKING:
    from datetime import datetime

    from booru_nb.search.question import Question
    from booru_nb.sites import Site


_NESTED = re.compile(r"[(|&]|(?:^|\s)(?:AND|OR|NOT)\s")
"""What brings the parts of a query with commas together, or may do so."""


def identity(site: Site, question: Question) -> dict[str, Any]:
    """Return what a question means to a site, as values of JSON.

    Two questions with the same one find the same posts: neither the order of the tags
    counts, nor whether a filter stands in the query or beside it, nor who evaluates it.
    The order and the limit are no part of it.

    Parameters
    ----------
    site : Site
        Who is asked.
    question : Question
        What for.

    Returns
    -------
    dict
        ``engine``; ``words``, the site's own, sorted; and where they are asked for
        ``here`` (what the site has no words for), ``ratings``, ``after`` and
        ``before``.
    """
    wishes = replace(question.wishes, order=None)
    ratings = None if site.names_rating(question.query) else question.ratings
    bare = replace(question, query="", ratings=ratings, wishes=wishes)
    made = parts(site, bare, tag_limit=None)
    dated = ("after=", "before=")
    other = [part for part in made if not part.name.startswith(dated)]
    words = {word for part in other for word in part.words.split()}
    said = {
        "engine": site.engine,
        "words": sorted(words.union(_terms(site, question.query))),
        "here": sorted(p.name for p in other if p.where == "here"),
        "ratings": None
        if ratings is None
        else [str(r) for r in Rating if r in ratings],
        "after": _moment(wishes.after),
        "before": _moment(wishes.before),
    }
    return {name: value for name, value in said.items() if value or name == "words"}


def _terms(site: Site, query: str) -> list[str]:
    """Return the parts of a query whose order does not count."""
    terms = site.terms(query)
    if '"' in query or is_grouped(terms):
        terms = [query]
    elif terms == [query] and " " in query and not _NESTED.search(query):
        terms = query.split(",")
    terms = [" ".join(term.split()) for term in terms]
    # What follows a colon may be a name that is told apart by its capitals.
    return [term if ":" in term else term.lower() for term in terms]


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()
