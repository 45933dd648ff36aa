"""Times as they are stored: whole microseconds since 1970, UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from booru_nb.errors import ArgumentError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """Return this moment."""
    return time.time_ns() // 1_000


def microseconds(moment: datetime | None) -> int | None:
    """Return a moment that has a time zone; None for None.

    Raises
    ------
    ArgumentError
        If it has no time zone.
    """
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ArgumentError(f"The time {moment} has no time zone. Is it UTC?")
    return (moment - EPOCH) // timedelta(microseconds=1)
