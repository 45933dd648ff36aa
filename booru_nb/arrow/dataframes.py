"""Arrow tables as DataFrames of `booru_nb.schemas`, to the dtype.

What pandas may change in place is copied; texts are taken as they are, since nothing
can change them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from booru_nb.schemas import BOOKMARKS, TIME

if TYPE_CHECKING:
    from booru_nb.schemas import Schema

_TEXT: Any = pd.StringDtype(na_value=np.nan)
"""What pandas calls ``str``."""

_WHOLE: Any = pd.Int64Dtype()
_TIME: Any = TIME


def frame(table: pa.Table, schema: Schema = BOOKMARKS) -> pd.DataFrame:
    """Return a table as a DataFrame.

    Parameters
    ----------
    table : pyarrow.Table
        As from `booru_nb.arrow.tables` or `booru_nb.arrow.tagtables`.
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
        if pa.types.is_dictionary(array.type):
            array = array.combine_chunks()
            names = pd.Index(_TEXT.__from_arrow__(array.dictionary))
            array, dtype = array.indices, pd.CategoricalDtype(names)
        codes = array.fill_null(-1).to_numpy().copy()
        return pd.Categorical.from_codes(codes, dtype=dtype)
    if dtype == TIME:
        return _TIME.__from_arrow__(array).copy()
    if dtype == "str":
        return _TEXT.__from_arrow__(array)
    if dtype == "Int64":
        return _WHOLE.__from_arrow__(array)
    return array.to_numpy().copy()
