"""Rows of the store as Arrow tables: a typed array for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from booru_nb.arrow.meanings import Meanings
from booru_nb.arrow.pairs import Tagged, blocks
from booru_nb.arrow.tagtexts import TEXTS, texts
from booru_nb.schemas import BOOKMARKS, RATING, STATUS, TIME
from booru_nb.store.columns import SITE_ID, TAG_IDS

if TYPE_CHECKING:
    from booru_nb.store import Rows
    from booru_nb.store.columns import Part

TYPES = {
    SITE_ID: pa.int64(),
    TAG_IDS: pa.large_binary(),
} | {
    name: pa.int8()
    if dtype in (RATING, STATUS)
    else pa.timestamp("us", "UTC")
    if dtype == TIME
    else pa.large_string()
    if dtype == "str"
    else pa.int64()
    for name, dtype in BOOKMARKS.items()
}
"""The type of each column: categories by number, since these are fixed."""


def part(columns: Part) -> pa.RecordBatch:
    """Return some rows of the store as Arrow arrays; what its readers call `each`."""
    return pa.RecordBatch.from_arrays(
        [pa.array(values, TYPES[name]) for name, values in columns.items()],
        names=list(columns),
    )


def table(rows: Rows[pa.RecordBatch]) -> pa.Table:
    """Return rows as an Arrow table.

    Parameters
    ----------
    rows : Rows
        As the store has them, made of `part`.

    Returns
    -------
    pyarrow.Table
        The columns that were asked for, in order, of the types `TYPES`; ratings and
        statuses by number, null where missing. No rows give empty columns.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    read = pa.Table.from_batches(rows.parts)
    made = {name: read.column(name).combine_chunks() for name in read.column_names}
    if wanted := [name for name in rows.names if name in TEXTS]:
        posts = _tagged(made[SITE_ID], made[TAG_IDS])
        meanings = Meanings(rows.vocabulary, posts.sites, posts.tags)
        parts = blocks(meanings, posts, lambda pairs, _: texts(pairs, wanted))
        columns = map(pa.chunked_array, zip(*parts, strict=True))
        made |= zip(wanted, columns, strict=True)
    return pa.table({name: made[name] for name in rows.names})


def _tagged(sites: pa.Int64Array, blobs: pa.LargeBinaryArray) -> Tagged:
    """Return the tags of each post, without a copy."""
    _, bounds, data = blobs.buffers()
    ends = np.frombuffer(bounds, np.int64, len(blobs) + 1, 8 * blobs.offset) // 4
    tags = np.frombuffer(data, "<u4") if data is not None else np.empty(0, "<u4")
    return Tagged(sites.to_numpy(), np.diff(ends), tags[ends[0] : ends[-1]])
