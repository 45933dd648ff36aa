"""Tag numbers as a store keeps them: no tag becomes text, but for its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.errors import DamagedFileError
from booru_nb.stats.matrix import Matrix
from booru_nb.stats.sparse import counted
from booru_nb.stats.votes import Votes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from booru_nb.stats.sparse import Codes, Ints

Said = tuple["Sequence[int]", "Sequence[str]"]
"""Tag numbers, and the category of each."""


def of_blobs(  # noqa: PLR0913 - each is a column of its own
    blob: bytes,
    *,
    sizes: Sequence[int],
    sites: NDArray[Any],
    tags: Sequence[int],
    names: Sequence[str],
    kinds: Mapping[int, Said],
) -> Matrix:
    """Return posts whose tags are numbers already as a matrix.

    Parameters
    ----------
    blob : bytes
        The tags of all posts, one after the other: of each unique, little-endian
        32-bit numbers. No post is there twice.
    sizes : sequence of int
        How many bytes the tags of each post take.
    sites : array of int
        The number of each post's site.
    tags, names : sequence of int, sequence of str
        All tags that the posts may have, in the order of their names.
    kinds : Mapping of int to tuple
        What each site says of its tags: their numbers, and their categories.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """
    indptr = np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64) // 4)])
    numbers = np.frombuffer(blob, dtype="<u4")
    highest = max(int(numbers.max(initial=0)), max(tags, default=0))
    counts = counted(numbers, highest + 1)
    every = np.array(tags, dtype=np.int64)
    used = counts[every] > 0
    places = np.full(len(counts), -1, dtype=np.int32)
    places[every[used]] = np.arange(used.sum(), dtype=np.int32)
    if used.sum() < np.count_nonzero(counts):
        nameless = np.flatnonzero((counts > 0) & (places < 0))[0]
        raise DamagedFileError(
            f"The library is damaged: it has no name for the tag number {nameless}. "
            "Put a backup in its place."
        )
    codes = places[numbers]
    votes = _Said(places, int(used.sum()), kinds)
    return Matrix(
        indptr,
        codes,
        pd.Index(np.array(names, dtype=object)[used], dtype="str"),
        pd.Index(votes.best(sites, indptr, codes), dtype="str"),
        counts[every[used]],
    )


class _Said:
    """What sites say of tags.

    Parameters
    ----------
    places : array of int32
        The new number of each tag number; -1 where no post has it.
    tags : int
        How many new numbers there are.
    kinds : Mapping of int to tuple
        As for `of_blobs`.
    """

    def __init__(self, places: Codes, tags: int, kinds: Mapping[int, Said]) -> None:
        self._places = places
        self._tags = tags
        self._kinds = kinds

    def best(
        self, sites: NDArray[Any], indptr: Ints, codes: Codes
    ) -> NDArray[np.object_]:
        """Return what most posts say of each tag; None where none does."""
        each = np.unique(sites)
        if len(each) == 1:
            return self._by(each[0])
        votes = Votes(self._tags)
        of_pairs = np.repeat(sites, np.diff(indptr))
        for site in each:
            counts = np.bincount(codes[of_pairs == site], minlength=self._tags)
            votes.add(np.arange(self._tags), self._by(site), counts)
        return votes.best()

    def _by(self, site: int) -> NDArray[np.object_]:
        """Return what one site says of each tag; None where it says nothing."""
        said = np.full(self._tags, None, dtype=object)
        numbers, names = self._kinds.get(site, ((), ()))
        asked = np.array(numbers, dtype=np.int64)
        known = asked < len(self._places)
        places = self._places[asked[known]]
        said[places[places >= 0]] = np.array(names, dtype=object)[known][places >= 0]
        return said
