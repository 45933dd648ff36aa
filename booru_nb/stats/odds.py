"""Log-odds with a prior: which tags tell two sets of posts apart.

B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' Words: Lexical Feature Selection
and Evaluation for Identifying the Content of Political Conflict", 2008: the
log-odds-ratio with an informative Dirichlet prior, and its z-score. A word is a tag on
a post; the prior is what both sets together say, with the weight of a few posts. It
keeps a tag that is on one post of one set from looking like the greatest difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.stats.sparse import Ints

Floats: TypeAlias = "NDArray[np.float64]"

PRIOR = 10.0
"""How many posts the prior weighs."""


def log_odds(
    one: Ints, two: Ints, posts: int, *, prior: float = PRIOR
) -> tuple[Floats, Floats]:
    """Return the log-odds-ratio of each tag between two sets, and its z-score.

    Parameters
    ----------
    one, two : array of int64
        How many posts of each set have each tag.
    posts : int
        How many posts both sets have together.
    prior : float
        How many posts the prior weighs.

    Returns
    -------
    tuple of array of float64
        Both are above zero where the first set has more of the tag than the second,
        and zero where neither has it, where there is no other tag, or where one of
        the sets is empty.
    """
    both = (one + two).astype(np.float64)
    # A prior of this many posts has as many tags as they have on average.
    alpha = both * (prior / max(posts, 1))
    # Against an empty set stands the prior alone, which is the other set itself.
    there = (both > 0) & (both < both.sum()) & bool(one.any()) & bool(two.any())
    ratio = _logit(one, alpha, there) - _logit(two, alpha, there)
    spread = 1 / np.where(there, one + alpha, 1.0) + 1 / np.where(
        there, two + alpha, 1.0
    )
    return ratio, ratio / np.sqrt(spread)


def _logit(counts: Ints, alpha: Floats, there: NDArray[np.bool_]) -> Floats:
    """Return the log-odds of each tag in a set; zero where they have no meaning."""
    hits = counts + alpha
    misses = counts.sum() + alpha.sum() - hits
    return np.log(np.where(there, hits, 1.0)) - np.log(np.where(there, misses, 1.0))
