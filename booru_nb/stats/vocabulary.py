"""A matrix in another vocabulary: canonical names, with what they imply or without.

- ``"raw"``: tags as they stand on the posts.
- ``"canonical"``: aliases are replaced by the tags that they stand for.
- ``"expanded"``: canonical, and a post has what its tags imply, too.
- ``"minimal"``: canonical, and a post lacks what its other tags imply anyway.

A post counts once for a tag, by however many ways it comes to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.stats.matrix import Matrix
from booru_nb.stats.relations import Relations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from booru_nb.stats.relations import Known

VOCABULARIES = ("raw", "canonical", "expanded", "minimal")


def checked(vocabulary: str) -> str:
    """Return the name of a vocabulary.

    Raises
    ------
    ArgumentError
        If there is no such vocabulary.
    """
    if vocabulary not in VOCABULARIES:
        known = ", ".join(VOCABULARIES)
        msg = f"There is no vocabulary {vocabulary!r}. There are: {known}."
        raise ArgumentError(msg)
    return vocabulary


def spoken(
    matrix: Matrix, sites: pd.Categorical[Any], known: Known, vocabulary: str
) -> Matrix:
    """Return a matrix in a vocabulary.

    Parameters
    ----------
    matrix : Matrix
        In the raw one.
    sites : Categorical
        The site of each row, whose relations hold there; a site of which none are
        known has its tags as they are.
    known : Known
        The relations of every site.
    vocabulary : str
        One of `VOCABULARIES`.
    """
    if vocabulary == "raw" or not len(matrix):
        return matrix
    from scipy.sparse import vstack  # noqa: PLC0415 - it is slow to import

    words = _Words(matrix)
    by_site = {site: np.flatnonzero(sites == site) for site in pd.unique(sites)}
    speech = {site: known.get(site, Relations()) for site in by_site}
    arrows = {
        site: words.arrows(matrix.counts(rows), speech[site], vocabulary)
        for site, rows in by_site.items()
    }
    whole = matrix.csr()
    parts = [
        whole[rows] @ _sparse(arrows[site], (len(matrix.names), len(words.names)))
        for site, rows in by_site.items()
    ]
    if vocabulary == "minimal":
        rules = zip(parts, speech.values(), strict=True)
        parts = [_without_needless(p, words.names, spoken) for p, spoken in rules]
    order = np.argsort(np.concatenate(list(by_site.values())))
    found = vstack(parts, format="csr")[order]
    found.sort_indices()
    names, categories = list(words.names), words.categories
    return Matrix.from_codes(found.indptr, found.indices, names, categories)


class _Words:
    """The words of a new vocabulary, numbered as they are met.

    Parameters
    ----------
    matrix : Matrix
        In the raw vocabulary.
    """

    def __init__(self, matrix: Matrix) -> None:
        self.names: dict[str, int] = {}
        self.categories: list[str | None] = []
        kinds = (kind if isinstance(kind, str) else None for kind in matrix.categories)
        self._raw = list(zip(matrix.names, kinds, strict=True))
        self._known = dict(self._raw)

    def arrows(
        self, counts: NDArray[np.int64], relations: Relations, vocabulary: str
    ) -> list[tuple[int, int]]:
        """Return which new words each raw tag that is counted stands for."""
        found: list[tuple[int, int]] = []
        for code in np.flatnonzero(counts).tolist():
            tag, category = self._raw[code]
            name = relations.canonical(tag)
            # An alias has the category of its tag, which may be on no post itself.
            found.append((code, self._number(name, self._known.get(name) or category)))
            if vocabulary == "expanded":
                found += [
                    (code, self._number(other, self._known.get(other)))
                    for other in sorted(relations.implied.get(name, ()))
                ]
        return found

    def _number(self, name: str, category: str | None) -> int:
        number = self.names.setdefault(name, len(self.names))
        if number == len(self.categories):
            self.categories.append(category)
        elif self.categories[number] is None:
            self.categories[number] = category
        return number


def _without_needless(
    found: csr_array[Any, Any], names: Mapping[str, int], relations: Relations
) -> csr_array[Any, Any]:
    """Return which tags are left of a site's posts without those that others imply."""
    arrows = [
        (number, names[other])
        for tag, number in names.items()
        for other in relations.makes_needless(tag)
        if other in names
    ]
    there = found.sign()
    needless = there.multiply(found @ _sparse(arrows, (len(names), len(names))))
    kept: csr_array[Any, Any] = (there - needless.sign()).tocsr()
    kept.eliminate_zeros()
    return kept


def _sparse(
    pairs: list[tuple[int, int]], shape: tuple[int, int]
) -> csr_array[Any, Any]:
    from scipy.sparse import csr_array  # noqa: PLC0415 - it is slow to import

    rows, columns = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    return csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
