"""Which hashes differ in a few bits only, without comparing all with all.

If two hashes differ in at most `distance` bits, and the bits are dealt into `distance`
+ 1 bands, they are equal in at least one band (M. Norouzi and others, *Fast Search in
Hamming Space with Multi-Index Hashing*, 2012). So hashes are sorted by each band in
turn, and compared only with those that share it. Nothing is missed.

Bands are of bits in which hashes differ at all, and where many share a band they are
searched as hashes of the bits that are left: so pictures that are alike in half of
their bits do not make the search slow. Equal hashes are searched as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from booru_nb.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

Hashes: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Twins: TypeAlias = tuple[Hashes, Hashes]

BITS = 64

_BLOCK = 16_384
"""So many hashes and what is made of them stay in a processor's cache."""

_MANY = 512
"""From so many hashes in a band on, it pays to search them by their other bits."""


def near(hashes: Hashes, *, distance: int) -> Numbers:
    """Return the number of each hash's cluster.

    Two hashes are in one cluster if a chain of hashes leads from one to the other, in
    which each differs from the next in at most `distance` bits.

    Parameters
    ----------
    hashes : array of uint64
        The hashes, in any order; equal ones as often as there are.
    distance : int
        Bits, from 0 to 63.

    Returns
    -------
    array of int64
        In the order of the hashes; clusters are numbered from 0 in the order in which
        they begin. A hash like no other has a number of its own.

    Raises
    ------
    ArgumentError
        If `hashes` is not such an array, or `distance` not such a number.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    _check(hashes, distance)
    values, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    one, two = _places(values, distance)
    links = (np.ones(len(one), np.int8), (one, two))
    square = csr_array(links, shape=(len(values), len(values)))
    count, groups = connected_components(square, directed=False)
    begins = np.full(count, len(hashes), np.int64)
    np.minimum.at(begins, groups, first)
    numbers = np.argsort(np.argsort(begins))
    return numbers[groups][which].astype(np.int64)


def pairs(hashes: Hashes, *, distance: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return all pairs of different hashes that differ in a few bits only.

    Parameters
    ----------
    hashes : array of uint64
        The hashes, in any order. Equal ones count once, where they first are: that
        they are equal is no news, and of many there would be too many pairs.
    distance : int
        Bits, from 0 to 63.

    Returns
    -------
    (array of int64, array of int64, array of int64)
        The places `i` < `j` of each pair, and in how many bits it differs: at least 1,
        at most `distance`; ordered by `i`, then `j`.

    Raises
    ------
    ArgumentError
        If `hashes` is not such an array, or `distance` not such a number.
    """
    _check(hashes, distance)
    values, first = np.unique(hashes, return_index=True)
    one, two = _places(values, distance)
    differing = np.bitwise_count(values[one] ^ values[two]).astype(np.int64)
    i = np.minimum(first[one], first[two])
    j = np.maximum(first[one], first[two])
    order = np.lexsort((j, i))
    return i[order], j[order], differing[order]


def _check(hashes: Hashes, distance: int) -> None:
    if not isinstance(hashes, np.ndarray) or hashes.dtype != np.uint64:
        raise ArgumentError(f"hashes is an array of uint64, not {type(hashes)}.")
    if hashes.ndim != 1:
        raise ArgumentError(f"hashes has one dimension, not {hashes.ndim}.")
    if not 0 <= distance < BITS:
        raise ArgumentError(f"distance is from 0 to {BITS - 1} bits, not {distance}.")


def _places(values: Hashes, distance: int) -> tuple[Numbers, Numbers]:
    """Return where the hashes of each pair are among sorted ones without doubles."""
    found = list(_twins(values, distance))
    nothing = np.empty(0, np.uint64)
    one = np.concatenate([nothing, *(x for x, _ in found)])
    two = np.concatenate([nothing, *(y for _, y in found)])
    return np.searchsorted(values, one), np.searchsorted(values, two)


def _twins(values: Hashes, distance: int) -> Iterator[Twins]:
    """Return the pairs among different hashes, each once."""
    if not distance or len(values) < 2:  # noqa: PLR2004 - a pair is of two
        return
    bands = _bands(values, distance)
    for number, band in enumerate(bands):
        turned = np.sort(band.turn(values))
        for x, y in _shared(turned, band.runs(turned), distance):
            one, two = band.back(x), band.back(y)
            new = np.ones(len(one), np.bool)
            for earlier in bands[:number]:
                new &= (one ^ two) & earlier.mask != 0
            yield one[new], two[new]


def _shared(turned: Hashes, runs: Numbers, distance: int) -> Iterator[Twins]:
    """Return the pairs among sorted hashes, within the runs that begin at places."""
    lengths = np.diff(runs, append=len(turned))
    many = lengths > _MANY
    if many.all() and len(runs) == 1:
        # All share the band, which has no bits: no other band would divide them.
        many[:] = False
    for start, length in zip(runs[many], lengths[many], strict=True):
        yield from _twins(turned[start : start + length], distance)
    # How many places of its run are behind each hash.
    behind = np.repeat(runs + lengths, lengths) - np.arange(len(turned)) - 1
    behind[np.repeat(many, lengths)] = 0
    for start in range(0, len(turned), _BLOCK):
        block = behind[start : start + _BLOCK]
        for step in range(1, int(block.max()) + 1):
            x = turned[start : start + len(block)]
            y = turned[start + step : start + step + len(block)]
            x = x[: len(y)]
            close = np.flatnonzero(np.bitwise_count(x ^ y) <= distance)
            close = close[block[close] >= step]
            if len(close):
                yield x[close], y[close]


@dataclass(frozen=True, slots=True)
class _Band:
    """Bits of hashes: those from `low` to `high`, of which 0 is the lowest."""

    low: int
    high: int

    @property
    def mask(self) -> np.uint64:
        return np.uint64((1 << (self.high + 1)) - (1 << self.low))

    def turn(self, values: Hashes) -> Hashes:
        """Return hashes with their bits turned round, so that the band is highest."""
        return _turned(values, BITS - 1 - self.high)

    def back(self, values: Hashes) -> Hashes:
        """Return turned hashes as they were."""
        return _turned(values, self.high + 1)

    def runs(self, turned: Hashes) -> Numbers:
        """Return where runs of turned hashes begin that are equal in the band."""
        if self == _EVERYTHING:
            return np.zeros(1, np.int64)
        least = np.uint64(1 << (BITS - 1 - self.high + self.low))
        change = (turned[1:] ^ turned[:-1]) >= least
        return np.concatenate(([0], np.flatnonzero(change) + 1))


_EVERYTHING = _Band(BITS, BITS - 1)
"""A band of no bits, which all hashes share."""


def _turned(values: Hashes, bits: int) -> Hashes:
    left, right = np.uint64(bits % BITS), np.uint64(-bits % BITS)
    return values << left | values >> right


def _bands(values: Hashes, distance: int) -> list[_Band]:
    """Return bands, one more than bits may differ, with as many telling bits each."""
    differing = int(np.bitwise_or.reduce(values ^ values[0]))
    telling = [bit for bit in range(BITS) if differing >> bit & 1]
    count = distance + 1
    if 1 << (len(telling) // count) < 2 * count:
        # Bands of so few bits divide less than searching each of them costs.
        return [_EVERYTHING]
    ends = [len(telling) * number // count for number in range(count + 1)]
    return [_Band(telling[start], telling[end - 1]) for start, end in pairwise(ends)]
