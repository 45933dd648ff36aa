"""A bad day of the demo booru: a share of all requests goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn import mishaps

if TYPE_CHECKING:
    from booru_nb.drawn.faults import Faults

MISHAPS = {
    "late": mishaps.slow(2),
    "throttled": mishaps.refuse(429, retry_after=1),
    "down": mishaps.refuse(503, html=True),
    "reset": mishaps.drop(),
    "cut off": mishaps.cut(),
}
"""What goes wrong, each as often as the others."""


def begin(faults: Faults, *, share: float) -> None:
    """Let a share of all requests go wrong, from now on.

    Parameters
    ----------
    faults : Faults
        Those of an app.
    share : float
        How many of them, from 0 to 1.
    """
    left = share
    for seed, action in enumerate(MISHAPS.values()):
        # Who is asked later is asked about those only that the others have spared.
        chance = min(share / len(MISHAPS) / (1 - share + left), 1.0)
        faults.add(action, count=None, probability=chance, seed=seed)
        left -= share / len(MISHAPS)
