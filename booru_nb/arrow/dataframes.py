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
        codes = array.fill_null(-1).to_numpy().copy()
        return pd.Categorical.from_codes(codes, dtype=dtype)
    if dtype == TIME:
        return _TIME.__from_arrow__(array).copy()
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
    every = list(tables.pairs(rows))
    meanings = every[0].meanings
    read = pa.Table.from_batches(rows.parts)
    many = np.concatenate([pairs.many for pairs in every])
    sites = read["site"].combine_chunks().dictionary_encode()
    site = np.repeat(sites.indices.to_numpy(), many)
    tag = np.concatenate([pairs.tags for pairs in every])
    category = np.concatenate([pairs.categories for pairs in every])
    columns = {
        "site": _TEXT.__from_arrow__(sites.dictionary.take(pa.array(site))),
        "id": np.repeat(read["id"].to_numpy(), many),
        "tag": _categorical(tag, meanings.names),
        "category": _categorical(category, pa.array(meanings.kinds, pa.large_string())),
    }
    return pd.DataFrame(columns, copy=False)[list(POST_TAGS)]


def _categorical(codes: Numbers, names: pa.Array) -> pd.Categorical[Any]:
    """Return a categorical of those names that occur, sorted; -1 is missing."""
    occurs = np.bincount(codes + 1, minlength=len(names) + 1)[1:] > 0
    place = np.full(len(names) + 1, -1, np.int32)
    place[:-1][occurs] = np.arange(occurs.sum())
    categories = _TEXT.__from_arrow__(names.filter(pa.array(occurs)))
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
    every = list(tables.pairs(rows))
    meanings = every[0].meanings
    many = len(meanings.kinds) + 1
    # A category that is not known comes before all others.
    cells = [pairs.tags * many + pairs.categories + 1 for pairs in every]
    counts = np.bincount(np.concatenate(cells))
    keys = np.flatnonzero(counts)
    keys = keys[np.argsort(-counts[keys], kind="stable")]
    kinds = pa.array([None, *meanings.kinds], pa.large_string())
    columns = {
        "tag": _TEXT.__from_arrow__(meanings.names.take(pa.array(keys // many))),
        "category": _TEXT.__from_arrow__(kinds.take(pa.array(keys % many))),
        "count": counts[keys],
    }
    return pd.DataFrame(columns, copy=False)[list(TAGS)]
