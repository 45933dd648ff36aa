"""How many posts have two tags together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.schemas import PAIRS
from booru_nb.stats.measures import DIRECTED, checked, measured
from booru_nb.stats.ranking import chosen, framed, least, number, ordered, tags_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import coo_array, csr_array

    from booru_nb.stats.backend import Backend
    from booru_nb.stats.sparse import Ints

TOP = 50
"""How many tags are paired where none are named."""


def picked(
    backend: Backend[Any],
    *,
    top: int | None,
    tags: Sequence[str] | None,
    category: str | Sequence[str] | None,
    min_count: int,
) -> tuple[list[str], Ints]:
    """Return the tags to be paired, and their numbers; -1 for one that no post has."""
    if tags is not None:
        if top is not None or category is not None:
            raise ArgumentError("Name the tags, or say which of all: not both.")
        names = tags_of(tags)
        found = [backend.code(name) for name in names]
        return names, np.array([-1 if c is None else c for c in found], dtype=np.int64)
    every = backend.counts()
    codes = np.flatnonzero(
        (every >= least(min_count)) & chosen(backend.categories, category)
    )
    most = number(TOP if top is None else top, name="top")
    codes = codes[ordered(codes, [every[codes]])][:most]
    return list(backend.names[codes]), codes


def square(
    backend: Backend[Any], names: list[str], codes: Ints, measure: str
) -> pd.DataFrame:
    """Return how strongly each two tags go together, as a square frame."""
    there = np.flatnonzero(codes >= 0)
    both = np.zeros((len(codes), len(codes)), dtype=np.int64)
    both[np.ix_(there, there)] = np.rint(_pairs(backend, codes[there]).toarray())
    each = both.diagonal()
    values: NDArray[Any] = both
    if measure != "count":
        values = measured(measure, both, each[:, None], each[None, :], len(backend))
    index = pd.Index(names, dtype="str", name="tag_a")
    return pd.DataFrame(values, index=index, columns=index.rename("tag_b"))


def tidy(
    backend: Backend[Any], names: list[str], codes: Ints, measure: str, min_count: int
) -> pd.DataFrame:
    """Return how strongly each two tags go together, a pair a row."""
    there = np.flatnonzero(codes >= 0)
    found = _pairs(backend, codes[there])
    each = np.rint(found.diagonal()).astype(np.int64)
    one, two, both = _each_pair(found.tocoo(), directed=measure in DIRECTED)
    kept = both >= least(min_count)
    one, two, both = one[kept], two[kept], both[kept]
    columns: dict[str, Any] = {"count": both}
    if measure != "count":
        values = measured(measure, both, each[one], each[two], len(backend))
        columns[measure] = values
    order = np.lexsort([two, one, *(-column for column in columns.values())])
    labels = np.array(names, dtype=object)[there]
    columns = {name: column[order] for name, column in columns.items()}
    columns |= {"tag_a": labels[one[order]], "tag_b": labels[two[order]]}
    measures = {} if measure == "count" else {measure: "float64"}
    return framed(columns, {**PAIRS, **measures})


def check(measure: str) -> None:
    """Raise an `ArgumentError` if pairs cannot be measured so."""
    if measure != "count":
        checked(measure)


def _pairs(backend: Backend[Any], codes: Ints) -> csr_array[Any, Any]:
    # Two names may be one tag, which is paired once and shown twice.
    different, places = np.unique(codes, return_inverse=True)
    if len(different) == len(codes):
        return backend.pairs(codes)
    return backend.pairs(different)[places][:, places]


def _each_pair(
    found: coo_array[Any, Any], *, directed: bool
) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of different tags: one way round, or both if that differs."""
    wanted = found.row != found.col if directed else found.row < found.col
    one, two = (part[wanted].astype(np.int64) for part in (found.row, found.col))
    return one, two, np.rint(found.data[wanted]).astype(np.int64)
