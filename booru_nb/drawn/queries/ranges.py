"""The values of Danbooru's metatags: numbers, sizes and dates, in ranges and lists."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
YEAR_END = 13


def number(text: str) -> float:
    """Return a number; ``1k`` and ``1m`` are thousands and millions."""
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower())
    return float(text[:-1]) * factor if factor else float(text)


def matcher(value: str, read: Callable[[str], Any]) -> Callable[[Any], bool]:
    """Return a test whether something is in a range.

    Parameters
    ----------
    value : str
        ``5``, ``>5``, ``>=5``, ``<5``, ``<=5``, ``1..5``, ``1...5`` (without the 5),
        ``..5``, ``5..`` or ``1,2,3``.
    read : callable
        Reads one of the values in it.

    Raises
    ------
    ValueError
        If it is none of these.
    """
    if "," in value:
        tests = [matcher(part, read) for part in value.split(",") if part]
        return lambda found: any(test(found) for test in tests)
    for sign, test in _SIGNS.items():
        if value.startswith(sign):
            return test(read(value[len(sign) :]))
    if "..." in value:
        low, _, high = value.partition("...")
        return _between(
            read(low) if low else None, read(high) if high else None, closed=False
        )
    if ".." in value:
        low, _, high = value.partition("..")
        return _between(
            read(low) if low else None, read(high) if high else None, closed=True
        )
    wanted = read(value)
    return lambda found: bool(found == wanted)


def _at_least(low: Any) -> Callable[[Any], bool]:  # noqa: ANN401  # any that compares
    return lambda found: bool(found >= low)


def _at_most(high: Any) -> Callable[[Any], bool]:  # noqa: ANN401  # any that compares
    return lambda found: bool(found <= high)


def _above(low: Any) -> Callable[[Any], bool]:  # noqa: ANN401  # any that compares
    return lambda found: bool(found > low)


def _below(high: Any) -> Callable[[Any], bool]:  # noqa: ANN401  # any that compares
    return lambda found: bool(found < high)


_SIGNS = {">=": _at_least, "<=": _at_most, ">": _above, "<": _below}


def _between(low: Any, high: Any, *, closed: bool) -> Callable[[Any], bool]:  # noqa: ANN401  # any that compares
    tests = []
    if low is not None:
        tests.append(_at_least(low))
    if high is not None:
        tests.append(_at_most(high) if closed else _below(high))
    return lambda found: all(test(found) for test in tests)


def _span(text: str) -> tuple[datetime, datetime]:
    """Return the first moments of a year, month or day, and of the next one."""
    found = DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    start = datetime(year, month or 1, day or 1, tzinfo=UTC)
    if day:
        return start, start + timedelta(days=1)
    if month:
        following = (year, month + 1) if month + 1 < YEAR_END else (year + 1, 1)
        return start, datetime(*following, 1, tzinfo=UTC)
    return start, datetime(year + 1, 1, 1, tzinfo=UTC)


def date_matcher(value: str) -> Callable[[Any], bool]:
    """Return a test whether a moment is in a range of dates.

    Parameters
    ----------
    value : str
        As for `matcher`, of dates such as ``2024``, ``2024-05`` or ``2024-05-17``. A
        date stands for all of its time: ``..2024`` includes the last of December.

    Raises
    ------
    ValueError
        If it is no such thing.
    """
    if "," in value:
        tests = [date_matcher(part) for part in value.split(",") if part]
        return lambda found: any(test(found) for test in tests)
    for sign, edge, test in (
        (">=", 0, _at_least),
        ("<=", 1, _below),
        (">", 1, _at_least),
        ("<", 0, _below),
    ):
        if value.startswith(sign):
            return test(_span(value[len(sign) :])[edge])
    if ".." in value:
        low, _, high = value.partition("..")
        high = high.lstrip(".")
        first = _span(low)[0] if low else None
        return _between(first, _span(high)[1] if high else None, closed=False)
    return _between(*_span(value), closed=False)
