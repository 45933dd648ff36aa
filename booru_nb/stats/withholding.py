"""The rule of `booru_nb.guard`, on tag numbers: withheld posts are never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from booru_nb.guard import MILD, withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from booru_nb.stats.matrix import Codes, Ints

_MILD = min(MILD)


def sexual(ratings: Iterable[str | None]) -> NDArray[np.bool_]:
    """Tell of each rating whether the guard takes it for a sexual one."""
    return np.array([rating not in MILD for rating in ratings], dtype=bool)


def allowed(
    indptr: Ints, codes: Codes, names: Sequence[str], ratings: NDArray[np.bool_]
) -> Ints | None:
    """Return the rows that the guard does not withhold; None if it withholds none.

    Parameters
    ----------
    indptr, codes
        As for a `Matrix`.
    names : sequence of str
        The name of each tag number.
    ratings : array of bool
        Of each row, as `sexual` returns.
    """
    # A tag that withholds a mild post withholds every other, too.
    harsh = np.array([withheld(None, [name]) for name in names], dtype=bool)
    if not harsh.any():
        return None
    always = harsh.copy()
    for code in np.flatnonzero(harsh):
        always[code] = withheld(_MILD, [names[code]])
    bad = _any(indptr, codes, always) | (_any(indptr, codes, harsh) & ratings)
    return np.flatnonzero(~bad) if bad.any() else None


def _any(indptr: Ints, codes: Codes, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell of each row whether it has a marked tag."""
    places = np.flatnonzero(marked[codes])
    found = np.zeros(len(indptr) - 1, dtype=bool)
    found[np.searchsorted(indptr, places, side="right") - 1] = True
    return found
