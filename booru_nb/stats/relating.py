"""Which tags go with a tag, or with a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.schemas import RELATED
from booru_nb.stats.measures import checked, measured
from booru_nb.stats.ranking import chosen, framed, least, number, ordered, tag_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.stats.backend import Backend


def related(  # noqa: PLR0913 - each is a filter of its own
    backend: Backend[Any],
    what: object,
    *,
    measure: str,
    category: str | Sequence[str] | None = None,
    limit: int | None = None,
    min_count: int = 1,
) -> pd.DataFrame:
    """Return the tags of some posts, by a measure; see `TagStats.related`."""
    checked(measure)
    wanted = chosen(backend.categories, category)
    base = backend.select(what)
    both, every = backend.counts(base), backend.counts()
    wanted &= both >= least(min_count)
    wanted[
        backend.names.get_indexer(pd.Index(list(backend.named(what)), dtype="str"))
    ] = False
    codes = np.flatnonzero(wanted)
    here, there = both[codes], every[codes]
    values = measured(measure, here, backend.size(base), there, len(backend))
    order = ordered(codes, [values, here, there])[: number(limit)]
    columns = tag_columns(backend, codes[order])
    columns |= {"count": here[order], measure: values[order]}
    schema = {name: RELATED[name] for name in ("tag", "category", "count")}
    return framed(columns, {**schema, measure: "float64"})
