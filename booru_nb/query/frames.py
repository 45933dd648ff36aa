"""Queries of DataFrames, with the answers that a library would give.

A frame without the columns ``folder``, ``note`` and ``bookmarked_at`` is a frame of
posts that are not bookmarked.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from booru_nb.query.fields import OF_BOOKMARKS
from booru_nb.query.parsing import parse
from booru_nb.query.rows import Rows, column_of
from booru_nb.query.tree import Query


def mask(
    frame: pd.DataFrame, query: str | Query, *, now: datetime | None = None
) -> pd.Series[Any]:
    """Tell which rows of a frame of posts a query finds.

    Parameters
    ----------
    frame : DataFrame
        As for `booru_nb.posts`.
    query : str or Query
        Its ``order:`` and ``limit:`` are passed over.
    now : datetime, optional
        From when ages are counted (default: this moment).

    Returns
    -------
    Series
        Of dtype bool, with the frame's index.

    Raises
    ------
    QueryError
        If the query cannot be read.
    FrameError
        If a column is missing or holds what it may not; the message names it.
    """
    said = query if isinstance(query, Query) else parse(query)
    found = Rows(frame, now or datetime.now(UTC)).where(said.where)
    return pd.Series(found, index=frame.index, dtype="bool")


def select(
    frame: pd.DataFrame,
    query: str | Query,
    *,
    limit: int | None = None,
    now: datetime | None = None,
) -> pd.DataFrame:
    """Return the rows of a frame of posts that a query finds.

    Parameters
    ----------
    frame : DataFrame
        As for `booru_nb.posts`.
    query : str or Query
        What is looked for, in which order, and how many at the most.
    limit : int, optional
        How many at the most; the smaller one holds.
    now : datetime, optional
        From when ages are counted (default: this moment).

    Returns
    -------
    DataFrame
        With all columns of the frame, its index labels and its ``attrs``; in its order
        unless the query says another. Rows that the guard withholds are left out.

    Raises
    ------
    QueryError, FrameError
        As `mask` does.
    ArgumentError
        If the limit is no whole number.
    """
    said = query if isinstance(query, Query) else parse(query)
    most = said.most(limit)
    rows = Rows(frame, now or datetime.now(UTC))
    places = np.flatnonzero(rows.where(said.where))
    places = places[rows.allowed(places)]
    if said.order is not None:
        places = rows.ordered(places, said.order)
    return frame.iloc[places[:most]]


def lacks_bookmarks(frame: pd.DataFrame, query: str | Query) -> bool:
    """Tell whether a query asks what is bookmarked, and a frame does not tell."""
    said = query if isinstance(query, Query) else parse(query)
    own = [column_of(name) for name in said.fields() & OF_BOOKMARKS]
    return any(name not in frame.columns for name in own)
