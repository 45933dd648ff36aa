"""Clocks of hosts that somebody else keeps, for the processes of several machines.

A file is shared by the processes of one machine. Where work is spread over several,
one of them keeps the clocks of all, and the others ask it for each request.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Keeper(Protocol):
    """Who keeps the clocks of hosts. Times of other machines mean nothing to it."""

    async def claim(self, host: str, rate: float, *, share: bool) -> float:
        """Start a request now, if one may start; see `HostClock.claim`."""

    async def slow_down(
        self, host: str, pause: float | None, age: float, *, halve: bool
    ) -> None:
        """Leave a host alone for a while; see `HostClock.slow_down`.

        Parameters
        ----------
        host : str
            The host.
        pause : float or None
            Seconds, as the site said; None where it said nothing.
        age : float
            How many seconds ago the request had started.
        halve : bool
            Whether to halve the rate.

        Raises
        ------
        BlockingIOError
            If the clock cannot be had at this moment.
        """


_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


def keeper() -> Keeper | None:
    """Return who keeps the clocks for this task; None where this process does."""
    return _keeper.get()


@contextmanager
def kept_by(somebody: Keeper) -> Iterator[None]:
    """Have somebody keep the clocks for what this task does in the block."""
    before = _keeper.set(somebody)
    try:
        yield
    finally:
        _keeper.reset(before)
