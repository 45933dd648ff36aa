"""Which post has which tag, as arrays: sorted by post, then by the tag's name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb.store.words import nameless

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.store.words import Vocabulary

    Numbers: TypeAlias = NDArray[np.signedinteger[Any]]

_HALF = 32
_LOW = 0xFFFF_FFFF


class Pairs:
    """The tags of posts. Posts and tags are numbered here by their places.

    Parameters
    ----------
    sites : pyarrow.Int64Array
        The `site_id` of each post.
    blobs : pyarrow.LargeBinaryArray
        The tag ids of each post.
    vocabulary : Vocabulary
        What these mean.

    Attributes
    ----------
    names : pyarrow.LargeStringArray
        The vocabulary's names, sorted by code point.
    kinds : list of str
        The categories that sites speak of, sorted.
    bounds : array of int64
        Where the tags of each post begin in `tags`, and where those of the last end.
    posts, tags : array of int64
        The place of the post, and the place in `names`, of each pair.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """

    def __init__(
        self,
        sites: pa.Int64Array,
        blobs: pa.LargeBinaryArray,
        vocabulary: Vocabulary,
    ) -> None:
        self.names = pa.array(vocabulary.names, pa.large_string())
        self.kinds = sorted(set(vocabulary.kinds))
        self._vocabulary = vocabulary
        self._sites = sites.to_numpy()
        self._places = _places(np.array(vocabulary.ids, np.int64))
        self.bounds, tags = _decoded(blobs)
        self.posts = np.repeat(np.arange(len(blobs)), np.diff(self.bounds))
        keys = self.posts << _HALF | self._place_of(tags)
        keys.sort()
        self.tags: Numbers = keys & _LOW

    def _place_of(self, ids: Numbers) -> Numbers:
        if ids.max(initial=0) >= len(self._places):
            raise nameless(ids.max())
        places = self._places[ids]
        if places.min(initial=0) < 0:
            raise nameless(ids[places.argmin()])
        return places

    @cached_property
    def categories(self) -> Numbers:
        """The place in `kinds` of each pair's category; -1 where it is not known."""
        site_ids = np.unique(self._sites)
        said = np.full((len(site_ids), len(self.names)), -1, np.int16)
        sites = np.array(self._vocabulary.sites, np.int64)
        inside = np.isin(sites, site_ids)
        tags = np.array(self._vocabulary.tags, np.int64)
        spoken = pa.array(self._vocabulary.kinds, pa.large_string())
        codes = pc.index_in(spoken, pa.array(self.kinds, pa.large_string())).to_numpy()
        site = np.searchsorted(site_ids, sites[inside])
        said[site, self._place_of(tags[inside])] = codes[inside]
        place = np.searchsorted(site_ids, self._sites) * len(self.names)
        return said.ravel()[np.repeat(place, np.diff(self.bounds)) + self.tags]

    @cached_property
    def _by_category(self) -> tuple[Numbers, pa.LargeStringArray]:
        """How many tags of each category a post has; the words, by category, post."""
        many = len(self.kinds) + 1
        cells = self.posts * many + self.categories + 1
        counts = np.bincount(cells, minlength=many * len(self._sites))
        order = np.argsort(self.categories, kind="stable")
        words = self.names.take(pa.array(self.tags[order]))
        return counts.reshape(-1, many), words

    def texts(self) -> pa.LargeStringArray:
        """Return the tags of each post as one text."""
        return join(self.bounds, self.names.take(pa.array(self.tags)))

    def texts_of(self, kind: str) -> pa.LargeStringArray:
        """Return the tags of each post that are of a category as one text."""
        if kind not in self.kinds:
            return pa.array([""] * len(self._sites), pa.large_string())
        code = self.kinds.index(kind) + 1
        counts, words = self._by_category
        bounds = np.concatenate(([0], np.cumsum(counts[:, code])))
        return join(bounds, words.slice(counts[:, :code].sum(), bounds[-1]))


def join(bounds: Numbers, words: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return texts of words with blanks between them; no words give an empty text."""
    lists = pa.LargeListArray.from_arrays(pa.array(bounds, pa.int64()), words)
    return pc.binary_join(lists, pa.scalar(" ", pa.large_string()))


def _decoded(blobs: pa.LargeBinaryArray) -> tuple[Numbers, Numbers]:
    """Return where the ids of each blob begin and end, and the ids."""
    _, bounds, data = blobs.buffers()
    ends = np.frombuffer(bounds, np.int64, len(blobs) + 1, 8 * blobs.offset) // 4
    ids = np.frombuffer(data, "<u4") if data is not None else np.empty(0, "<u4")
    return ends - ends[0], ids[ends[0] : ends[-1]].astype(np.int64)


def _places(ids: Numbers) -> Numbers:
    """Return the place of each id among others; -1 where it is not there."""
    places = np.full(int(ids.max(initial=0)) + 1, -1, np.int64)
    places[ids] = np.arange(len(ids))
    return places
