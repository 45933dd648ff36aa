"""How fast a host is asked, by all tasks of this process and by all processes.

Each host has a clock that says when its next request may start. Whoever may go moves
it on, at the moment of going: nothing is reserved, so that who is cancelled while
waiting costs nobody anything. On one loop turns are taken in the order of asking.

Where somebody else keeps the clocks (see `keeping`), it is they who are asked.

A site that says 429 halves its rate; each request after that gives a bit of it back.
``Retry-After`` moves the clock, once for however many requests were told.
"""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from booru_nb.http.hostclock import LONGEST_PAUSE, HostClock
from booru_nb.http.keeping import keeper

if TYPE_CHECKING:
    from collections.abc import Callable

_HOSTS = 512
_PATIENCE = 40

CAREFUL = 0.95
"""The part of a rate that is used: a site counts requests as they arrive, which is not
as even as they start, and one more than it allows in a second is refused."""


_clocks: dict[str, HostClock] = {}
_clocks_lock = threading.Lock()


def clock_of(host: str) -> HostClock:
    """Return the clock of a host; there is one in a process."""
    clock = _clocks.get(host)
    if clock is None:
        with _clocks_lock:
            clock = _clocks.setdefault(host, HostClock(host))
            if len(_clocks) > _HOSTS:
                for name in [name for name, known in _clocks.items() if known.idle()]:
                    _clocks.pop(name)
    return clock


async def turn(clock: HostClock, rate: float | None, queue: asyncio.Lock) -> None:
    """Wait until a request to a host may start.

    Parameters
    ----------
    clock : HostClock
        The host's.
    rate : float or None
        Requests a second; None waits for nothing but a pause that the site asked for.
    queue : asyncio.Lock
        The host's on this loop: who asks first goes first.
    """
    if rate is None:
        wait = clock.paused()
        while wait:
            await asyncio.sleep(wait)
            wait = clock.paused()
        return
    async with queue:
        patience = _PATIENCE
        while True:
            try:
                wait = await _claim(clock, rate * CAREFUL, share=patience > 0)
            except BlockingIOError:
                # Who holds it longer than a few of these is stopped or gone astray.
                patience -= 1
                wait = _a_moment()
            if not wait:
                return
            await asyncio.sleep(wait)


async def slow_down(
    clock: HostClock, pause: float | None, asked_at: float, *, halve: bool
) -> None:
    """Leave a host alone for a while; see `HostClock.slow_down`."""
    for _ in range(_PATIENCE):
        try:
            clock.slow_down(pause, asked_at, halve=halve)
            if (others := keeper()) is not None:
                age = time.time() - asked_at
                await others.slow_down(clock.host, pause, age, halve=halve)
        except BlockingIOError:
            await asyncio.sleep(_a_moment())
        else:
            return


async def _claim(clock: HostClock, rate: float, *, share: bool) -> float:
    others = keeper()
    if others is None:
        return clock.claim(rate, share=share)
    return await others.claim(clock.host, rate, share=share)


def _a_moment() -> float:
    return random.uniform(0.001, 0.01)  # noqa: S311  nothing secret hangs on it


def retry_after(
    value: str | None, now: Callable[[], float] = time.time
) -> float | None:
    """Read a ``Retry-After``: seconds from now, or an HTTP date; None where neither."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_PAUSE)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_PAUSE)


def _forget_after_fork() -> None:
    global _clocks_lock  # noqa: PLW0603  a child must not wait for its parent's threads
    _clocks_lock = threading.Lock()
    _clocks.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
