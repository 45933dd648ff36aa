"""Times as C writes them, with English names and an offset."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def written(moment: datetime, *, hours: int) -> str:
    """Return a moment such as ``Sat Jul 20 06:05:33 -0500 2013``.

    Parameters
    ----------
    moment : datetime
        With a time zone.
    hours : int
        The offset of the server's own zone.
    """
    there = moment.astimezone(timezone(timedelta(hours=hours)))
    day, month = DAYS[there.weekday()], MONTHS[there.month - 1]
    return f"{day} {month} {there:%d %H:%M:%S %z} {there.year}"
