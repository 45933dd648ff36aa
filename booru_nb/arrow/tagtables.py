"""Which bookmark has which tag, and how many have each, as Arrow tables."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from booru_nb.arrow.meanings import Meanings
from booru_nb.arrow.pairs import Tagged, blocks

if TYPE_CHECKING:
    from booru_nb.arrow.pairs import Numbers, Pairs
    from booru_nb.store import TagBlobs


def post_tags(read: TagBlobs) -> pa.Table:
    """Return a row for each bookmark and tag.

    Parameters
    ----------
    read : TagBlobs
        The tags of all bookmarks.

    Returns
    -------
    pyarrow.Table
        The columns `site`, `id`, `tag` and `category` (null where it is not known),
        the latter two as dictionaries of those that occur, sorted; in the order of the
        bookmarks, then by tag.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    meanings, posts = _prepared(read)
    tags = np.empty(len(posts.tags), np.int32)
    categories = np.empty(len(posts.tags), np.int16)

    def work(pairs: Pairs, own: slice) -> None:
        tags[own], categories[own] = pairs.tags, pairs.categories

    blocks(meanings, posts, work)
    columns = {
        "site": _sites(read),
        "id": np.repeat(read.ids, posts.many),
        "tag": pa.DictionaryArray.from_arrays(tags, meanings.names),
        "category": _occurring(categories, meanings.kinds),
    }
    return pa.table(columns)


def tag_counts(read: TagBlobs) -> pa.Table:
    """Return a row for each tag and category, the most frequent first, then by name.

    Parameters
    ----------
    read : TagBlobs
        As for `post_tags`.

    Returns
    -------
    pyarrow.Table
        The columns `tag`, `category` (null where it is not known) and `count`.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    meanings, posts = _prepared(read)
    many = len(meanings.kinds) + 1
    places = meanings.places(posts.tags).astype(np.int64)
    kinds = meanings.categories(np.repeat(posts.sites, posts.many), places)
    # A category that is not known comes before all others.
    counts = np.bincount(places * many + kinds + 1)
    keys = np.flatnonzero(counts)
    keys = keys[np.argsort(-counts[keys], kind="stable")]
    names = pa.array([None, *meanings.kinds], pa.large_string())
    columns = {
        "tag": meanings.names.take(pa.array(keys // many)),
        "category": names.take(pa.array(keys % many)),
        "count": counts[keys],
    }
    return pa.table(columns)


def _prepared(read: TagBlobs) -> tuple[Meanings, Tagged]:
    meanings = Meanings(read.vocabulary, read.site_ids, read.tags)
    return meanings, Tagged(read.site_ids, read.many, read.tags)


def _occurring(codes: Numbers, names: list[str]) -> pa.DictionaryArray:
    """Return names by their places; only those that occur are kept, -1 is null."""
    occurs = [code for code in range(len(names)) if np.any(codes == code)]
    if occurs != [*range(len(names))]:
        place = np.full(len(names) + 1, -1, codes.dtype)
        place[occurs] = np.arange(len(occurs))
        codes = place[codes]
    known = pa.array([names[code] for code in occurs], pa.large_string())
    missing = codes < 0
    indices = pa.array(codes, mask=missing if missing.any() else None)
    return pa.DictionaryArray.from_arrays(indices, known)


def _sites(read: TagBlobs) -> pa.LargeStringArray:
    """Return the site of each pair; posts of one site mostly follow each other."""
    if not len(read.tags):
        return pa.array([], pa.large_string())
    first = np.flatnonzero(np.diff(read.site_ids, prepend=-1))
    sites = [read.sites[site].encode() for site in read.site_ids[first].tolist()]
    many = np.add.reduceat(read.many, first)
    data = b"".join(starmap(bytes.__mul__, zip(sites, many.tolist(), strict=True)))
    offsets = np.zeros(len(read.tags) + 1, np.int64)
    np.cumsum(np.repeat([len(site) for site in sites], many), out=offsets[1:])
    buffers = pa.py_buffer(offsets), pa.py_buffer(data)
    return pa.LargeStringArray.from_buffers(len(read.tags), *buffers)
