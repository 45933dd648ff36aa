"""Which post has which tag: a sparse matrix of posts and tags, without its ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.stats.sparse import counted, ones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from booru_nb.stats.sparse import Codes, Ints


@dataclass(frozen=True, eq=False)
class Matrix:
    """Posts in rows, tags in columns.

    Parameters
    ----------
    indptr : array of int64
        Where the tags of each post begin in `codes`; one more than there are posts.
    codes : array of int32
        The numbers of the tags of each post, each once.
    names : Index of str
        The name of each tag number, ascending; each is on a post.
    categories : Index of str
        The category of each tag number; missing where it is not known.
    everywhere : array of int64
        How many posts have each tag number; none has no post.
    """

    indptr: Ints
    codes: Codes
    names: pd.Index[Any]
    categories: pd.Index[Any]
    everywhere: Ints

    @classmethod
    def from_codes(
        cls,
        indptr: NDArray[Any],
        codes: NDArray[Any],
        names: Sequence[str] | pd.Index[Any],
        categories: Sequence[str | None] | NDArray[np.object_],
    ) -> Matrix:
        """Return the matrix of tag numbers; tags that no post has are left out.

        Parameters
        ----------
        indptr, codes, names, categories
            As for the class; the numbers may be of any whole type, the names in any
            order, and of tags that no post has.
        """
        index: pd.Index[Any] = pd.Index(np.array(names, dtype=object), dtype="str")
        kinds: pd.Index[Any] = pd.Index(np.array(categories, dtype=object), dtype="str")
        order = index.argsort()
        rank = np.empty(len(order), dtype=np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        pointers = indptr.astype(np.int64, copy=False)
        return _compact(pointers, rank[codes], index[order], kinds[order])

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def sizes(self) -> Ints:
        """How many tags each post has."""
        return np.diff(self.indptr)

    def with_tag(self, code: int) -> Ints:
        """Return the rows that have a tag, ascending."""
        places = np.flatnonzero(self.codes == code)
        return np.searchsorted(self.indptr, places, side="right") - 1

    def counts(self, rows: Ints) -> Ints:
        """Return how many of some rows have each tag."""
        if len(rows) == len(self):
            return self.everywhere
        return counted(self.codes[self._places(rows)], len(self.names))

    def take(self, rows: Ints) -> Matrix:
        """Return some rows, in the order given, with the tags that they have."""
        indptr = np.concatenate([[0], np.cumsum(self.sizes[rows])])
        codes = self.codes[self._places(rows)]
        return _compact(indptr, codes, self.names, self.categories)

    def csr(self) -> csr_array[Any, Any]:
        """Return the matrix for scipy: float32 ones, posts by tags."""
        return ones(self.indptr, self.codes, (len(self), len(self.names)))

    def grouped(self, groups: Ints, number: int) -> csr_array[Any, Any]:
        """Return how many posts of each group have each tag.

        Parameters
        ----------
        groups : array of int64
            The group of each row.
        number : int
            How many groups there are.

        Returns
        -------
        csr_array of float64
            Groups by tags, with sorted indices.
        """
        rows = np.arange(len(self) + 1, dtype=np.int64)
        marks = ones(rows, groups, (len(self), number), np.float64)
        counted: csr_array[Any, Any] = (marks.T @ self.csr()).tocsr()
        counted.sort_indices()
        return counted

    def pairs(self, tags: Ints) -> csr_array[Any, Any]:
        """Return how many posts have each two of some tags.

        The posts are counted in parts, by as many threads as there are processors.

        Returns
        -------
        csr_array of float64
            In the order of `tags` both ways; the diagonal is each tag's own count.
        """
        from booru_nb.stats.products import product  # noqa: PLC0415 - it needs scipy

        order = np.argsort(-self.everywhere[tags], kind="stable")
        columns = np.full(len(self.names), -1, dtype=np.int32)
        columns[tags[order]] = np.arange(len(tags), dtype=np.int32)
        found = product(self.indptr, self.codes, columns, len(tags))
        if (order[1:] > order[:-1]).all():
            return found
        back = np.argsort(order)
        return found[back][:, back]

    def _places(self, rows: Ints) -> Ints:
        """Return where the tags of some rows stand in `codes`."""
        sizes = self.sizes[rows]
        ends = np.cumsum(sizes)
        shifts = self.indptr[rows] - ends + sizes
        return np.repeat(shifts, sizes) + np.arange(ends[-1] if len(ends) else 0)


def _compact(
    indptr: Ints, codes: Codes, names: pd.Index[Any], categories: pd.Index[Any]
) -> Matrix:
    """Return a matrix without the tags that no post has."""
    counts = counted(codes, len(names))
    used = np.flatnonzero(counts)
    if len(used) < len(names):
        numbers = np.zeros(len(names), dtype=np.int32)
        numbers[used] = np.arange(len(used), dtype=np.int32)
        codes, counts = numbers[codes], counts[used]
        names, categories = names[used], categories[used]
    return Matrix(indptr, codes, names, categories, counts)
