"""Arrow tables as DataFrames of `booru_nb.schemas`, to the dtype.

What pandas may change in place is copied; texts are taken as they are, since nothing
can change them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from booru_nb.arrow import tables
from booru_nb.schemas import BOOKMARKS, POST_TAGS, TAGS, TIME

if TYPE_CHECKING:
    from booru_nb.arrow.pairs import Numbers
    from booru_nb.schemas import Schema
    from booru_nb.store import Rows

_TEXT: Any = pd.StringDtype(na_value=np.nan)
"""What pandas calls ``str``."""

_WHOLE: Any = pd.Int64Dtype()
_TIME: Any = TIME


def frame(table: pa.Table, schema: Schema = BOOKMARKS) -> pd.DataFrame:
    """Return a table as a DataFrame.

    Parameters
    ----------
    table : pyarrow.Table
        As from `booru_nb.arrow.tables.table`.
    schema : Schema
        The dtype of each of its columns.

    Returns
    -------
    DataFrame
        The table's columns, with a default index.
    """
    columns = {
        name: _column(table.column(name), schema[name]) for name in table.column_names
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows), copy=False)


def _column(array: pa.ChunkedArray, dtype: Any) -> Any:  # noqa: ANN401
    if isinstance(dtype, pd.CategoricalDtype):
        return pd.Categorical.from_codes(array.fill_null(-1).to_numpy(), dtype=dtype)
    if dtype == TIME:
        return _TIME.__from_arrow__(array)
    if dtype == "str":
        return _TEXT.__from_arrow__(array)
    if dtype == "Int64":
        return _WHOLE.__from_arrow__(array)
    return array.to_numpy().copy()


def post_tags_frame(rows: Rows[pa.RecordBatch]) -> pd.DataFrame:
    """Return which post has which tag.

    Parameters
    ----------
    rows : Rows
        Made of `booru_nb.arrow.tables.part`, with the columns ``site``, ``id`` and
        ``tags``.

    Returns
    -------
    DataFrame
        Of the schema `POST_TAGS`, in the order of the rows, then by tag.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    pairs = tables.pairs(rows)
    read = pa.Table.from_batches(rows.parts)
    columns = {
        "site": _TEXT.__from_arrow__(read["site"].take(pa.array(pairs.posts))),
        "id": read["id"].to_numpy()[pairs.posts],
        "tag": _categorical(pairs.tags, pairs.names),
        "category": _categorical(
            pairs.categories, pa.array(pairs.kinds, pa.large_string())
        ),
    }
    frame = pd.DataFrame(columns, copy=False)
    return frame[list(POST_TAGS)]


def _categorical(codes: Numbers, names: pa.Array) -> pd.Categorical[Any]:
    """Return a categorical of those names that occur, sorted; -1 is missing."""
    occurs = np.zeros(len(names) + 1, np.bool_)
    occurs[codes] = True
    used = np.flatnonzero(occurs[:-1])
    place = np.full(len(names) + 1, -1, np.int64)
    place[used] = np.arange(len(used))
    categories = _TEXT.__from_arrow__(names.take(pa.array(used)))
    dtype = pd.CategoricalDtype(pd.Index(categories))
    return pd.Categorical.from_codes(place[codes], dtype=dtype)


def tag_counts_frame(rows: Rows[pa.RecordBatch]) -> pd.DataFrame:
    """Return how many posts have each tag, the most frequent first, then by name.

    Parameters
    ----------
    rows : Rows
        Made of `booru_nb.arrow.tables.part`, with the column ``tags``.

    Returns
    -------
    DataFrame
        Of the schema `TAGS`: a row for each tag and category.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    pairs = tables.pairs(rows)
    many = len(pairs.kinds) + 1
    # A category that is not known comes before all others.
    counts = np.bincount(pairs.tags * many + pairs.categories + 1)
    keys = np.flatnonzero(counts)
    keys = keys[np.argsort(-counts[keys], kind="stable")]
    kinds = pa.array([None, *pairs.kinds], pa.large_string())
    columns = {
        "tag": _TEXT.__from_arrow__(pairs.names.take(pa.array(keys // many))),
        "category": _TEXT.__from_arrow__(kinds.take(pa.array(keys % many))),
        "count": counts[keys],
    }
    return pd.DataFrame(columns, copy=False)[list(TAGS)]
