"""Which category a tag has, where posts or sites say different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from booru_nb.post import Category

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.stats.sparse import Ints

CATEGORIES = tuple(str(category) for category in Category)


class Votes:
    """How many posts say of each tag that it is of each category.

    Parameters
    ----------
    tags : int
        How many tags there are.
    """

    def __init__(self, tags: int) -> None:
        self._tags = tags
        self._counts: dict[str, Ints] = {}

    def add(
        self, codes: NDArray[np.integer], kinds: NDArray[np.object_], counts: Ints
    ) -> None:
        """Add what some posts say.

        Parameters
        ----------
        codes : array of int
            The numbers of tags.
        kinds : array of object
            Their categories; None where nothing is said.
        counts : array of int64
            How many posts say so.
        """
        for kind in set(kinds.tolist()) - {None}:
            here = kinds == kind
            votes = self._counts.setdefault(kind, np.zeros(self._tags, dtype=np.int64))
            np.add.at(votes, codes[here], counts[here])

    def best(self) -> NDArray[np.object_]:
        """Return what each tag is by most votes; None where it has none.

        Of equal ones the first of `Category` wins, then the first by name.
        """
        best = np.full(self._tags, None, dtype=object)
        if self._counts:
            kinds = sorted(self._counts, key=_rank)
            counts = np.array([self._counts[kind] for kind in kinds])
            said = counts.max(axis=0) > 0
            best[said] = np.array(kinds, dtype=object)[counts.argmax(axis=0)][said]
        return best


def _rank(kind: str) -> tuple[int, str]:
    known = kind in CATEGORIES
    return (CATEGORIES.index(kind) if known else len(CATEGORIES)), kind
