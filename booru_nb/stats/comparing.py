"""Which tags tell two sets of posts apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.schemas import COMPARED
from booru_nb.stats import intervals
from booru_nb.stats.measures import measured
from booru_nb.stats.odds import log_odds
from booru_nb.stats.ranking import chosen, framed, least, number, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.stats.backend import Backend
    from booru_nb.stats.sparse import Ints


@dataclass(frozen=True, eq=False)
class Side:
    """One of two sets of posts.

    Attributes
    ----------
    names : Index of str
        Its tags.
    categories : Index of str
        The category of each; missing where it is not known.
    counts : array of int64
        How many of its posts have each.
    size : int
        How many posts it has.
    """

    names: pd.Index[Any]
    categories: pd.Index[Any]
    counts: Ints
    size: int

    @classmethod
    def of(cls, backend: Backend[Any], posts: Any) -> Side:  # noqa: ANN401 - a backend's own
        """Return a set of posts of a backend; all of them if it is None."""
        counts = backend.counts(posts)
        size = len(backend) if posts is None else backend.size(posts)
        used = np.flatnonzero(counts)
        return cls(backend.names[used], backend.categories[used], counts[used], size)

    def less(self, other: Side) -> Side:
        """Return what is left of a set without a part of it."""
        counts = self.counts.copy()
        counts[self.names.get_indexer(other.names)] -= other.counts
        return Side(self.names, self.categories, counts, self.size - other.size)


def compare(
    one: Side,
    two: Side,
    *,
    category: str | Sequence[str] | None,
    min_count: int,
    limit: int | None,
) -> pd.DataFrame:
    """Return the tags of two sets, those of the first one first.

    The columns are those of `TagStats.compare`.
    """
    names = one.names.append(two.names).unique().sort_values()
    kinds = np.full(len(names), None, dtype=object)
    counts: list[Ints] = []
    for side in (two, one):
        places = names.get_indexer(side.names)
        known = side.categories.notna()
        kinds[places[known]] = side.categories[known]
        found = np.zeros(len(names), dtype=np.int64)
        found[places] = side.counts
        counts.insert(0, found)
    count_a, count_b = counts
    odds, z = log_odds(count_a, count_b, one.size + two.size)
    categories: pd.Index[Any] = pd.Index(kinds, dtype="str")
    wanted = chosen(categories, category) & (count_a + count_b >= least(min_count))
    rows = np.flatnonzero(wanted)
    order = rows[ordered(rows, [z[rows], count_a[rows]])][: number(limit)]
    columns: dict[str, Any] = {
        "tag": names,
        "category": categories,
        "count_a": count_a,
        "share_a": intervals.wilson(count_a, one.size)[0],
        "count_b": count_b,
        "share_b": intervals.wilson(count_b, two.size)[0],
        "log_odds": odds,
        "z": z,
        "g2": measured("g2", count_a, one.size, count_a + count_b, one.size + two.size),
    }
    picked = {name: column[order] for name, column in columns.items()}
    return framed(picked, COMPARED)
