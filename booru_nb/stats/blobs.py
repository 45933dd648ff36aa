"""Tag numbers as a store keeps them: no tag becomes text, but for its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from booru_nb.stats.matrix import Matrix
from booru_nb.stats.reading import Read
from booru_nb.stats.withholding import sexual

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray


def of_blobs(
    blobs: Sequence[bytes],
    *,
    sites: Sequence[str],
    ratings: Sequence[str | None],
    name: Callable[[int], str],
    categories: Mapping[str, Mapping[int, str]],
) -> Read:
    """Return posts whose tags are numbers already. No post is withheld yet.

    Parameters
    ----------
    blobs : sequence of bytes
        The tags of each post: sorted, unique, little-endian 32-bit numbers. No post
        is there twice.
    sites : sequence of str
        The site of each post.
    ratings : sequence of str or None
        The rating of each; None where it is not known.
    name : callable
        Returns the name of a tag number.
    categories : Mapping of str to Mapping of int to str
        By site, then by tag number; without those that are not known.
    """
    indptr = np.zeros(len(blobs) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, blobs), np.int64, len(blobs)) // 4, out=indptr[1:])
    numbers = np.frombuffer(b"".join(blobs), dtype="<u4")
    used = np.flatnonzero(np.bincount(numbers))
    codes = np.zeros(used[-1] + 1 if len(used) else 1, dtype=np.int32)
    codes[used] = np.arange(len(used), dtype=np.int32)
    names = [name(number) for number in used.tolist()]
    where = np.array(sites, dtype=object)
    matrix = Matrix.from_codes(indptr, codes[numbers], names, [None] * len(used))
    matrix.categories[:] = _best(matrix, used, where, categories)
    return Read(matrix, np.arange(len(blobs)), where, sexual(ratings))


def _best(
    matrix: Matrix,
    numbers: NDArray[np.int64],
    sites: NDArray[np.object_],
    categories: Mapping[str, Mapping[int, str]],
) -> NDArray[np.object_]:
    """Return what most posts say of each tag."""
    best = np.full(len(numbers), None, dtype=object)
    most = np.zeros(len(numbers), dtype=np.int64)
    each = {site: np.flatnonzero(sites == site) for site in sorted(pd.unique(sites))}
    said = [
        (
            [categories.get(site, {}).get(n) for n in numbers.tolist()],
            matrix.counts(rows),
        )
        for site, rows in each.items()
    ]
    for kind in sorted({kind for kinds, _ in said for kind in kinds if kind}):
        votes = sum(np.where([k == kind for k in kinds], n, 0) for kinds, n in said)
        ahead = votes > most
        best[ahead], most[ahead] = kind, np.asarray(votes)[ahead]
    return best
