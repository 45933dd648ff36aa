"""How often each two tags are together: a sparse matrix times itself, turned over.

The most frequent tags are on so many posts that a dense matrix of them is faster, and
nearly all pairs have one of them; the pairs of all others stay sparse.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from booru_nb.stats.sparse import ones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.stats.sparse import Codes, Ints

CHUNK = 1 << 16
"""Posts that are counted at once: few enough to stay near the processor."""

DENSE = 64
"""How many tags are dense; from 32 to 96 the top 1,000 are as fast."""


def product(
    indptr: Ints, codes: Codes, columns: Codes, number: int
) -> csr_array[Any, Any]:
    """Return how many posts have each two of some tags.

    Parameters
    ----------
    indptr, codes
        As for a `Matrix`.
    columns : array of int32
        The place of each tag number in the result, the most frequent first; -1 for
        tags that are not in it.
    number : int
        How many places there are.

    Returns
    -------
    csr_array of float64
        Symmetric.
    """
    count = partial(_part, indptr, codes, columns, number)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        first, *others = threads.map(count, range(0, max(len(indptr) - 1, 1), CHUNK))
    dense, mixed, sparse = (part.astype(np.float64) for part in first)
    for part in others:
        dense += part[0]
        mixed += part[1]
        sparse = sparse + part[2]
    if number <= DENSE:
        return csr_array(dense)
    above: list[csr_array[Any, Any]] = [csr_array(dense), csr_array(mixed.T)]
    below: list[csr_array[Any, Any]] = [csr_array(mixed), csr_array(sparse)]
    return csr_array(vstack([hstack(above), hstack(below)]))


def _part(
    indptr: Ints, codes: Codes, columns: Codes, number: int, start: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], csr_array[Any, Any]]:
    """Return the pairs of frequent tags, of rare and frequent ones, and of rare ones.

    Of so few posts float32 is exact.
    """
    bounds = indptr[start : start + CHUNK + 1]
    found = columns[codes[bounds[0] : bounds[-1]]]
    frequent = min(number, DENSE)
    shape = len(bounds) - 1, frequent
    near = _where(bounds, found, (found >= 0) & (found < frequent), shape)
    far = _where(
        bounds, found - frequent, found >= frequent, (shape[0], number - frequent)
    )
    dense = near.toarray()
    turned = far.T.tocsr()
    # A dense matrix times a dense one would be shared out among threads once more.
    return near.T.tocsr() @ dense, turned @ dense, (turned @ far).tocsr()


def _where(
    bounds: Ints, found: Codes, wanted: NDArray[np.bool_], shape: tuple[int, int]
) -> csr_array[Any, Any]:
    """Return those of a part's tags that are wanted."""
    kept = np.concatenate([[0], np.cumsum(wanted)])[bounds - bounds[0]]
    return ones(kept, found[wanted], shape)
