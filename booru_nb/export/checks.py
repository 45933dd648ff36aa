"""Options of steps, checked before anything is done with them.

Each check takes a value and the option's name, and returns the value as it is kept in
a recipe: plain, immutable, and fit for JSON.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from numbers import Real
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.post import Category, Rating, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CATEGORIES = tuple(str(category) for category in Category)

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def refuse(name: str, wanted: str, value: object) -> NoReturn:
    """Raise an `ArgumentError` that says what an option is, and what it is not."""
    raise ArgumentError(f"{name} is {wanted}, not {value!r}.")


def whole(value: object, name: str) -> int:
    """Return a whole number."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        refuse(name, "a whole number", value)
    if isinstance(value, (bool, np.bool_)):
        refuse(name, "a whole number", value)
    return number


def size(value: object, name: str) -> int:
    """Return a whole number from 1 on."""
    number = whole(value, name)
    if number < 1:
        refuse(name, "a whole number from 1 on", value)
    return number


def number(value: object, name: str) -> float:
    """Return a number that is neither infinite nor none."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        refuse(name, "a number", value)
    found = float(value)
    if not np.isfinite(found):
        refuse(name, "a number", value)
    return found


def share(value: object, name: str) -> float:
    """Return a number from 0 to 1."""
    found = number(value, name)
    if not 0 <= found <= 1:
        refuse(name, "a share from 0 to 1", value)
    return found


def percentile(value: object, name: str) -> float:
    """Return a number from 0 to 100."""
    found = number(value, name)
    if not 0 <= found <= 100:  # noqa: PLR2004 - what percent means
        refuse(name, "a number from 0 to 100", value)
    return found


def flag(value: object, name: str) -> bool:
    """Return True or False."""
    if not isinstance(value, (bool, np.bool_)):
        refuse(name, "True or False", value)
    return bool(value)


def text(value: object, name: str) -> str:
    """Return a text."""
    if not isinstance(value, str):
        refuse(name, "a text", value)
    return value


def texts(value: object, name: str) -> tuple[str, ...]:
    """Return texts, each once, of one text or several."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, Iterable) or isinstance(given, (bytes, dict)):
        refuse(name, "a text, or a list of texts", value)
    found = tuple(dict.fromkeys(text(part, name) for part in given))
    if not all(part.strip() for part in found):
        refuse(name, "a list of texts that are not empty", value)
    return found


def tags(value: object, name: str) -> tuple[str, ...]:
    """Return tags, each once, of one tag or several; blanks become underscores."""
    return tuple("_".join(part.split()) for part in texts(value, name))


def choice(*known: str) -> Callable[[object, str], str]:
    """Return the check of an option that is one of some words."""

    def one_of(value: object, name: str) -> str:
        if value not in known or not isinstance(value, str):
            refuse(name, f"one of {', '.join(known)}", value)
        return value

    return one_of


def choices(*known: str) -> Callable[[object, str], tuple[str, ...]]:
    """Return the check of an option that is some of some words."""

    def some_of(value: object, name: str) -> tuple[str, ...]:
        found = texts(value, name)
        for part in found:
            if part not in known:
                refuse(name, f"of {', '.join(known)}", part)
        return found

    return some_of


def ratings(value: object, name: str) -> tuple[str, ...] | None:
    """Return ratings; None for ``"any"``."""
    return None if value == "any" else choices(*(str(r) for r in Rating))(value, name)


statuses = choices(*(str(status) for status in Status))

categories = choices(*CATEGORIES, "other")


def extensions(value: object, name: str) -> tuple[str, ...]:
    """Return extensions without their dots; jpg and jpeg are the same."""
    found = [part.strip().lower().removeprefix(".") for part in texts(value, name)]
    for part in found:
        if not re.fullmatch("[a-z0-9]{1,5}", part):
            refuse(name, "an extension such as 'jpg', or a list of these", part)
    if {"jpg", "jpeg"} & set(found):
        found += ["jpg", "jpeg"]
    return tuple(dict.fromkeys(found))


def span(value: object, name: str) -> tuple[float | None, float | None]:
    """Return a lowest and a highest number, each of which may be None."""
    if not isinstance(value, (bool, np.bool_)) and isinstance(value, Real):
        value = (value, None)
    if not isinstance(value, (tuple, list)) or len(value) != 2:  # noqa: PLR2004
        refuse(name, "a pair of a lowest and a highest number", value)
    low, high = (None if part is None else number(part, name) for part in value)
    if low is not None and high is not None and low > high:
        refuse(name, "a pair of a lowest and a highest number", value)
    return low, high


def moment(value: object, name: str) -> str:
    """Return a day or a moment in UTC, as ISO 8601 writes it."""
    try:
        found = None if value is pd.NaT else _moment(value)
    except ValueError:
        found = None
    if found is None:
        refuse(name, "a date such as '2024-12-31', or a datetime", value)
    return found.isoformat()


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        text = value.strip()
        if _DAY.fullmatch(text):
            text += "-01-01"[len(text) - 4 :]
        value = datetime.fromisoformat(text)
    if isinstance(value, np.datetime64) and not np.isnat(value):
        value = pd.Timestamp(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def pairs(value: object, name: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a mapping of texts, or of pairs that JSON has kept."""
    wanted = "a mapping of texts to texts, such as {'old': 'new'}"
    items = value.items() if hasattr(value, "items") else value
    if not isinstance(items, Iterable) or isinstance(items, (str, bytes)):
        refuse(name, wanted, value)
    found = []
    for item in items:
        match item:
            case (str(one), str(two)) if one:
                found.append((one, two))
            case _:
                refuse(name, wanted, value)
    return tuple(found)


def patterns(value: object, name: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of a regular expression and what replaces it."""
    found = pairs(value, name)
    for pattern, by in found:
        try:
            re.compile(pattern).sub(by, "")
        except (re.error, IndexError) as error:
            raise ArgumentError(
                f"{name} has {pattern!r} to {by!r}, which cannot be used: {error}."
            ) from error
    return found


def in_order(name: str, options: Mapping[str, float | None]) -> None:
    """Refuse a pair of options whose lowest value is above the highest."""
    (low_name, low), (high_name, high) = options.items()
    if low is not None and high is not None and low > high:
        raise ArgumentError(
            f"{low_name}={low} is above {high_name}={high}: no post has such a {name}."
        )
