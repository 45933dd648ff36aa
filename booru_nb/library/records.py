"""Searches as they are kept, made of questions, and shown as frames."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.columns import cast
from booru_nb.errors import ArgumentError, FrameError, StoreError
from booru_nb.post import Rating
from booru_nb.schemas import TIME
from booru_nb.store import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from booru_nb import search
    from booru_nb.library.state import State
    from booru_nb.sites import Site

_log = logging.getLogger(__name__)

TIMES = ("after", "before")
"""Options that are moments."""


def options(wishes: search.Wishes) -> dict[str, Any]:
    """Return what is wished for as JSON values, by the arguments of `search`."""
    said = {name: value for name, value in asdict(wishes).items() if value is not None}
    return {n: v.isoformat() if n in TIMES else v for n, v in said.items()}


def record(sites: Iterable[str], question: search.Question) -> Search:
    """Return a question as it is kept."""
    ratings = question.ratings
    said = options(question.wishes)
    said["rating"] = "any" if ratings is None else [r for r in Rating if r in ratings]
    return Search(" ".join(question.query.split()), tuple(sites), said)


async def remember(
    state: State, targets: Iterable[Site], question: search.Question
) -> None:
    """Keep a search that has been made, unless nothing was said in it.

    A search that has found what it was made for does not fail because of this.
    """
    made = record([site.name for site in targets], question)
    if not (made.query or made.options.keys() - {"rating"}):
        return
    try:
        if state.setting("history"):
            await asyncio.to_thread(state.store.history.add, made)
    except StoreError as error:
        _log.warning("A search could not be kept in the history. %s", error)


def meant(
    made: Iterable[tuple[Search, int]], which: str | pd.DataFrame
) -> list[Search]:
    """Return those of some searches that are meant: by their query, or as rows.

    Raises
    ------
    ArgumentError
        If it is neither a text nor a DataFrame of the searches that were made.
    """
    if isinstance(which, str):
        query = " ".join(which.split())
        return [search for search, _ in made if search.query == query]
    if not isinstance(which, pd.DataFrame):
        raise ArgumentError(
            f"Searches are given as a query, or as rows of `history()`, not {which!r}."
        )
    for name in ("query", "searched_at"):
        if name not in which:
            raise FrameError(f"The DataFrame has no column {name!r}.")
    times = cast("searched_at", which["searched_at"], TIME).astype("int64")
    rows = set(zip(which["query"], times, strict=True))
    return [search for search, at in made if (search.query, at) in rows]


def columns(searches: Sequence[Search]) -> dict[str, list[Any]]:
    """Return searches as columns: `query`, `site`, and what else may be said."""
    made: dict[str, list[Any]] = {
        "query": [s.query for s in searches],
        "site": [", ".join(s.sites) or None for s in searches],
        "rating": [_words(s.options.get("rating")) for s in searches],
    }
    for name in ("min_score", "order", "media"):
        made[name] = [s.options.get(name) for s in searches]
    for name in TIMES:
        made[name] = [_moment(s.options, name) for s in searches]
    return made


def _words(rating: str | Sequence[str] | None) -> str | None:
    return rating if rating is None or isinstance(rating, str) else ", ".join(rating)


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(said[name]) if name in said else None
