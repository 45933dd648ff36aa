"""Which post has which tag, as arrays: sorted by post, then by the tag's name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa
    from numpy.typing import NDArray

    from booru_nb.arrow.meanings import Meanings

    Numbers: TypeAlias = NDArray[np.integer[Any]]

T = TypeVar("T")

BLOCK = 8_192
"""Posts whose pairs are looked at together: few enough for the processor's cache."""

THREADS = 2
"""How many blocks are worked on at a time; more would wait for the memory."""

_WORD = 32
"""Bits of a number; sorting those of twice as many takes twice the time."""


@dataclass(frozen=True)
class Tagged:
    """Posts, each with some tags.

    Attributes
    ----------
    sites : array of int
        The `site_id` of each post.
    many : array of int
        How many tags it has.
    tags : array of uint32
        The tag ids of all, one post after the other.
    """

    sites: Numbers
    many: Numbers
    tags: Numbers


class Pairs:
    """The tags of some posts, which are numbered by their places.

    Parameters
    ----------
    meanings : Meanings
        What the tag ids mean.
    posts : Tagged
        The posts.

    Attributes
    ----------
    meanings : Meanings
        As given.
    many : array of int
        How many tags each post has.
    posts, tags : array of int
        The place of the post, and that of the tag among the names, of each pair.
    """

    def __init__(self, meanings: Meanings, posts: Tagged) -> None:
        self.meanings = meanings
        self.many = posts.many
        self._sites = posts.sites
        width = len(meanings.names).bit_length()
        fits = width + len(posts.many).bit_length() <= _WORD
        number = np.dtype(np.uint32 if fits else np.uint64)
        places = np.arange(len(posts.many), dtype=number)
        self.posts: Numbers = np.repeat(places, posts.many)
        keys: Numbers = np.left_shift(self.posts, width, dtype=number)
        keys |= meanings.places(posts.tags).astype(number)
        keys.sort()
        self.tags: Numbers = keys & number.type((1 << width) - 1)

    @cached_property
    def categories(self) -> Numbers:
        """The place in `kinds` of each pair's category; -1 where it is not known."""
        return self.meanings.categories(np.repeat(self._sites, self.many), self.tags)

    @cached_property
    def _by_category(self) -> tuple[Numbers, Numbers]:
        """How many tags of each category a post has; the tags, by category, post."""
        many = len(self.meanings.kinds) + 1
        cells = self.posts * many + (self.categories + 1)
        counts = np.bincount(cells, minlength=many * len(self.many))
        order = np.argsort(self.categories, kind="stable")
        return counts.reshape(-1, many), self.tags[order]

    def texts(self) -> pa.LargeStringArray:
        """Return the tags of each post as one text."""
        return self.meanings.texts(self.many, self.tags)

    def texts_by_category(self) -> list[pa.LargeStringArray]:
        """Return the same for each category: first for none, then in their order."""
        counts, tags = self._by_category
        texts = self.meanings.texts(counts.T.ravel(), tags)
        posts, kinds = counts.shape
        return [texts.slice(posts * kind, posts) for kind in range(kinds)]


def blocks(
    meanings: Meanings, posts: Tagged, work: Callable[[Pairs, slice], T]
) -> list[T]:
    """Return what a work makes of the pairs of many posts, `BLOCK` posts at a time.

    It is done once for no posts. Arrow and numpy let go of the interpreter meanwhile,
    so several blocks are worked on at a time.

    Parameters
    ----------
    meanings : Meanings
        What the tags mean.
    posts : Tagged
        The posts.
    work : callable
        Gets the pairs of some posts, and where they stand among all pairs.
    """
    bounds = np.concatenate(([0], np.cumsum(posts.many)))

    def block(start: int) -> T:
        some = slice(start, start + BLOCK)
        many = posts.many[some]
        own = slice(int(bounds[start]), int(bounds[start + len(many)]))
        pairs = Pairs(meanings, Tagged(posts.sites[some], many, posts.tags[own]))
        return work(pairs, own)

    starts = range(0, max(len(posts.many), 1), BLOCK)
    if len(starts) == 1:
        return [block(0)]
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(block, starts))
