"""Blocking work done in a thread, many pieces at a time.

A hop to a thread and back costs several times what reading a small file does. So one
batch is under way at a time, and what is asked for meanwhile makes up the next.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")


class Batches(Generic[T, R]):
    """A blocking function called with lists of what was asked for, on one loop.

    Parameters
    ----------
    work : callable
        Takes a list, and returns a list of results in the same order.
    patience : float
        Seconds to wait for more before a batch begins. A thread that works beside the
        loop slows it down by more than the work itself takes.
    most : int
        Items that are not waited with.
    """

    def __init__(
        self,
        work: Callable[[list[T]], list[R]],
        *,
        patience: float = 0.0,
        most: int = 128,
    ) -> None:
        self._work = work
        self._patience = patience
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._timer: asyncio.Handle | None = None
        self._busy = False

    def ask(self, item: T) -> asyncio.Future[R]:
        """Return the result-to-be of one item."""
        future: asyncio.Future[R] = self._loop.create_future()
        self._waiting.append((item, future))
        if self._timer is None:
            # Even without patience, what is asked for in this turn of the loop goes
            # along.
            self._timer = (
                self._loop.call_later(self._patience, self.begin)
                if self._patience
                else self._loop.call_soon(self.begin)
            )
        elif len(self._waiting) == self._most:
            self.begin()
        return future

    def begin(self) -> None:
        """Begin a batch now, unless one is under way, which the next one follows."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._busy:
            return
        batch = [pair for pair in self._waiting if not pair[1].done()]
        self._waiting.clear()
        if batch:
            self._busy = True
            items = [item for item, _ in batch]
            working = self._loop.run_in_executor(None, self._work, items)
            working.add_done_callback(lambda done: self._deliver(batch, done))

    def _deliver(
        self, batch: list[tuple[T, asyncio.Future[R]]], done: asyncio.Future[list[R]]
    ) -> None:
        error = asyncio.CancelledError() if done.cancelled() else done.exception()
        for place, (_, future) in enumerate(batch):
            if future.done():
                continue
            if error is None:
                future.set_result(done.result()[place])
            elif isinstance(error, asyncio.CancelledError):
                future.cancel()
            else:
                future.set_exception(error)
        self._busy = False
        if self._waiting:
            self.begin()
