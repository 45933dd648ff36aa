"""The rule of `booru_nb.guard`, on tag numbers: withheld posts are never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from booru_nb.guard import MILD, withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from booru_nb.stats.matrix import Matrix
    from booru_nb.stats.sparse import Ints

_MILD = min(MILD)

_CHUNK = 256
"""Tags that are looked at together: hardly any of them withholds a post."""


def sexual(ratings: Sequence[str | None]) -> NDArray[np.bool_]:
    """Tell of each rating whether the guard takes it for a sexual one."""
    mild: NDArray[np.bool_] = pd.Index(np.array(ratings, dtype=object)).isin(list(MILD))
    return ~mild


def allowed(
    matrix: Matrix, meanings: Mapping[int, Collection[str]], sexual: NDArray[np.bool_]
) -> Ints | None:
    """Return the rows that the guard does not withhold; None if it withholds none.

    Parameters
    ----------
    matrix : Matrix
        Which post has which tag.
    meanings : Mapping of int to collection of str
        What aliases and implications make of its tags, by their numbers.
    sexual : array of bool
        Of each row, as `sexual` returns.
    """
    names = matrix.names.tolist()
    harsh = np.zeros(len(names), dtype=bool)
    for start in range(0, len(names), _CHUNK):
        chunk = names[start : start + _CHUNK]
        # A tag that withholds a mild post withholds every other, too.
        if withheld(None, chunk):
            harsh[start : start + _CHUNK] = [withheld(None, [name]) for name in chunk]
    harsh[[code for code, words in meanings.items() if withheld(None, words)]] = True
    if not harsh.any():
        return None
    always = harsh.copy()
    for code in np.flatnonzero(harsh).tolist():
        always[code] = withheld(_MILD, [names[code], *meanings.get(code, ())])
    bad = _any(matrix, always) | (_any(matrix, harsh) & sexual)
    return np.flatnonzero(~bad) if bad.any() else None


def _any(matrix: Matrix, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell of each row whether it has a marked tag."""
    places = np.flatnonzero(marked[matrix.codes])
    found = np.zeros(len(matrix), dtype=bool)
    found[np.searchsorted(matrix.indptr, places, side="right") - 1] = True
    return found
