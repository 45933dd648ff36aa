"""Single values from a file, each checked for its type and its form.

A value of the wrong type is an error, since the file is then not what it says. A value
of the wrong form, such as an address that is none, is left out and counted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from booru_nb.post import Rating, Status
from booru_nb.sites import values

Check: TypeAlias = Callable[[Any], Any]
"""Returns a value as it is kept, or raises `ValueError` with what is expected."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LIMIT = 1 << 62
LONGEST_NAME = 1_000
"""Characters of the name of a site, a tag or a search."""
DEEPEST = 8
"""Levels of a setting or an option."""


def text(value: object) -> str:
    """Return any text."""
    if not isinstance(value, str):
        raise ValueError("a text")  # noqa: TRY004 - what is expected
    return _storable(value)


def name(value: object) -> str:
    """Return a text that is not empty, nor too long for a name."""
    found = text(value)
    if not found.strip() or len(found) > LONGEST_NAME:
        raise ValueError(f"a name of 1 to {LONGEST_NAME} characters")
    return found


def tag(value: object) -> str:
    """Return a tag: a name without blanks."""
    return _tag(value) if isinstance(value, str) else name(value)


@lru_cache(maxsize=1 << 18)
def _tag(value: str) -> str:
    found = name(value)
    if values.words(found) != (found,):
        raise ValueError("a tag, without blanks and control characters")
    return found


def whole(value: object) -> int:
    """Return a whole number."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= LIMIT:
        raise ValueError("a whole number of at most 62 bits")
    return value


def count(value: object) -> int:
    """Return a whole number from 0 on."""
    if (number := whole(value)) < 0:
        raise ValueError("a whole number from 0 on")
    return number


def yes_or_no(value: object) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 - what is expected
    return value


def moment(value: object) -> datetime:
    """Return a time that is written as ISO 8601, with its zone."""
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
            if found.tzinfo is not None:
                return found.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise ValueError("a time such as '2024-05-01T12:00:00+00:00'")


def microseconds(value: object) -> int:
    """Return a time as whole microseconds since 1970, UTC."""
    return (moment(value) - EPOCH) // timedelta(microseconds=1)


def written(moment: int) -> str:
    """Return microseconds since 1970 as `microseconds` reads them."""
    return (EPOCH + timedelta(microseconds=moment)).isoformat()


def names(value: object) -> tuple[str, ...]:
    """Return a list of names."""
    if not isinstance(value, list):
        raise ValueError("a list of names")  # noqa: TRY004 - what is expected
    return tuple(map(name, value))


def tags(value: object) -> tuple[str, ...]:
    """Return a list of tags, without double, sorted."""
    if not isinstance(value, list):
        raise ValueError("a list of tags")  # noqa: TRY004 - what is expected
    return tuple(sorted(set(map(tag, value))))


def tokens(value: object) -> tuple[str, ...]:
    """Return a list of ``site:id``."""
    found = names(value)
    for token in found:
        site, _, number = token.rpartition(":")
        if not site or not number.isdecimal() or len(token.split()) != 1:
            raise ValueError("a list of 'site:id'")
    return found


def rating(value: object) -> Rating:
    """Return a rating."""
    try:
        return Rating(value)  # type: ignore[arg-type] # which is what is tried
    except ValueError:
        raise ValueError(f"one of {', '.join(Rating)}") from None


def status(value: object) -> Status:
    """Return a status."""
    try:
        return Status(value)  # type: ignore[arg-type] # as above
    except ValueError:
        raise ValueError(f"one of {', '.join(Status)}") from None


def settings(value: object) -> dict[str, Any]:
    """Return a JSON object of plain values, not too deep."""
    if not isinstance(value, dict):
        raise ValueError("an object")  # noqa: TRY004 - what is expected
    return {name(key): plain(item) for key, item in value.items()}


def plain(value: object, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value that is not nested too deep."""
    if depth > DEEPEST:
        raise ValueError(f"values that are nested {DEEPEST} deep at most")
    if isinstance(value, dict):
        return {text(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number")
    return _storable(value) if isinstance(value, str) else value


def _storable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("text without halves of characters") from None
    return value


_PLAIN = re.compile(r"https?://[\w.-]*\w(?::[1-9]\d{0,4})?/[!-~]*", re.ASCII)
"""Addresses that need no closer look: most of them."""


def address(value: str) -> str | None:
    """Return an http(s) address; None for anything else."""
    return value if _PLAIN.fullmatch(value) else values.address(value, base="")


FORMS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "md5": (values.md5, "an md5 of 32 hex digits"),
    "ext": (values.extension, "an extension"),
    **dict.fromkeys(
        ("preview_url", "sample_url", "file_url", "post_url"),
        (address, "an http(s) address"),
    ),
}
"""Columns whose text has a form: what returns it, or None, and what it is called."""
