"""How strongly two sets of posts belong together: every formula, in one place.

Each measure is a function of four numbers, or arrays of them:

- `both`: how many posts are in both sets,
- `first`: how many are in the first one, which is the tag or query that is asked about,
- `second`: how many are in the second one, which is the tag in question,
- `total`: how many posts there are.

=========  ===========================================  =========================
measure    formula                                      range
=========  ===========================================  =========================
cosine     both / √(first · second)                     0 to 1
jaccard    both / (first + second - both)               0 to 1
overlap    both / min(first, second)                    0 to 1
frequency  both / first                                 0 to 1
lift       both · total / (first · second)              0 and up; 1 is chance
pmi        log₂ lift                                    bits; 0 is chance
npmi       pmi / -log₂(both / total)                    -1 to 1; 0 is chance
g2         2 · Σ observed · ln(observed / expected)     nats; 0 is chance
=========  ===========================================  =========================

The first four are those of Danbooru's related tags (``cosine_similarity``,
``jaccard_similarity``, ``overlap_coefficient``, ``frequency`` of
``/related_tag.json``; in its source `RelatedTagCalculator`, where `both` is
``overlap_count``, `first` the search's and `second` the tag's ``post_count``). Danbooru
estimates them from a sample of 1,000 posts; here every post counts.

PMI is pointwise mutual information: K. Church and P. Hanks, "Word Association Norms,
Mutual Information, and Lexicography", 1990. NPMI is G. Bouma, "Normalized (Pointwise)
Mutual Information in Collocation Extraction", 2009. G² is the log-likelihood ratio of
the table of two rows and two columns: T. Dunning, "Accurate Methods for the Statistics
of Surprise and Coincidence", 1993; it is large both for tags that seek and for tags
that avoid each other.

Where nothing can be divided: a set without posts has cosine, jaccard, overlap,
frequency and G² of 0, and a missing lift, PMI and NPMI. Two sets that never meet have a
lift of 0, a PMI of minus infinity and an NPMI of -1. Two sets that are both every post
have an NPMI of 0, as they tell nothing of each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from booru_nb.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Measure: TypeAlias = "Callable[[Floats, Floats, Floats, Floats], Floats]"


def cosine(both: Floats, first: Floats, second: Floats, _: Floats) -> Floats:
    """Return the cosine similarity."""
    # The root of the product, which is exact where both sets are the same.
    return _quotient(both, np.sqrt(first * second), empty=0.0)


def jaccard(both: Floats, first: Floats, second: Floats, _: Floats) -> Floats:
    """Return the posts in both as a share of those in either."""
    return _quotient(both, first + second - both, empty=0.0)


def overlap(both: Floats, first: Floats, second: Floats, _: Floats) -> Floats:
    """Return the posts in both as a share of the smaller set."""
    return _quotient(both, np.minimum(first, second), empty=0.0)


def frequency(both: Floats, first: Floats, _: Floats, __: Floats) -> Floats:
    """Return the posts in both as a share of the first set; it has a direction."""
    return _quotient(both, first, empty=0.0)


def lift(both: Floats, first: Floats, second: Floats, total: Floats) -> Floats:
    """Return how many times as many are in both as chance would put there."""
    return _quotient(both * total, first * second, empty=np.nan)


def pmi(both: Floats, first: Floats, second: Floats, total: Floats) -> Floats:
    """Return the pointwise mutual information, in bits."""
    return _log2(lift(both, first, second, total))


def npmi(both: Floats, first: Floats, second: Floats, total: Floats) -> Floats:
    """Return the pointwise mutual information, normalized to between -1 and 1."""
    bits = pmi(both, first, second, total)
    met = np.isfinite(bits)
    # Two sets that are both every post have no information to normalize.
    surprise = -_log2(_quotient(both, total, empty=np.nan))
    normal = _quotient(np.where(met, bits, 0.0), np.where(met, surprise, 0.0), empty=0)
    return np.where(met, np.clip(normal, -1.0, 1.0), np.where(np.isnan(bits), bits, -1))


def g2(both: Floats, first: Floats, second: Floats, total: Floats) -> Floats:
    """Return the log-likelihood ratio, in nats."""
    cells = (
        (both, first, second),
        (first - both, first, total - second),
        (second - both, total - first, second),
        (total - first - second + both, total - first, total - second),
    )
    parts = [
        observed * _ln(_quotient(observed * total, row * column, empty=1.0))
        for observed, row, column in cells
    ]
    return np.maximum(2 * sum(parts[1:], start=parts[0]), 0.0)


def _quotient(over: Floats, under: Floats, *, empty: float) -> Floats:
    """Return a quotient, with a value where there is nothing to divide by."""
    result = np.full(np.broadcast(over, under).shape, empty, dtype=np.float64)
    return np.divide(over, under, out=result, where=under != 0)


def _log2(values: Floats) -> Floats:
    result = np.where(values == 0, -np.inf, np.nan)
    return np.log2(values, out=result, where=values > 0)


def _ln(values: Floats) -> Floats:
    """Return the natural logarithm, and 0 of 0: what was not observed adds nothing."""
    return np.log(values, out=np.zeros_like(values), where=values > 0)


MEASURES: dict[str, Measure] = {
    "cosine": cosine,
    "jaccard": jaccard,
    "overlap": overlap,
    "frequency": frequency,
    "lift": lift,
    "pmi": pmi,
    "npmi": npmi,
    "g2": g2,
}
"""Every measure by its name, which is also the name of its column."""

DIRECTED = frozenset({"frequency"})
"""Measures that differ when the two sets change places."""


def measured(
    name: str, both: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike
) -> Floats:
    """Return a measure of numbers of posts.

    Parameters
    ----------
    name : str
        One of `MEASURES`.
    both, first, second, total : array of int or int
        As this module describes; they are broadcast.

    Raises
    ------
    ArgumentError
        If there is no such measure.
    """
    numbers = [np.asarray(a, dtype=np.float64) for a in (both, first, second, total)]
    shape = np.broadcast(*numbers).shape
    return checked(name)(*(np.broadcast_to(number, shape) for number in numbers))


def checked(name: str) -> Measure:
    """Return a measure by its name.

    Raises
    ------
    ArgumentError
        If there is no such measure.
    """
    if name not in MEASURES:
        known = ", ".join(MEASURES)
        raise ArgumentError(f"There is no measure {name!r}. There are: {known}.")
    return MEASURES[name]
