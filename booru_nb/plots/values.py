"""Columns of a frame as the plain values that a chart is given."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = dict[str, Any]

MISSING = "(none)"
"""What stands for a missing text."""


def numbers(frame: pd.DataFrame, name: str) -> list[float | None]:
    """Return a column of numbers; None where one is missing or infinite.

    Raises
    ------
    FrameError
        If it holds something else.
    """
    try:
        column = pd.to_numeric(frame[name]).astype("float64")
    except (TypeError, ValueError) as error:
        raise FrameError(f"The column {name!r} does not hold numbers.") from error
    return [value if math.isfinite(value) else None for value in column]


def texts(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a column as texts."""
    return [MISSING if pd.isna(value) else str(value) for value in frame[name]]


def rows(columns: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Return columns as rows, each with its number in ``row``."""
    names = list(columns)
    return [
        {"row": number, **dict(zip(names, values, strict=True))}
        for number, values in enumerate(zip(*columns.values(), strict=True))
    ]


def percent(share: float | None) -> str:
    """Return a share as a reader likes it, such as ``"12.5 %"``."""
    if share is None:
        return "none"
    hundred = 100 * share
    return f"{hundred:.0f} %" if hundred in {0, 100} else f"{hundred:.3g} %"


def between(low: float | None, high: float | None) -> str:
    """Return an interval of shares."""
    return f"{percent(low)} to {percent(high)}"


def figure(number: float | None) -> str:
    """Return a number as a reader likes it."""
    if number is None:
        return "none"
    if float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.3g}"


def most_frequent(values: Iterable[str], limit: int) -> list[str]:
    """Return the values that are there most often, each once, at most so many."""
    return [value for value, _ in Counter(values).most_common(limit)]
