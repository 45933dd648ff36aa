"""The result-to-be of a coroutine on the registered loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
import time
from typing import Generic, TypeVar

from booru_nb.blocking import make_nestable, stop_button
from booru_nb.errors import LoopError

T = TypeVar("T")

_log = logging.getLogger(__name__)


class AppFuture(concurrent.futures.Future[T], Generic[T]):
    """The result-to-be of a coroutine on a loop.

    Cancelling it cancels the coroutine. On the loop's own thread, `result` and
    `exception` run the loop, where a plain future would wait for ever. An error that
    nobody asked for is logged.

    Parameters
    ----------
    loop : asyncio.AbstractEventLoop
        The loop.
    thread_id : int or None
        The thread that runs it.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, thread_id: int | None = None
    ) -> None:
        super().__init__()
        self._loop = loop
        self._thread_id = thread_id
        self._task: asyncio.Task[T] | None = None
        self._asked = False

    def result(self, timeout: float | None = None) -> T:
        """Return the result, or raise what the coroutine raised."""
        self._before_asking(timeout)
        return super().result(timeout)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Return what the coroutine raised; None where it raised nothing."""
        self._before_asking(timeout)
        return super().exception(timeout)

    def _before_asking(self, timeout: float | None) -> None:
        self._asked = True
        if not self.done() and threading.get_ident() == self._thread_id:
            self.wait(timeout)

    def follow(self, task: asyncio.Task[T]) -> None:
        """Let a cancelled future cancel its task. Called on the loop's thread."""
        self._task = task
        self.add_done_callback(lambda _: self.stop())

    def stop(self) -> None:
        """Cancel the task, and let this future end when the task has ended."""
        task = self._task
        if task is None:
            self.cancel()
        elif not task.done() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(task.cancel)

    def settle(self, task: asyncio.Task[T]) -> None:
        """Take over what became of the task. Called on the loop's thread."""
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            self.cancel()
        if not self.set_running_or_notify_cancel():
            return
        if error is not None:
            self.set_exception(error)
        else:
            self.set_result(task.result())

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the coroutine has ended, from the loop's own thread or any other.

        Raises
        ------
        KeyboardInterrupt
            If the stop button was pressed; the coroutine was cancelled and has ended.
        TimeoutError
            If it takes longer; the coroutine goes on.
        LoopError
            If the loop ended first.
        """
        with stop_button(self.stop) as button:
            if threading.get_ident() == self._thread_id:
                self._drive(timeout)
            else:
                self._block(timeout)
        if button.pressed and self.cancelled():
            raise KeyboardInterrupt

    def _drive(self, timeout: float | None) -> None:
        if self._loop.is_running():
            make_nestable(self._loop)
        self._loop.run_until_complete(asyncio.wait_for(self._ended(), timeout))

    async def _ended(self) -> None:
        ended = asyncio.Event()
        self.add_done_callback(lambda _: self._loop.call_soon_threadsafe(ended.set))
        await ended.wait()

    def _block(self, timeout: float | None) -> None:
        # A raw lock, since a signal in the middle of a Condition may leave it locked.
        ended = threading.Lock()
        ended.acquire()
        self.add_done_callback(lambda _: ended.release())
        deadline = None if timeout is None else time.monotonic() + timeout
        while not ended.acquire(timeout=0.2):
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError
            if self._loop.is_closed() or not self._loop.is_running():
                raise LoopError("The event loop ended before the work on it did.")

    def __del__(self) -> None:
        if not self._asked and self.done() and not self.cancelled():
            error = super().exception()
            if error is not None:
                _log.error("Work in the background failed: %s", error, exc_info=error)
