"""Small sets of posts, as frames and as plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

from booru_nb import stats
from booru_nb.stats.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.stats import TagStats
    from booru_nb.stats.matrix import Matrix

few = settings(max_examples=25, deadline=None)
"""For tests that make statistics again and again."""

WORDS = ("ant", "bee", "cat", "dog", "elk", "fox")

tag_sets = st.lists(st.sets(st.sampled_from(WORDS)), max_size=12)
"""The tags of some posts."""


def frame(posts: Iterable[Iterable[str]], **columns: Any) -> pd.DataFrame:
    """Return posts with these tags, numbered from 1, as a frame."""
    tags = [" ".join(sorted(words)) for words in posts]
    said: dict[str, Any] = {
        "site": ["meadow"] * len(tags),
        "id": list(range(1, len(tags) + 1)),
        "rating": ["general"] * len(tags),
        "tags": tags,
    }
    return pd.DataFrame({**said, **columns})


def matrix_of(stats: TagStats) -> Matrix:
    """Return the matrix in which statistics count."""
    backend = stats.backend
    assert isinstance(backend, Memory)
    return backend.matrix


def times(*dates: str | None) -> pd.Series[Any]:
    """Return dates in UTC; None where there is none."""
    return pd.Series(pd.to_datetime(pd.Series(dates, dtype="str"), utc=True))


def of(posts: Iterable[Iterable[str]], **options: Any) -> TagStats:
    """Return the statistics of posts with these tags."""
    return stats.of_frame(frame(posts), **options)


def numbers(posts: Sequence[set[str]], one: str, two: str) -> tuple[int, int, int, int]:
    """Return how many posts have both tags, the first, the second, or any at all."""
    first = {n for n, words in enumerate(posts) if one in words}
    second = {n for n, words in enumerate(posts) if two in words}
    return len(first & second), len(first), len(second), len(posts)
