"""The clock of one host: when its next request may start."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from booru_nb.http.sharedclock import ClockState, SharedClock

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_PAUSE = 60.0
"""Seconds for which a site may ask to be left alone; a longer time counts as this."""

SMALLEST_SHARE = 1 / 16
REGAINED = 0.02
"""The part of the rate that each request gives back."""
_REST = 4
"""Times between two requests that are a rest, and no late start."""


class HostClock:
    """The clock of one host.

    Parameters
    ----------
    host : str
        The host, with its port where it is not the usual one.
    now : callable
        The time in seconds since 1970, which is what processes have in common.

    Attributes
    ----------
    host : str
        The host.
    """

    def __init__(self, host: str, now: Callable[[], float] = time.time) -> None:
        self.host = host
        self._shared = SharedClock(host)
        self._now = now
        self._lock = threading.Lock()
        self._own = ClockState()

    def paused(self) -> float:
        """Return for how many seconds the site asked to be left alone."""
        return _ahead(self._own.paused, self._now(), LONGEST_PAUSE)

    def claim(self, rate: float, *, share: bool = True) -> float:
        """Start a request now, if one may start.

        Parameters
        ----------
        rate : float
            Requests a second.
        share : bool
            Whether to ask the clock that processes share.

        Returns
        -------
        float
            0 where the request may start: it counts as started. Else the seconds
            after which to ask again.

        Raises
        ------
        BlockingIOError
            If another process holds the shared clock at this moment.
        """
        with self._lock:
            now = self._now()
            wait = _wait(self._own, now, rate)
            if wait:
                return wait
            if not share:
                return _start(self._own, now, rate)
            with self._shared.locked() as shared:
                if shared is None:
                    return _start(self._own, now, rate)
                wait = _start(shared, now, rate)
                self._own = replace(shared)
                return wait

    def slow_down(self, pause: float | None, asked_at: float, *, halve: bool) -> None:
        """Leave the host alone for a while.

        Parameters
        ----------
        pause : float or None
            Seconds, as the site said; None where it said nothing.
        asked_at : float
            When the request that was answered so had started. Answers to requests
            from before the rate was last halved do not halve it again.
        halve : bool
            Whether to halve the rate.

        Raises
        ------
        BlockingIOError
            If another process holds the shared clock at this moment; this process
            obeys already.
        """
        asked = asked_at if halve else None
        with self._lock:
            now = self._now()
            _slow(self._own, now, pause, asked)
            with self._shared.locked() as shared:
                if shared is not None:
                    _slow(shared, now, pause, asked)

    def idle(self) -> bool:
        """Tell whether forgetting this clock changes nothing."""
        now = self._now()
        return self._own.share == 1.0 and max(self._own.next, self._own.paused) <= now


def _ahead(when: float, now: float, most: float) -> float:
    """Return the seconds until a time; 0 if it is past, or further off than can be.

    A computer's clock may be set back, and what was written before is then nonsense.
    """
    wait = when - now
    return wait if 0 < wait <= most + 1 else 0.0


def _wait(state: ClockState, now: float, rate: float) -> float:
    longest = max(LONGEST_PAUSE, 2 / (rate * SMALLEST_SHARE))
    return max(
        _ahead(state.next, now, longest), _ahead(state.paused, now, LONGEST_PAUSE)
    )


def _start(state: ClockState, now: float, rate: float) -> float:
    """Let a request start, and move the clock on; else return the seconds to wait."""
    wait = _wait(state, now, rate)
    if wait:
        return wait
    gap = 1 / (rate * state.share)
    # Who wakes late does not put off all who come after, so that they keep to the even
    # times; who comes after a rest is not made up for.
    late = now - state.next
    owed = min(late, gap) if 0 <= late < gap * _REST else 0.0
    state.next = now - owed + gap
    state.share = min(1.0, state.share + REGAINED)
    return 0.0


def _slow(
    state: ClockState, now: float, pause: float | None, asked_at: float | None
) -> None:
    if pause is not None:
        state.paused = max(state.paused, now + min(pause, LONGEST_PAUSE))
    if asked_at is not None and asked_at >= state.slowed:
        state.share = max(state.share / 2, SMALLEST_SHARE)
        state.slowed = now
