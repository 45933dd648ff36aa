"""Posts drawn by lot, with tags as boorus have them.

A vocabulary of 200,000 tags whose frequencies follow Zipf and Mandelbrot, in five
categories, and 28.4 tags a post on average. The same seed draws the same posts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from booru_nb.post import Category, Post, Rating, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TAGS = 200_000
TAGS_A_POST = 28.4
SITE = "danbooru"

CHUNK = 10_000
"""Posts that are drawn at a time."""

_SHIFT, _EXPONENT = 2.7, 1.05
"""Of Mandelbrot's law: a tag's share is as 1 / (rank + shift) ** exponent."""

_COMMON = 3_000
"""Tags that are mostly general; the others are mostly names."""

_KINDS = (
    Category.GENERAL,
    Category.ARTIST,
    Category.CHARACTER,
    Category.COPYRIGHT,
    Category.META,
)
_SHARES = {True: (0.88, 0.01, 0.04, 0.04, 0.03), False: (0.24, 0.4, 0.26, 0.08, 0.02)}
_PARTS = (
    *("sky", "cloud", "long", "blue", "rain", "hill", "lamp", "stone", "bird", "sea"),
    *("ka", "ri", "no", "to", "mi", "sa", "wa", "ne", "ru", "ko", "el", "an", "or"),
)


_FIRST = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Vocabulary:
    """Tags, the most frequent first.

    Attributes
    ----------
    names : list of str
        The tags.
    kinds : list of str
        The category of each.
    bounds : array of float
        The shares of the tags up to and with each.
    """

    names: list[str]
    kinds: list[str]
    bounds: NDArray[np.float64]


def vocabulary(size: int = TAGS, *, seed: int = 1) -> Vocabulary:
    """Draw a vocabulary."""
    chance = np.random.default_rng(seed)
    shares = (np.arange(size) + 1 + _SHIFT) ** -_EXPONENT
    return Vocabulary(
        names=_names(chance, size),
        kinds=[str(_KINDS[kind]) for kind in _kinds(chance, size)],
        bounds=np.cumsum(shares) / shares.sum(),
    )


def _names(chance: np.random.Generator, size: int) -> list[str]:
    """Draw names of up to six parts, mostly of two words, none twice."""
    names: dict[str, None] = {}
    while len(names) < size:
        parts = chance.choice(_PARTS, (size, 6)).tolist()
        many = chance.integers(2, 7, size).tolist()
        blank = chance.integers(1, 4, size).tolist()
        names |= {
            "".join(row[:n][:b]) + "_" * (b < n) + "".join(row[b:n]): None
            for row, n, b in zip(parts, many, blank, strict=True)
        }
    return list(names)[:size]


def _kinds(chance: np.random.Generator, size: int) -> NDArray[Any]:
    common = min(size, _COMMON)
    return np.concatenate(
        [
            chance.choice(len(_KINDS), common, p=_SHARES[True]),
            chance.choice(len(_KINDS), size - common, p=_SHARES[False]),
        ]
    )


def posts(
    count: int, words: Vocabulary, *, first: int = 1, seed: int = 2
) -> Iterator[Post]:
    """Yield posts with all their values, numbered from `first`.

    Parameters
    ----------
    count : int
        How many.
    words : Vocabulary
        Their tags.
    first : int
        The id of the first one; what a post is hangs on its id alone as long as
        `first` is one more than a multiple of `CHUNK`.
    seed : int
        Another one draws others.
    """
    for start in range(first, first + count, CHUNK):
        chance = np.random.default_rng([seed, start])
        tags = _tags(chance, words)
        numbers = chance.integers(0, 1 << 31, (CHUNK, 6)).tolist()
        for at in range(min(CHUNK, first + count - start)):
            yield _post(start + at, tags[at], numbers[at], words)


def _tags(chance: np.random.Generator, words: Vocabulary) -> list[list[int]]:
    """Draw the tags of `CHUNK` posts, by their places in the vocabulary."""
    many = np.clip(chance.gamma(6, TAGS_A_POST / 6, CHUNK).round(), 3, 120).astype(int)
    # Frequent tags are drawn again and again, so more are drawn than are wanted.
    row = np.repeat(np.arange(CHUNK), 2 * many + 20)
    tag = np.searchsorted(words.bounds, chance.random(len(row)))
    tag = np.minimum(tag, len(words.names) - 1)
    _, seen = np.unique(row * len(words.names) + tag, return_index=True)
    seen.sort()
    row, tag = row[seen], tag[seen]
    bounds = np.searchsorted(row, np.arange(CHUNK + 1))
    all_tags = tag.tolist()
    return [
        all_tags[low : min(high, low + wanted)]
        for (low, high), wanted in zip(pairwise(bounds.tolist()), many, strict=True)
    ]


def _post(number: int, tags: list[int], drawn: list[int], words: Vocabulary) -> Post:
    """Return a post; its addresses are as long as those of a large booru."""
    md5 = f"{drawn[0]:08x}{drawn[1]:08x}{drawn[2]:08x}{number:08x}"
    ext = ("jpg", "jpg", "png", "webm")[drawn[3] % 4]
    place = f"{md5[:2]}/{md5[2:4]}/{md5}"
    return Post(
        site=SITE,
        id=number,
        rating=(Rating.GENERAL, Rating.GENERAL, Rating.SENSITIVE)[drawn[4] % 3],
        score=drawn[0] % 300 - 5,
        favorites=drawn[1] % 500,
        tags=tuple(sorted(words.names[tag] for tag in tags)),
        categories={words.names[tag]: words.kinds[tag] for tag in tags},
        width=600 + drawn[2] % 4000,
        height=600 + drawn[3] % 4000,
        ext=ext,
        md5=md5,
        file_size=drawn[4],
        source=f"https://art.example/works/{drawn[5]}" if drawn[5] % 4 else None,
        parent_id=drawn[0] % number or None if drawn[1] % 10 == 0 else None,
        uploader=f"user_{drawn[2] % 5000}",
        created_at=_FIRST + timedelta(seconds=number * 30),
        preview_url=f"https://cdn.example/180x180/{place}.jpg",
        sample_url=f"https://cdn.example/sample/{place}.jpg" if drawn[3] % 2 else None,
        file_url=f"https://cdn.example/original/{place}.{ext}",
        post_url=f"https://booru.example/posts/{number}",
        status=Status.ACTIVE,
    )
