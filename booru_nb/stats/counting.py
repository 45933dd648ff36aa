"""How many posts have each tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.schemas import TAG_COUNTS
from booru_nb.stats import intervals
from booru_nb.stats.ranking import chosen, framed, ordered, tag_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.stats.backend import Backend


def counts(
    backend: Backend[Any], *, category: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Return how many posts have each tag; see `TagStats.counts`."""
    every = backend.counts()
    codes = np.flatnonzero((every > 0) & chosen(backend.categories, category))
    codes = codes[ordered(codes, [every[codes]])]
    found = every[codes]
    columns = tag_columns(backend, codes) | {"count": found}
    return framed(columns | intervals.columns(found, len(backend)), TAG_COUNTS)


def counts_by(
    backend: Backend[Any], by: str, *, category: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Return how many posts of each group have each tag; see `TagStats.counts`."""
    if by in TAG_COUNTS:
        raise ArgumentError(
            f"Tags cannot be counted by {by!r}, which is a column of the result. "
            "Rename the column of the posts."
        )
    wanted = chosen(backend.categories, category)
    groups, table = backend.crosstab(by)
    rows = np.repeat(np.arange(len(groups.sizes)), np.diff(table.indptr))
    kept = (table.data > 0) & wanted[table.indices]
    rows, codes = rows[kept], table.indices[kept].astype(np.int64)
    found = np.rint(table.data[kept]).astype(np.int64)
    order = ordered(codes, [-rows, found])
    rows, codes, found = rows[order], codes[order], found[order]
    columns = tag_columns(backend, codes) | {"count": found}
    columns |= intervals.columns(found, groups.sizes[rows])
    frame = framed(columns, TAG_COUNTS)
    labels = groups.labels.take(rows).reset_index(drop=True)
    return pd.concat([labels.rename(by), frame], axis=1)
