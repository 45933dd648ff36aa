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
    """

    def __init__(self, work: Callable[[list[T]], list[R]]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._busy = False

    def ask(self, item: T) -> asyncio.Future[R]:
        """Return the result-to-be of one item."""
        future: asyncio.Future[R] = self._loop.create_future()
        self._waiting.append((item, future))
        if not self._busy:
            self._busy = True
            # What is asked for in the same turn of the loop goes along.
            self._loop.call_soon(self._next)
        return future

    def _next(self) -> None:
        batch = [pair for pair in self._waiting if not pair[1].done()]
        self._waiting.clear()
        self._busy = bool(batch)
        if batch:
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
        self._next()
