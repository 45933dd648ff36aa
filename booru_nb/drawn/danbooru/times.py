"""Times as Danbooru writes them for people who are not logged in: of the US East."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

STANDARD = timezone(timedelta(hours=-5))
SUMMER = timezone(timedelta(hours=-4))
CHANGE_AT = 7  # in UTC: two o'clock in the morning before, one o'clock after the change


def _sunday(year: int, month: int, nth: int) -> datetime:
    first = datetime(year, month, 1, tzinfo=UTC)
    days = (6 - first.weekday()) % 7 + 7 * (nth - 1)
    return first + timedelta(days=days)


def eastern(moment: datetime) -> datetime:
    """Return a moment with the offset of the US East, summer time included.

    Since 2007 summer time lasts from the second Sunday of March to the first Sunday
    of November.
    """
    year = moment.astimezone(UTC).year
    start = _sunday(year, 3, 2) + timedelta(hours=CHANGE_AT)
    end = _sunday(year, 11, 1) + timedelta(hours=CHANGE_AT - 1)
    return moment.astimezone(SUMMER if start <= moment < end else STANDARD)


def written(moment: datetime) -> str:
    """Return a moment such as ``2026-10-02T11:00:59.915-04:00``."""
    return eastern(moment).isoformat(timespec="milliseconds")
