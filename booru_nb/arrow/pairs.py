"""Which post has which tag, as arrays: sorted by post, then by the tag's name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb.store.words import nameless

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from booru_nb.store.words import Vocabulary

    Numbers: TypeAlias = NDArray[np.signedinteger[Any]]

T = TypeVar("T")

BLOCK = 8_192
"""Posts whose pairs are looked at together: few enough for the processor's cache."""

THREADS = 2
"""How many blocks are worked on at a time; more would wait for the memory."""

_HALF = 32
_LOW = 0xFFFF_FFFF


class Meanings:
    """What tag ids mean, as arrays. A tag is known by its place among the names.

    Parameters
    ----------
    vocabulary : Vocabulary
        The same as columns.
    sites : pyarrow.Int64Array
        The `site_id` of all posts that are asked about.

    Attributes
    ----------
    names : pyarrow.LargeStringArray
        The names, sorted by code point.
    kinds : list of str
        The categories that sites speak of, sorted.
    """

    def __init__(self, vocabulary: Vocabulary, sites: pa.Int64Array) -> None:
        self.names = pa.array(vocabulary.names, pa.large_string())
        self.kinds = sorted(set(vocabulary.kinds))
        self._site_ids = np.sort(pc.unique(sites).to_numpy())
        self._places = _places(np.array(vocabulary.ids, np.int64))
        self._said = self._cells(vocabulary)

    def places(self, ids: Numbers) -> Numbers:
        """Return the place of each tag.

        Raises
        ------
        DamagedFileError
            If one has no name.
        """
        if ids.max(initial=0) >= len(self._places):
            raise nameless(ids.max())
        places = self._places[ids]
        if places.min(initial=0) < 0:
            raise nameless(ids[places.argmin()])
        return places

    def categories(self, sites: Numbers, tags: Numbers) -> Numbers:
        """Return the place in `kinds` of what a site says of a tag; -1 for nothing."""
        cells = np.searchsorted(self._site_ids, sites) * len(self.names) + tags
        said: Numbers = self._said[cells]
        return said

    def _cells(self, vocabulary: Vocabulary) -> Numbers:
        """Return the category of each tag: a row a site, one row after the other."""
        said = np.full((len(self._site_ids), len(self.names)), -1, np.int16)
        sites = np.array(vocabulary.sites, np.int64)
        inside = np.isin(sites, self._site_ids)
        tags = np.array(vocabulary.tags, np.int64)
        spoken = pa.array(vocabulary.kinds, pa.large_string())
        codes = pc.index_in(spoken, pa.array(self.kinds, pa.large_string())).to_numpy()
        site = np.searchsorted(self._site_ids, sites[inside])
        said[site, self.places(tags[inside])] = codes[inside]
        return said.ravel()


class Pairs:
    """The tags of some posts, which are numbered by their places.

    Parameters
    ----------
    meanings : Meanings
        What the tag ids mean.
    sites : pyarrow.Int64Array
        The `site_id` of each post.
    blobs : pyarrow.LargeBinaryArray
        The tag ids of each post.

    Attributes
    ----------
    meanings : Meanings
        As given.
    many : array of int64
        How many tags each post has.
    posts, tags : array of int64
        The place of the post, and that of the tag among the names, of each pair.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """

    def __init__(
        self, meanings: Meanings, sites: pa.Int64Array, blobs: pa.LargeBinaryArray
    ) -> None:
        self.meanings = meanings
        self._sites = sites.to_numpy()
        self.many, ids = _decoded(blobs)
        self.posts = np.repeat(np.arange(len(blobs)), self.many)
        keys = self.posts << _HALF | meanings.places(ids)
        keys.sort()
        self.tags: Numbers = keys & _LOW

    @cached_property
    def categories(self) -> Numbers:
        """The place in `kinds` of each pair's category; -1 where it is not known."""
        return self.meanings.categories(np.repeat(self._sites, self.many), self.tags)

    @cached_property
    def _words(self) -> pa.LargeStringArray:
        """The name of each pair's tag."""
        return self.meanings.names.take(pa.array(self.tags))

    @cached_property
    def _by_category(self) -> tuple[Numbers, pa.LargeStringArray]:
        """How many tags of each category a post has; the words, by category, post."""
        many = len(self.meanings.kinds) + 1
        cells = self.posts * many + self.categories + 1
        counts = np.bincount(cells, minlength=many * len(self.many))
        order = np.argsort(self.categories, kind="stable")
        return counts.reshape(-1, many), self._words.take(pa.array(order))

    def texts(self) -> pa.LargeStringArray:
        """Return the tags of each post as one text."""
        return join(self.many, self._words)

    def texts_of(self, kind: str) -> pa.LargeStringArray:
        """Return the tags of each post that are of a category as one text."""
        if kind not in self.meanings.kinds:
            return join(np.zeros_like(self.many), self.meanings.names)
        code = self.meanings.kinds.index(kind) + 1
        counts, words = self._by_category
        return join(counts[:, code], words.slice(counts[:, :code].sum()))


def blocks(
    sites: pa.Int64Array,
    blobs: pa.LargeBinaryArray,
    vocabulary: Vocabulary,
    work: Callable[[Pairs], T],
) -> list[T]:
    """Return what a work makes of the pairs of many posts, `BLOCK` posts at a time.

    It is done once for no posts. Arrow and numpy let go of the interpreter meanwhile,
    so several blocks are worked on at a time.
    """
    meanings = Meanings(vocabulary, sites)

    def block(start: int) -> T:
        some = sites.slice(start, BLOCK), blobs.slice(start, BLOCK)
        return work(Pairs(meanings, *some))

    starts = range(0, max(len(sites), 1), BLOCK)
    if len(starts) == 1:
        return [block(0)]
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(block, starts))


def join(many: Numbers, words: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return texts of so many words each, with blanks between them."""
    bounds = pa.array(np.concatenate(([0], np.cumsum(many))), pa.int64())
    lists = pa.LargeListArray.from_arrays(bounds, words)
    return pc.binary_join(lists, pa.scalar(" ", pa.large_string()))


def _decoded(blobs: pa.LargeBinaryArray) -> tuple[Numbers, Numbers]:
    """Return how many ids each blob has, and the ids."""
    _, bounds, data = blobs.buffers()
    ends = np.frombuffer(bounds, np.int64, len(blobs) + 1, 8 * blobs.offset) // 4
    ids = np.frombuffer(data, "<u4") if data is not None else np.empty(0, "<u4")
    return np.diff(ends), ids[ends[0] : ends[-1]].astype(np.int64)


def _places(ids: Numbers) -> Numbers:
    """Return the place of each id among others; -1 where it is not there."""
    places = np.full(int(ids.max(initial=0)) + 1, -1, np.int64)
    places[ids] = np.arange(len(ids))
    return places
