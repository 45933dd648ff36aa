"""How sure a share is that was counted in a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = "NDArray[np.float64]"

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution, for intervals of 95 %."""


def wilson(counts: ArrayLike, totals: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return shares with their Wilson intervals of 95 %.

    The formula is that of E. B. Wilson, "Probable Inference, the Law of Succession,
    and Statistical Inference", 1927. Unlike the usual one it stays within 0 and 1, and
    holds for rare tags.

    Parameters
    ----------
    counts : array of int
        How many posts have it.
    totals : array of int or int
        Of how many posts.

    Returns
    -------
    tuple of array of float64
        The share, and the lower and the upper end of its interval; missing (NaN) where
        the total is zero.
    """
    hits, of = np.broadcast_arrays(np.asarray(counts), np.asarray(totals))
    n = np.where(of > 0, of, np.nan).astype(np.float64)
    share = hits / n
    scale = 1 + Z * Z / n
    centre = (share + Z * Z / (2 * n)) / scale
    half = Z / scale * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    # Rounding must not move the ends that are exact.
    low = np.where(hits == 0, 0.0 * n, centre - half)
    high = np.where(hits == of, 0.0 * n + 1, centre + half)
    return share, low, high


def columns(counts: ArrayLike, totals: ArrayLike) -> dict[str, Any]:
    """Return the columns ``share``, ``low`` and ``high`` of counts."""
    return dict(zip(("share", "low", "high"), wilson(counts, totals), strict=True))
