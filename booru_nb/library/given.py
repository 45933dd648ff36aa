"""Posts, in whatever way they are given to a verb."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from booru_nb import frames
from booru_nb.columns import cast
from booru_nb.errors import ArgumentError
from booru_nb.post import Post
from booru_nb.schemas import TIME
from booru_nb.store import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Given: TypeAlias = (
    "pd.DataFrame | pd.Series[Any] | Post | tuple[str, int] | Iterable[Any]"
)
"""A frame, a row, a post, a ``(site, id)``, or any number of these."""

EPOCH = pd.Timestamp(0, tz="UTC")


def entries(
    given: object, known: Callable[[tuple[str, int]], Post | None]
) -> Iterator[Entry]:
    """Yield what was given as bookmarks to be, in its order.

    Parameters
    ----------
    given : Given
        A frame, a row, a post, a ``(site, id)``, or any number of these.
    known : callable
        What is known of a post that is named by its site and id only.

    Raises
    ------
    FrameError
        If a frame is no frame of posts.
    ArgumentError
        If it is nothing of these.
    """
    if isinstance(given, pd.DataFrame):
        yield from _of_frame(given)
    elif isinstance(given, pd.Series):
        yield from _of_frame(given.to_frame().T)
    elif isinstance(given, Post):
        yield Entry(given)
    elif key := _key(given):
        yield Entry(known(key) or Post(site=key[0], id=key[1]))
    elif _like_key(given):
        raise _unusable(given)
    elif isinstance(given, Iterable) and not isinstance(given, (str, bytes, dict)):
        for item in given:
            if isinstance(item, (str, bytes, int)):
                raise _unusable(item)
            yield from entries(item, known)
    else:
        raise _unusable(given)


def keys(given: object) -> list[tuple[str, int]]:
    """Return the ``(site, id)`` of what was given, in its order, without double."""
    found = (entry.post.key for entry in entries(given, lambda _: None))
    return list(dict.fromkeys(found))


def _key(given: object) -> tuple[str, int] | None:
    match given:
        case (str(site), Integral() as number) if isinstance(given, tuple):
            if site.strip() and int(number) >= 0 and not isinstance(given[1], bool):
                return site, int(number)
    return None


def _like_key(given: object) -> bool:
    """Tell whether something is meant as a ``(site, id)``."""
    # A list is one of posts, whatever it has.
    return isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str)  # noqa: PLR2004


def _of_frame(frame: pd.DataFrame) -> Iterator[Entry]:
    whole = frames.conform(frame)
    rows = zip(
        frames.to_posts(whole),
        _texts(whole, "folder"),
        _texts(whole, "note"),
        _times(whole),
        strict=True,
    )
    for post, folder, note, at in rows:
        yield Entry(post, folder=folder, note=note, bookmarked_at=at)


def _texts(frame: pd.DataFrame, name: str) -> list[str | None]:
    """Return what each row says; None where it says nothing, which changes nothing."""
    if name not in frame:
        return [None] * len(frame)
    column = frame[name]
    texts = cast(name, column, "str")
    return [t if s else None for t, s in zip(texts, column.notna(), strict=True)]


def _times(frame: pd.DataFrame) -> list[int | None]:
    """Return when each row was bookmarked, in microseconds, where a frame says so."""
    if "bookmarked_at" not in frame:
        return [None] * len(frame)
    times = cast("bookmarked_at", frame["bookmarked_at"], TIME)
    micro = pd.Timedelta(microseconds=1)
    return [None if pd.isna(t) else (t - EPOCH) // micro for t in times]


def _unusable(given: object) -> ArgumentError:
    return ArgumentError(
        "Posts are given as a DataFrame, a row of one, a Post, a (site, id) such as "
        f"('danbooru', 123), or a list of these, not {given!r}."
    )
