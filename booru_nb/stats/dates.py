"""Periods of time, by the offsets of pandas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.schemas import TIME

MOST_PERIODS = 100_000
"""More periods than this are a slip of the pen."""

_INSTEAD = {
    "M": "'MS' (months by their first day) or 'ME' (by their last)",
    "Q": "'QS' (quarters by their first day) or 'QE' (by their last)",
    "Y": "'YS' (years by their first day) or 'YE' (by their last)",
    "A": "'YS' (years by their first day) or 'YE' (by their last)",
    "BM": "'BMS' (by the first business day) or 'BME' (by the last)",
    "H": "'h'",
    "T": "'min'",
    "S": "'s'",
}
"""What pandas calls today what it has called by these names."""

_UNKNOWN = "{!r} is no offset of pandas. It is one such as 'D', 'W', 'MS' or 'YS'."

FLOORS = {"day": "D", "month": "M", "year": "Y"}
"""What posts can be grouped by beside their columns, as numpy calls it."""


def periods(dates: pd.Series[Any], freq: str) -> tuple[pd.Series[Any], np.ndarray]:
    """Return the periods in which dates lie, and the period of each date.

    Parameters
    ----------
    dates : Series of datetime64[us, UTC]
        In any order; none missing.
    freq : str
        An offset of pandas, such as ``"MS"``, ``"W"`` or ``"7D"``.

    Returns
    -------
    tuple of Series of datetime64[us, UTC], array of int64
        Every period from the first date to the last, by the label that pandas gives
        it; and for each date the number of its period.

    Raises
    ------
    ArgumentError
        If pandas knows no such offset, or there would be too many periods.
    """
    step = _offset(freq)
    if dates.empty:
        return pd.Series([], dtype=TIME), np.empty(0, dtype=np.int64)
    _refuse_too_many(dates, step)
    order = np.argsort(dates.to_numpy(), kind="stable")
    marks = pd.Series(1, index=pd.DatetimeIndex(dates.iloc[order]))
    sizes = marks.resample(step).size()
    numbers = np.empty(len(dates), dtype=np.int64)
    numbers[order] = np.repeat(np.arange(len(sizes)), sizes.to_numpy())
    return pd.Series(sizes.index).astype(TIME), numbers


def floors(dates: pd.Series[Any], unit: str) -> pd.Series[Any]:
    """Return the first moment of each date's day, month or year; missing stays."""
    plain = dates.dt.tz_localize(None).to_numpy()
    floor = plain.astype(f"datetime64[{FLOORS[unit]}]").astype("datetime64[us]")
    return pd.Series(floor, index=dates.index).dt.tz_localize("UTC").astype(TIME)


def _offset(freq: object) -> pd.DateOffset:
    if isinstance(freq, str) and (instead := _INSTEAD.get(freq.lstrip("0123456789"))):
        raise ArgumentError(f"pandas knows no offset {freq!r} any more. Say {instead}.")
    try:
        offset = pd.tseries.frequencies.to_offset(freq)  # type: ignore[call-overload]
    except (ValueError, TypeError) as error:
        raise ArgumentError(_UNKNOWN.format(freq)) from error
    if offset is None:
        raise ArgumentError(_UNKNOWN.format(freq))
    if offset.n < 1:
        raise ArgumentError(f"Periods go on in time, which {freq!r} does not.")
    return offset  # type: ignore[no-any-return]


def _refuse_too_many(dates: pd.Series[Any], step: pd.DateOffset) -> None:
    try:
        last = dates.min() + MOST_PERIODS * step
    except (OverflowError, pd.errors.OutOfBoundsDatetime):
        return  # so long a time there is not
    if last < dates.max():
        raise ArgumentError(
            f"{step.freqstr!r} makes more than {MOST_PERIODS:,} periods of these "
            "posts; take a longer one, such as 'D' or 'MS'."
        )
