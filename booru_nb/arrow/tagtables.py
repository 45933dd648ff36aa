"""Which row has which tag, and how many have each, as Arrow tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from booru_nb.arrow import tables

if TYPE_CHECKING:
    from booru_nb.arrow.pairs import Numbers
    from booru_nb.store import Rows

TAG_COLUMNS = ("site", "id", "tags", "general")
"""The columns of rows that these tables are made of: with tags and their categories."""


def post_tags(rows: Rows[pa.RecordBatch]) -> pa.Table:
    """Return a row for each row and tag.

    Parameters
    ----------
    rows : Rows
        The columns `TAG_COLUMNS`, made of `booru_nb.arrow.tables.part`.

    Returns
    -------
    pyarrow.Table
        The columns `site`, `id`, `tag` and `category` (null where it is not known),
        the latter two as dictionaries of those that occur, sorted; in the order of the
        rows, then by tag.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    every = tables.of_pairs(rows, lambda pairs: (pairs, pairs.categories))
    meanings = every[0][0].meanings
    read = pa.Table.from_batches(rows.parts)
    many = np.concatenate([pairs.many for pairs, _ in every])
    sites = read["site"].combine_chunks().dictionary_encode()
    site = np.repeat(sites.indices.to_numpy(), many)
    kinds = pa.array(meanings.kinds, pa.large_string())
    tag = np.concatenate([pairs.tags for pairs, _ in every])
    category = np.concatenate([categories for _, categories in every])
    columns = {
        "site": sites.dictionary.take(pa.array(site)),
        "id": np.repeat(read["id"].to_numpy(), many),
        "tag": _dictionary(tag, meanings.names),
        "category": _dictionary(category, kinds),
    }
    return pa.table(columns)


def tag_counts(rows: Rows[pa.RecordBatch]) -> pa.Table:
    """Return a row for each tag and category, the most frequent first, then by name.

    Parameters
    ----------
    rows : Rows
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
    # A category that is not known comes before all others.
    every = tables.of_pairs(
        rows,
        lambda pairs: (
            pairs.meanings,
            pairs.tags * (len(pairs.meanings.kinds) + 1) + pairs.categories + 1,
        ),
    )
    meanings, many = every[0][0], len(every[0][0].kinds) + 1
    counts = np.bincount(np.concatenate([cells for _, cells in every]))
    keys = np.flatnonzero(counts)
    keys = keys[np.argsort(-counts[keys], kind="stable")]
    kinds = pa.array([None, *meanings.kinds], pa.large_string())
    columns = {
        "tag": meanings.names.take(pa.array(keys // many)),
        "category": kinds.take(pa.array(keys % many)),
        "count": counts[keys],
    }
    return pa.table(columns)


def _dictionary(codes: Numbers, names: pa.LargeStringArray) -> pa.DictionaryArray:
    """Return names by their places; only those that occur are kept, -1 is null."""
    occurs = np.bincount(codes + 1, minlength=len(names) + 1)[1:] > 0
    place = np.full(len(names) + 1, -1, np.int32)
    place[:-1][occurs] = np.arange(occurs.sum())
    indices = pa.array(place[codes], mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, names.filter(pa.array(occurs)))
