"""Sets of posts in the grid, as ranges on the wire and as arrays in the kernel.

A selection of twenty thousand posts is one range on the wire. In the kernel it is an
array of ordinals, int64, each once, in the order of selection; arrays are replaced and
never changed, so that any thread may read one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Ordinals = NDArray[np.int64]
    Ranges = list[tuple[int, int]]

NONE: Ordinals = np.empty(0, dtype=np.int64)


def from_ranges(ranges: Iterable[tuple[int, int]], total: int) -> Ordinals:
    """Return the ordinals in half-open ranges, those beyond the total left out."""
    parts = [np.arange(max(0, a), min(b, total), dtype=np.int64) for a, b in ranges]
    return np.concatenate(parts) if parts else NONE


def to_ranges(ordinals: Ordinals) -> Ranges:
    """Return the half-open ranges that hold exactly these ordinals, ascending."""
    if not len(ordinals):
        return []
    ordered = np.sort(ordinals)
    breaks = np.flatnonzero(np.diff(ordered) > 1) + 1
    return [(int(r[0]), int(r[-1]) + 1) for r in np.split(ordered, breaks)]


def added(before: Ordinals, more: Ordinals) -> Ordinals:
    """Return both, each ordinal once, at its first place."""
    both = np.concatenate([before, more])
    _, first = np.unique(both, return_index=True)
    return both[np.sort(first)]


def without(before: Ordinals, less: Ordinals) -> Ordinals:
    """Return the first without the second."""
    return before[~np.isin(before, less)]


def changed(before: Ordinals, how: Any, given: Ordinals) -> Ordinals:  # noqa: ANN401
    """Return a selection after what a browser did to it.

    Parameters
    ----------
    before : array
        The selection, in its order.
    how : {"add", "remove", "set"}
        "set" keeps the order of what stays selected.
    given : array
        The ordinals to add, to remove, or to end up with.
    """
    if how == "add":
        return added(before, given)
    if how == "remove":
        return without(before, given)
    return added(before[np.isin(before, given)], given)
