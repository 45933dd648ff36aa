"""Pairs of tag and post, many at a time: the blobs, the inverted table, the counts.

A pair is one number here, ``tag_id << 32 | post.id``, so that sorting pairs sorts them
as the inverted table does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate, chain, count, pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from booru_nb.store.tagging import chunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from booru_nb.store.connections import Db

    Numbers: TypeAlias = NDArray[np.uint64]

CHUNK = 500
"""Pairs in one statement; one for several takes half the time of one for each."""

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFF_FFFF)


class Tagged:
    """The tags of some posts, each name looked up once.

    Parameters
    ----------
    tags : sequence of sequence of str
        Those of each post.
    """

    def __init__(self, tags: Sequence[Sequence[str]]) -> None:
        codes: defaultdict[str, int] = defaultdict(count().__next__)
        every = list(map(codes.__getitem__, chain.from_iterable(tags)))
        self._lengths = [len(names) for names in tags]
        self._codes = np.array(every, np.int64)
        self._names = list(codes)

    def names(self) -> list[str]:
        """Return every tag once, the most frequent first."""
        often = np.argsort(-np.bincount(self._codes), kind="stable")
        return [self._names[code] for code in often.tolist()]

    def blobs(self, ids: Mapping[str, int]) -> list[bytes]:
        """Return the tags of each post: sorted, unique, 32 bits little-endian."""
        numbers = np.array([ids[name] for name in self._names], np.uint64)
        posts = np.repeat(np.arange(len(self._lengths), dtype=np.uint64), self._lengths)
        keys = np.sort(posts << _HALF | numbers[self._codes])
        keys = keys[_firsts(keys)]
        data = (keys & _LOW).astype("<u4").tobytes()
        many = np.bincount(keys.astype(np.int64) >> 32, minlength=len(self._lengths))
        ends = accumulate((4 * many).tolist(), initial=0)
        return [data[low:high] for low, high in pairwise(ends)]


class Changes:
    """What changed between posts and tags, to be written at once and in order."""

    def __init__(self) -> None:
        self._posts: list[int] = []
        self._before: list[bytes] = []
        self._after: list[bytes] = []

    def note(self, post: int, *, before: bytes, after: bytes) -> None:
        """Note the tags of a post; once a post."""
        if before != after:
            self._posts.append(post)
            self._before.append(before)
            self._after.append(after)

    def write(self, db: Db) -> None:
        """Bring the inverted table and the counts up to date."""
        if not self._posts:
            return
        gained = _pairs(self._posts, self._after)
        lost = gained[:0]
        if any(self._before):
            after, before = gained, _pairs(self._posts, self._before)
            gained, lost = _only_in(after, before), _only_in(before, after)
        gained.sort()
        lost.sort()
        for pairs in _flat(gained):
            marks = ", ".join(["(?, ?)"] * (len(pairs) // 2))
            db.execute(
                f"insert or ignore into tag_post (tag_id, post) values {marks}",  # noqa: S608 - question marks only
                pairs,
            )
        for pairs in _flat(lost):
            db.executemany(
                "delete from tag_post where tag_id = ? and post = ?",
                zip(pairs[::2], pairs[1::2], strict=True),
            )
        more = Counter(_counts(gained))
        if len(lost):
            more.subtract(_counts(lost))
        _count(db, more)


def _count(db: Db, more: Mapping[int, int]) -> None:
    """Add to the numbers of posts of some tags."""
    tags = sorted(tag for tag, number in more.items() if number)
    db.executemany(
        "update tag set n = n + ? where tag_id = ?", [(more[tag], tag) for tag in tags]
    )
    # Few tags change their band; the index that has it is left alone by all others.
    for chunk in chunks(tags, CHUNK):
        marks = ", ".join("?" * len(chunk))
        moved = db.execute(
            f"""
            select n, tag_id from tag
            where tag_id in ({marks})
            and (n >> (band + 5 + (band = 0))) <> (band > 0)
            """,  # noqa: S608 - question marks only
            chunk,
        ).fetchall()
        db.executemany(
            "update tag set band = ? where tag_id = ?",
            [(band(n), tag) for n, tag in moved],
        )


def band(number: int) -> int:
    """Return the band of a tag that so many posts have."""
    return (number >> 6).bit_length()


def _pairs(posts: Sequence[int], blobs: Sequence[bytes]) -> Numbers:
    tags = np.frombuffer(b"".join(blobs), "<u4").astype(np.uint64)
    lengths = [len(blob) // 4 for blob in blobs]
    return tags << _HALF | np.repeat(np.array(posts, np.uint64), lengths)


def _only_in(pairs: Numbers, others: Numbers) -> Numbers:
    """Return those pairs that are not among others."""
    return pairs[~np.isin(pairs, others, assume_unique=True)]


def _flat(pairs: Numbers) -> Iterator[list[int]]:
    """Yield lists of tag, post, tag, post and so on."""
    for start in range(0, len(pairs), CHUNK):
        chunk = pairs[start : start + CHUNK]
        yield np.column_stack((chunk >> _HALF, chunk & _LOW)).ravel().tolist()


def _counts(pairs: Numbers) -> dict[int, int]:
    """Return how many pairs each tag has; the pairs are sorted."""
    tags = pairs >> _HALF
    starts = np.flatnonzero(_firsts(tags))
    ends = np.append(starts[1:], len(tags))
    return dict(zip(tags[starts].tolist(), (ends - starts).tolist(), strict=False))


def _firsts(numbers: Numbers) -> NDArray[np.bool_]:
    """Tell which of sorted numbers are unlike the one before."""
    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first
