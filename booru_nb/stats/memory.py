"""The backend that counts in memory: a sparse matrix, and the source of its posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.query.frames import mask
from booru_nb.stats.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from booru_nb.query import Query
    from booru_nb.stats.matrix import Matrix
    from booru_nb.stats.relations import Known
    from booru_nb.stats.source import Source
    from booru_nb.stats.sparse import Ints


class Memory(Rows):
    """A backend that counts in memory.

    Parameters
    ----------
    matrix : Matrix
        Which post has which tag.
    source, places, known
        As for `Rows`.
    """

    def __init__(
        self,
        matrix: Matrix,
        source: Source,
        places: Ints,
        known: Known,
    ) -> None:
        super().__init__(source, places, known)
        self.matrix = matrix

    @property
    def names(self) -> pd.Index[Any]:
        """The tags."""
        return self.matrix.names

    @property
    def categories(self) -> pd.Index[Any]:
        """The category of each tag; missing where it is not known."""
        return self.matrix.categories

    def with_tag(self, code: int) -> Ints:
        """Return the rows that have a tag, ascending."""
        return self.matrix.with_tag(code)

    def asked(self, query: Query, columns: Collection[str]) -> NDArray[np.bool_]:
        """Tell which rows a query finds that needs no more than some columns."""
        return mask(self.frame(columns), query).to_numpy()

    def counts(self, posts: Ints | None = None) -> Ints:
        """Return how many posts of a set, or of all, have each tag."""
        return self.matrix.everywhere if posts is None else self.matrix.counts(posts)

    def pairs(self, tags: Ints) -> csr_array[Any, Any]:
        """Return how many posts have each two of some tags."""
        return self.matrix.pairs(tags)

    def grouped(self, groups: Ints, number: int) -> csr_array[Any, Any]:
        """Return how many rows of each group have each tag."""
        return self.matrix.grouped(groups, number)
