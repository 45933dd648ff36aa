"""Numbers, sizes, dates and ages, as they are written in a query.

A value that is compared (``>2MB``, ``1MB..2MB``) is meant exactly. A value that stands
alone is meant as precisely as it is written: ``filesize:2MB`` is 1.5 to 2.5 MB,
``date:2024`` is any time of that year, ``age:7d`` is seven days and some hours.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from booru_nb.query.faults import Fault
from booru_nb.query.fields import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from booru_nb.query.tree import Number, Span

LARGEST = (1 << 62) - 1
"""Numbers beyond it are none that a booru sends; SQLite's end at 63 bits."""

MOST_SPANS = 100
"""Ranges in one term; single values are not counted."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Boorus count in 1,024, whatever they call it.
_BYTES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_YEAR = 365 * _DAY + _DAY // 4
# A month is the twelfth part of a mean year.
_AGES = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), _SECOND),
    **dict.fromkeys(("mi", "min", "minute", "minutes"), 60 * _SECOND),
    **dict.fromkeys(("h", "hour", "hours"), 3_600 * _SECOND),
    **dict.fromkeys(("d", "day", "days"), _DAY),
    **dict.fromkeys(("w", "week", "weeks"), 7 * _DAY),
    **dict.fromkeys(("mo", "month", "months"), _YEAR // 12),
    **dict.fromkeys(("y", "year", "years"), _YEAR),
}

# No number that means something is longer; reading longer ones takes ever more time.
_DECIMAL = re.compile(r"-?\d{1,20}(?:\.(\d{1,20}))?", re.ASCII)
_SIZE = re.compile(r"([\d.]+)([kmg]?)(?:i?b)?", re.ASCII | re.IGNORECASE)
_AGE = re.compile(r"(\d{1,9})([a-z]+)", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_SIGN = re.compile(r"[<>]=?|=")


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a query.

    Attributes
    ----------
    first, last : number
        From where to where it goes, where it is compared.
    low, high : number
        What it means where it stands alone.
    """

    first: Number
    last: Number
    low: Number
    high: Number


def spans(field: str, text: str) -> tuple[Span, ...]:
    """Return what the text after a keyword means.

    Parameters
    ----------
    field : str
        One of `NUMBERS`.
    text : str
        Values, comparisons and ranges, with commas between.

    Raises
    ------
    Fault
        If it cannot be read.
    """
    found = tuple(_span(field, part) for part in text.split(","))
    if sum(low != high for low, high in found) > MOST_SPANS:
        raise Fault(f"More than {MOST_SPANS} ranges cannot be asked for at once.")
    return found


def _span(field: str, text: str) -> Span:
    if ".." in text:
        return _range(field, *text.split("..", 1))
    match = _SIGN.match(text)
    sign = match[0] if match else ""
    value = _value(field, text[len(sign) :])
    if sign == ">":
        return _next(value.last, math.inf), None
    if sign == ">=":
        return value.first, None
    if sign == "<":
        return None, _next(value.first, -math.inf)
    if sign == "<=":
        return None, value.last
    return value.low, value.high


def _range(field: str, first: str, last: str) -> Span:
    low = _value(field, first).first if first else None
    high = _value(field, last).last if last else None
    if low is None and high is None:
        raise Fault(f"A range needs an end, such as {NUMBERS[field]}, 10.. or ..20.")
    if low is not None and high is not None and low > high:
        raise Fault(f"This range is the wrong way round: {last}..{first} is meant?")
    return low, high


def _next(number: Number, towards: float) -> Number:
    """Return the nearest number on one side, of the same kind."""
    if isinstance(number, int):
        return number + 1 if towards > 0 else number - 1
    return math.nextafter(number, towards)


def _value(field: str, text: str) -> Value:
    value = _READERS.get(field, _whole)(text)
    if value is None:
        what = _WANTED.get(field, "a whole number")
        example = NUMBERS[field]
        got = f"not {text!r}" if text else "and there is none"
        raise Fault(f"After {field}: comes {what}, {got}. Example: {example}")
    if max(abs(value.low), abs(value.high)) > LARGEST:
        raise Fault(f"The number {text} is too large.")
    return value


def _whole(text: str) -> Value | None:
    match = _DECIMAL.fullmatch(text)
    if match is None or match[1]:
        return None
    number = int(text)
    return Value(number, number, number, number)


def _scaled(text: str, scale: int) -> Value | None:
    """Read a decimal number of units, as whole parts of a unit."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    exact = Fraction(text) * scale
    half = Fraction(scale, 2 * 10 ** len(match[1] or ""))
    low, high = exact - half, exact + half
    # A number halfway between two belongs to the upper one, as in school.
    return Value(
        math.ceil(exact), math.floor(exact), math.ceil(low), math.ceil(high) - 1
    )


def _size(text: str) -> Value | None:
    match = _SIZE.fullmatch(text)
    return _scaled(match[1], _BYTES[match[2].lower()]) if match else None


def _mpixels(text: str) -> Value | None:
    return _scaled(text, 1_000_000)


def _ratio(text: str) -> Value | None:
    """Read ``16:9``, ``16/9`` or ``1.78``; alone it means two digits."""
    above, _, below = text.replace("/", ":").partition(":")
    numbers = [_DECIMAL.fullmatch(part) for part in (above, below or "1")]
    if not all(numbers) or float(below or "1") == 0:
        return None
    ratio = float(above) / float(below or "1")
    middle = round(ratio, 2)
    return Value(
        ratio, ratio, middle - 0.005, math.nextafter(middle + 0.005, -math.inf)
    )


def _date(text: str) -> Value | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        start = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
        end = _end(start, month, day)
    except (ValueError, OverflowError) as error:
        raise Fault(f"There is no date {text}.") from error
    first, last = ((at - _EPOCH) // _MICROSECOND for at in (start, end))
    return Value(first, last - 1, first, last - 1)


def _end(start: datetime, month: int | None, day: int | None) -> datetime:
    if day is not None:
        return start + timedelta(days=1)
    if month is not None:
        return (start + timedelta(days=31)).replace(day=1)
    return start.replace(year=start.year + 1)


def _age(text: str) -> Value | None:
    match = _AGE.fullmatch(text)
    unit = _AGES.get(match[2].lower()) if match else None
    if match is None or unit is None:
        return None
    age = int(match[1]) * unit
    return Value(age, age, age, age + unit - 1)


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    "filesize": _size,
    "mpixels": _mpixels,
    "ratio": _ratio,
    "date": _date,
    "bookmarked": _date,
    "age": _age,
}

_WANTED: Mapping[str, str] = {
    "filesize": "a size in bytes, KB, MB or GB",
    "mpixels": "a number of millions of pixels",
    "ratio": "a ratio of width to height",
    "date": "a year, a month or a day as 2024-05-31",
    "bookmarked": "a year, a month or a day as 2024-05-31",
    "age": "a time with its unit: s, min, h, d, w, mo or y",
}
