"""Tags in the course of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.columns import cast
from booru_nb.errors import ArgumentError, FrameError
from booru_nb.schemas import EMERGING, OVER_TIME, TIME
from booru_nb.stats import intervals
from booru_nb.stats.odds import log_odds
from booru_nb.stats.ranking import chosen, framed, least, number, ordered, tag_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from booru_nb.stats.backend import Backend

LATEST = 0.25
"""The share of the dated posts that count as new where no date is named."""


def over_time(backend: Backend[Any], tags: Sequence[str], freq: str) -> pd.DataFrame:
    """Return how many posts of each period have each tag; see `TagStats.over_time`."""
    sets = [backend.select(tag) for tag in tags]
    periods, counts = backend.spread(freq, sets)
    many = len(periods.labels)
    rows = np.repeat(np.arange(many), len(tags))
    every = np.array(counts, dtype=np.int64).reshape(len(tags), many).T.ravel()
    posts = periods.sizes[rows]
    columns: dict[str, Any] = {
        "period": periods.labels.take(rows),
        "tag": list(tags) * many,
        "count": every,
        "posts": posts,
    }
    return framed(columns | intervals.columns(every, posts), OVER_TIME)


def emerging(
    backend: Backend[Any],
    *,
    since: str | date | None,
    category: str | Sequence[str] | None,
    min_count: int,
    limit: int | None,
) -> pd.DataFrame:
    """Return the tags that are on the rise; see `TagStats.emerging`."""
    wanted = chosen(backend.categories, category)
    since_then = moment(backend, since)
    new = backend.between(since_then, None)
    old = backend.between(None, since_then)
    if since_then is None:
        new = old
    now, before = backend.counts(new), backend.counts(old)
    odds, z = log_odds(now, before, backend.size(new) + backend.size(old))
    codes = np.flatnonzero(wanted & (now >= least(min_count)) & (z > 0))
    codes = codes[ordered(codes, [z[codes], now[codes]])][: number(limit)]
    columns = tag_columns(backend, codes) | {
        "count": now[codes],
        "share": intervals.wilson(now[codes], backend.size(new))[0],
        "count_before": before[codes],
        "share_before": intervals.wilson(before[codes], backend.size(old))[0],
        "log_odds": odds[codes],
        "z": z[codes],
    }
    return framed(columns, EMERGING)


def moment(backend: Backend[Any], since: str | date | None) -> pd.Timestamp | None:
    """Return from when on posts count as later ones; None where none has a date.

    Raises
    ------
    ArgumentError
        If `since` is no date.
    """
    if since is None:
        return backend.moment(1 - LATEST)
    try:
        dates = cast("since", pd.Series([since], dtype=object), TIME)
    except FrameError as error:
        raise ArgumentError(
            f"since is a date such as '2024-12-31', not {since!r}."
        ) from error
    named: pd.Timestamp = dates.iloc[0]
    return named
