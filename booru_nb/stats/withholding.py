"""The rule of `booru_nb.guard`, on tag numbers: withheld posts are never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from booru_nb.guard import MILD, withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from booru_nb.stats.matrix import Ints, Matrix

_MILD = min(MILD)


def sexual(ratings: Iterable[str | None]) -> NDArray[np.bool_]:
    """Tell of each rating whether the guard takes it for a sexual one."""
    return np.array([rating not in MILD for rating in ratings], dtype=bool)


def allowed(
    matrix: Matrix, meanings: Sequence[Sequence[str]], sexual: NDArray[np.bool_]
) -> Ints | None:
    """Return the rows that the guard does not withhold; None if it withholds none.

    Parameters
    ----------
    matrix : Matrix
        Which post has which tag.
    meanings : sequence of sequence of str
        What each of its tags says: its name, and what aliases and implications make
        of it.
    sexual : array of bool
        Of each row, as `sexual` returns.
    """
    # A tag that withholds a mild post withholds every other, too.
    harsh = np.array([withheld(None, names) for names in meanings], dtype=bool)
    if not harsh.any():
        return None
    always = harsh.copy()
    for code in np.flatnonzero(harsh).tolist():
        always[code] = withheld(_MILD, meanings[code])
    bad = _any(matrix, always) | (_any(matrix, harsh) & sexual)
    return np.flatnonzero(~bad) if bad.any() else None


def _any(matrix: Matrix, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell of each row whether it has a marked tag."""
    places = np.flatnonzero(marked[matrix.codes])
    found = np.zeros(len(matrix), dtype=bool)
    found[np.searchsorted(matrix.indptr, places, side="right") - 1] = True
    return found
