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
    by_site = {site: np.flatnonzero(sites == site) for site in pd.unique(sites)}
    counts = {site: matrix.counts(rows) for site, rows in by_site.items()}
    speech = Speech(matrix.names, matrix.categories, counts, known, vocabulary)
    found = speech.all_said(matrix.csr(), sites)
    return Matrix.from_codes(
        found.indptr, found.indices, speech.names, speech.categories
    )


class Speech:
    """How the tags of some sites are said in a vocabulary other than the raw one.

    Parameters
    ----------
    names, categories : Index of str
        The tags in the raw one.
    counts : Mapping of str to array of int64
        How many posts of each site have each of them.
    known : Known
        The relations of every site.
    vocabulary : str
        One of `VOCABULARIES`.

    Attributes
    ----------
    names : list of str
        The tags in this vocabulary.
    categories : list of str or None
        The category of each; None where it is not known.
    """

    def __init__(
        self,
        names: pd.Index[Any],
        categories: pd.Index[Any],
        counts: Mapping[str, NDArray[np.int64]],
        known: Known,
        vocabulary: str,
    ) -> None:
        words = _Words(names, categories)
        self._relations = {site: known.get(site, Relations()) for site in counts}
        arrows = {
            site: words.arrows(counts[site], self._relations[site], vocabulary)
            for site in counts
        }
        self.names, self.categories = list(words.names), words.categories
        shape = len(names), len(self.names)
        self._arrows = {site: _sparse(pairs, shape) for site, pairs in arrows.items()}
        self._needless = (
            {
                site: _needless(words.names, relations)
                for site, relations in self._relations.items()
            }
            if vocabulary == "minimal"
            else {}
        )

    def all_said(
        self, posts: csr_array[Any, Any], sites: pd.Categorical[Any]
    ) -> csr_array[Any, Any]:
        """Return which tags posts have, of which those of the raw one are known."""
        from scipy.sparse import vstack  # noqa: PLC0415 - it is slow to import

        by_site = {site: np.flatnonzero(sites == site) for site in pd.unique(sites)}
        parts = [self.said(posts[rows], site) for site, rows in by_site.items()]
        order = np.argsort(np.concatenate(list(by_site.values())))
        found: csr_array[Any, Any] = vstack(parts, format="csr")[order]
        found.sort_indices()
        return found

    def said(self, posts: csr_array[Any, Any], site: str) -> csr_array[Any, Any]:
        """Return which tags posts of a site have, by those of the raw one."""
        found: csr_array[Any, Any] = (posts @ self._arrows[site]).tocsr()
        if site not in self._needless:
            return found
        there = found.sign()
        needless = there.multiply(found @ self._needless[site])
        kept: csr_array[Any, Any] = (there - needless.sign()).tocsr()
        kept.eliminate_zeros()
        return kept


class _Words:
    """The words of a new vocabulary, numbered as they are met.

    Parameters
    ----------
    names, categories : Index of str
        The tags in the raw vocabulary.
    """

    def __init__(self, names: pd.Index[Any], categories: pd.Index[Any]) -> None:
        self.names: dict[str, int] = {}
        self.categories: list[str | None] = []
        kinds = (kind if isinstance(kind, str) else None for kind in categories)
        self._raw = list(zip(names, kinds, strict=True))
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


def _needless(names: Mapping[str, int], relations: Relations) -> csr_array[Any, Any]:
    """Return which tags of a site make which others needless."""
    arrows = [
        (number, names[other])
        for tag, number in names.items()
        for other in relations.makes_needless(tag)
        if other in names
    ]
    return _sparse(arrows, (len(names), len(names)))


def _sparse(
    pairs: list[tuple[int, int]], shape: tuple[int, int]
) -> csr_array[Any, Any]:
    from scipy.sparse import csr_array  # noqa: PLC0415 - it is slow to import

    rows, columns = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    return csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
