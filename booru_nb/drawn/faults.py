"""The demo booru on a bad day: slow, throttled, broken, cut off or gone.

::

    app.faults.add(mishaps.refuse(429, retry_after=2), path="/posts.json", count=3)
    app.faults.add(mishaps.drop(), path="/180x180/*", probability=0.1, count=None)
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.drawn.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.calls import Call
    from booru_nb.drawn.mishaps import Action


@dataclass(slots=True, eq=False)
class Fault:
    """One thing that goes wrong.

    Parameters
    ----------
    action : Action
        What happens.
    fits : callable
        Says whether it happens to a `Call`.
    left : int or None
        How many times more; None for ever.
    probability : float
        How often it happens to a call that fits.
    chance : Chance
        Decides it then.
    taken : int
        How many times it has happened.
    """

    action: Action
    fits: Callable[[Call], bool]
    left: int | None
    probability: float
    chance: Chance
    taken: int = 0

    def take(self, call: Call) -> bool:
        """Say whether it happens to this call, and count it then."""
        if self.left == 0 or not self.fits(call):
            return False
        if not self.chance.happens(self.probability):
            return False
        self.taken += 1
        if self.left is not None:
            self.left -= 1
        return True


class Faults:
    """All that goes wrong at present; may be changed from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(  # noqa: PLR0913  # each says which calls it happens to
        self,
        action: Action,
        *,
        path: str = "*",
        when: Callable[[Call], bool] | None = None,
        count: int | None = 1,
        probability: float = 1.0,
        seed: int = 0,
    ) -> Fault:
        """Let something go wrong from now on.

        Parameters
        ----------
        action : Action
            What: one of `booru_nb.drawn.mishaps`.
        path : str
            A pattern of paths, such as ``/posts*``.
        when : callable, optional
            Says to which `Call` it happens, where the path is not enough.
        count : int or None
            How many times; None for ever.
        probability : float
            How often, of the calls that fit.
        seed : int
            Decides which of them, the same ones each time.

        Returns
        -------
        Fault
            Its `taken` counts how many times it has happened.
        """

        def fits(call: Call) -> bool:
            return call.fits(path) and (when is None or when(call))

        fault = Fault(action, fits, count, probability, Chance("fault", seed))
        with self._lock:
            self._faults.append(fault)
        return fault

    def take(self, call: Call) -> Action | None:
        """Return what happens to a call; the fault that was added first wins."""
        with self._lock:
            return next((f.action for f in self._faults if f.take(call)), None)

    def clear(self) -> None:
        """Let all go well again."""
        with self._lock:
            self._faults.clear()
