"""Rows of the store as Arrow tables: a typed array for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from booru_nb.arrow.pairs import blocks
from booru_nb.arrow.tagtexts import TEXTS, text
from booru_nb.schemas import BOOKMARKS, RATING, STATUS, TIME
from booru_nb.store.columns import SITE_ID, TAG_IDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.arrow.pairs import Pairs
    from booru_nb.store import Rows
    from booru_nb.store.columns import Part

T = TypeVar("T")

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


def of_pairs(rows: Rows[pa.RecordBatch], work: Callable[[Pairs], T]) -> list[T]:
    """Return what a work makes of which row has which tag, for some rows at a time.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    read = pa.Table.from_batches(rows.parts).select([SITE_ID, TAG_IDS])
    sites, tags = (column.combine_chunks() for column in read.columns)
    return blocks(sites, tags, rows.vocabulary, work)


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
        texts = of_pairs(rows, lambda pairs: [text(pairs, name) for name in wanted])
        made |= zip(
            wanted, map(pa.chunked_array, zip(*texts, strict=True)), strict=True
        )
    return pa.table({name: made[name] for name in rows.names})
