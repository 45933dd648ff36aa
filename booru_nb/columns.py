"""A column of whatever pandas has made of it, as the dtype that it should have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from booru_nb.errors import FrameError
from booru_nb.schemas import ALWAYS_TEXT

_ADDRESS = r"(?i:https?)://[^\s/?#]\S*"

FORMS = {
    "md5": r"[0-9a-f]{32}",
    "ext": r"[a-z0-9]{1,5}",
    **dict.fromkeys(["preview_url", "sample_url", "file_url", "post_url"], _ADDRESS),
}
"""What a text of these columns must look like; one that does not is missing."""

LIMIT = 1 << 62
"""Numbers from here on are none that a booru sends."""


def missing(name: str, index: pd.Index[Any], dtype: object) -> pd.Series[Any]:
    """Return a column in which nothing is known."""
    if name in ALWAYS_TEXT:
        return pd.Series("", index=index, dtype="str")
    return pd.Series(None, index=index, dtype=dtype)  # type: ignore[call-overload, no-any-return]


def cast(name: str, column: pd.Series[Any], dtype: Any) -> pd.Series[Any]:  # noqa: ANN401
    """Return a column as a dtype of a schema.

    Raises
    ------
    FrameError
        If a value does not fit; the message names the column, and the value.
    """
    if column.dtype == dtype and name not in ALWAYS_TEXT:
        return column
    if isinstance(dtype, pd.CategoricalDtype):
        return _category(name, column, dtype)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return _time(name, column, dtype)
    if dtype == "str":
        return _text(name, column)
    if dtype in {"int64", "Int64"}:
        return _whole(name, column, dtype)
    return column.astype(dtype)


def formed(name: str, column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of text without what does not have its form.

    The md5 and extension of a file are written in lower case.
    """
    if name not in FORMS or not column.notna().any():
        return column
    if not name.endswith("_url"):
        column = column.str.lower()
    good = column.str.fullmatch(FORMS[name]) | column.isna()
    return column if good.all() else column.where(good)


def own(name: str, column: pd.Series[Any], dtype: object) -> pd.Series[Any]:
    """Return a column of what a user says of a post as its dtype.

    What is missing stays so, for it says nothing, where an empty text says something.
    """
    return cast(name, column, dtype).where(column.notna())


def _category(
    name: str, column: pd.Series[Any], dtype: pd.CategoricalDtype
) -> pd.Series[Any]:
    if dtype == pd.CategoricalDtype():
        # Its categories are text, even where there are none.
        return _text(name, column).astype("category")
    values = column.astype(object)
    known = values.isin(list(dtype.categories))
    _refuse(name, column[~known & values.notna()], f"one of {list(dtype.categories)}")
    return values.where(known, None).astype(dtype)


def _time(
    name: str, column: pd.Series[Any], dtype: pd.DatetimeTZDtype
) -> pd.Series[Any]:
    if pd.api.types.infer_dtype(column, skipna=True) == "integer":
        whole = column.astype("Int64")
        return pd.to_datetime(whole, unit="us", utc=True).astype(dtype)
    times = pd.to_datetime(column, utc=True, errors="coerce", format="ISO8601")
    _refuse(name, column[times.isna() & column.notna()], "a date and time")
    return times.astype(dtype)


def _text(name: str, column: pd.Series[Any]) -> pd.Series[Any]:
    if column.dtype != "str":
        column = column.astype(object).map(_as_text).astype("str")
    return column.fillna("") if name in ALWAYS_TEXT else column


def _as_text(value: object) -> str | None:
    """Return one value as text; a list as its words, a whole float without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return " ".join(map(str, value))
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _whole(name: str, column: pd.Series[Any], dtype: str) -> pd.Series[Any]:
    numbers = _exact(column)
    bad = numbers.isna() & column.notna() | (numbers % 1 != 0) & numbers.notna()
    _refuse(name, column[bad.fillna(value=True).astype(bool)], "a whole number")
    large = (numbers.abs() >= LIMIT).fillna(value=False).astype(bool)
    _refuse(name, column[large], "a whole number of at most 62 bits")
    if dtype == "int64" and numbers.isna().any():
        raise FrameError(f"The column {name!r} has missing values; each row needs one.")
    return numbers.astype("Int64").astype(dtype)  # type: ignore[call-overload, no-any-return]


def _exact(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return numbers, those that are whole already without a way through floats."""
    if pd.api.types.infer_dtype(column, skipna=True) == "integer":
        whole = column.dropna()
        if all(abs(int(number)) < LIMIT for number in whole):
            return column.astype("Int64")
    return pd.to_numeric(column, errors="coerce")


def _refuse(name: str, wrong: pd.Series[Any], wanted: str) -> None:
    if len(wrong):
        first = wrong.index[0], wrong.astype(object).iloc[0]
        row, value = (one.item() if hasattr(one, "item") else one for one in first)
        msg = f"The column {name!r} must hold {wanted}, not {value!r} (row {row!r})."
        raise FrameError(msg)
