"""Sparse matrices of nothing but ones, and how often numbers are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Ints: TypeAlias = "NDArray[np.int64]"
Codes: TypeAlias = "NDArray[np.int32]"

_PART = 1 << 20


def counted(numbers: NDArray[Any], size: int) -> Ints:
    """Return how often each number from zero on is there.

    A part at a time, since numpy makes each 64 bits wide first.
    """
    total = np.zeros(size, dtype=np.int64)
    for start in range(0, len(numbers), _PART):
        part = np.bincount(numbers[start : start + _PART])
        total[: len(part)] += part
    return total


def ones(
    indptr: NDArray[Any],
    indices: NDArray[Any],
    shape: tuple[int, int],
    dtype: Any = np.float32,  # noqa: ANN401
) -> csr_array[Any, Any]:
    """Return a sparse matrix of ones, of which is known where they stand.

    Parameters
    ----------
    indptr, indices
        Where each row begins, and the columns of its ones.
    shape : tuple of int
        How many rows and columns.
    dtype : dtype
        Of the ones.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - it is slow to import

    ones = np.ones(len(indices), dtype=dtype)
    # Indices of 32 bits are half the memory, where they are enough.
    small = np.int32 if max(len(indices), *shape) < np.iinfo(np.int32).max else np.int64
    both = indices.astype(small, copy=False), indptr.astype(small, copy=False)
    return csr_array((ones, *both), shape=shape)
