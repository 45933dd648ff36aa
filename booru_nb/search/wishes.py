"""What can be asked of every site alike: score, order, kind of media, and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError

if TYPE_CHECKING:
    from booru_nb.post import Post

ORDERS = ("newest", "oldest", "score", "favorites", "random")
"""The orders that can be asked for; newest first is everybody's own."""

MEDIA = {
    "image": frozenset({"jpg", "jpeg", "png", "webp", "avif", "bmp"}),
    "animated": frozenset({"gif", "zip", "apng"}),
    "video": frozenset({"mp4", "webm", "mkv", "mov"}),
}
"""The kinds of media, by the extensions of files."""

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished for beside tags and ratings.

    Parameters
    ----------
    min_score : int or None
        The lowest score.
    order : str or None
        One of `ORDERS`; None leaves it to the query.
    media : str or None
        One of `MEDIA`.
    after, before : datetime or None
        The first moment of upload, and the one behind the last; in UTC.
    """

    min_score: int | None = None
    order: str | None = None
    media: str | None = None
    after: datetime | None = None
    before: datetime | None = None

    def has_score(self, post: Post) -> bool:
        """Tell whether a post has the score that is wished for."""
        wanted, score = self.min_score, post.score
        return wanted is None or (score is not None and score >= wanted)

    def has_media(self, post: Post) -> bool:
        """Tell whether a post's file is of the kind that is wished for."""
        return self.media is None or post.ext in MEDIA[self.media]

    def is_late_enough(self, post: Post) -> bool:
        """Tell whether a post is no older than is wished for."""
        at = post.created_at
        return self.after is None or (at is not None and at >= self.after)

    def is_early_enough(self, post: Post) -> bool:
        """Tell whether a post is older than is wished for."""
        at = post.created_at
        return self.before is None or (at is not None and at < self.before)


def wishes(
    *,
    min_score: int | None = None,
    order: str | None = None,
    media: str | None = None,
    after: str | date | None = None,
    before: str | date | None = None,
) -> Wishes:
    """Return what was wished for in a call, checked.

    Raises
    ------
    ArgumentError
        If one of them cannot be used; the message names it.
    """
    if min_score is not None and (
        isinstance(min_score, bool) or not isinstance(min_score, int)
    ):
        raise ArgumentError(f"min_score is a whole number, not {min_score!r}.")
    return Wishes(
        min_score=min_score,
        order=_one_of("order", order, ORDERS),
        media=_one_of("media", media, MEDIA),
        after=_moment("after", after),
        before=_moment("before", before),
    )


def _one_of(name: str, value: str | None, known: object) -> str | None:
    names = list(known) if isinstance(known, (tuple, dict)) else []
    if value is not None and value not in names:
        raise ArgumentError(f"{name} is one of {', '.join(names)}, not {value!r}.")
    return value


def _moment(name: str, value: object) -> datetime | None:
    """Return a moment in UTC of a text, a date or a time."""
    if isinstance(value, str):
        value = _read(name, value.strip())
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    raise ArgumentError(_no_date(name, value))


def _read(name: str, text: str) -> datetime:
    if _DAY.fullmatch(text):
        text += "-01-01"[len(text) - 4 :]
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentError(_no_date(name, text)) from error


def _no_date(name: str, value: object) -> str:
    return f"{name} is a date such as '2024-12-31', or a datetime, not {value!r}."
