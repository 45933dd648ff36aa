"""The result-to-be of a coroutine on the registered loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import os
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from booru_nb.blocking import (
    StopButton,
    inside_work,
    nested,
    refuse_inside_work,
    runs_here,
)
from booru_nb.errors import LoopError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

_log = logging.getLogger(__name__)

PULSE = 0.2
"""Seconds between two looks at whether the loop that is waited for still runs."""

_ENDED = "The event loop ended before the work on it did."


class AppFuture(concurrent.futures.Future[T], Generic[T]):
    """The result-to-be of a coroutine on a loop.

    Cancelling it cancels the coroutine. On the loop's own thread, `result` and
    `exception` run the loop, where a plain future would wait for ever; on the main
    thread, the stop button cancels the coroutine while they wait. An error that nobody
    asked for is logged.

    Parameters
    ----------
    coro : coroutine
        The work. It starts when the loop calls `begin`.
    loop : asyncio.AbstractEventLoop
        The loop.
    thread_id : int or None
        The thread that is to run the loop, for while it does not run.
    ended : callable
        Called with this future on the loop's thread when the work has ended.
    """

    def __init__(
        self,
        coro: Coroutine[Any, Any, T],
        loop: asyncio.AbstractEventLoop,
        *,
        thread_id: int | None,
        ended: Callable[[AppFuture[T]], None],
    ) -> None:
        super().__init__()
        self._coro = coro
        self._loop = loop
        self._thread_id = thread_id
        self._ended = ended
        self._task: asyncio.Task[T] | None = None
        self._asked = False
        self._stopped = False
        self._missed = 0
        self._last_words: tuple[object, ...] = ()
        self._process = os.getpid()

    def begin(self) -> None:
        """Start the work, unless it was cancelled before. Called by the loop."""
        if self.done():
            self._coro.close()
            if self.cancelled():
                self.set_running_or_notify_cancel()
            self._ended(self)
            return
        # The loop calls this in a context of its own, which the task then inherits.
        inside_work.set(True)
        self._task = self._loop.create_task(self._coro)
        self._task.add_done_callback(self._settle)

    def _settle(self, task: asyncio.Task[T]) -> None:
        """Take over what became of the task."""
        self._task = None
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            self._last_words = _last_words(task)
            super().cancel()
        abandoned = self.done() and not self.cancelled()
        if not abandoned and self.set_running_or_notify_cancel():
            if error is not None:
                self.set_exception(error)
            else:
                self.set_result(task.result())
        self._ended(self)

    def cancel(self) -> bool:
        """Cancel the work, and give its result up at once."""
        cancelled = super().cancel()
        if cancelled:
            self.stop()
        return cancelled

    def stop(self) -> None:
        """Cancel the work; this future ends when the work has ended."""
        # A closed loop has nothing left to cancel.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._cancel_task)

    def _cancel_task(self) -> None:
        # `begin` was queued before this, so work without a task has ended. A second
        # cancellation would break off what the first one has the work wind up.
        if self._task is not None and not self._stopped:
            self._stopped = True
            self._task.cancel()

    def abandon(self) -> None:
        """End with a `LoopError`, since the loop can no longer be counted on.

        Work that has begun is cancelled, should the loop ever go on.
        """
        self._asked = True
        with suppress(concurrent.futures.InvalidStateError):
            self.set_exception(LoopError(_ENDED))
        if self._task is None and not self._loop.is_running():
            self._coro.close()
        self.stop()

    def is_lost(self) -> bool:
        """Tell whether the loop was found not to be running at two looks in a row."""
        running = self._loop.is_running() and not self._loop.is_closed()
        self._missed = 0 if running else self._missed + 1
        return self._missed > 1

    def result(self, timeout: float | None = None) -> T:
        """Return the result, or raise what the coroutine raised.

        Raises
        ------
        TimeoutError
            If it takes longer than these seconds; the coroutine goes on.
        LoopError
            If the loop ended first, or the caller is itself work on it.
        KeyboardInterrupt
            If the stop button was pressed; the coroutine was cancelled, and the words
            of its `CancelledError` are those of this one.
        """
        self.wait(timeout)
        return super().result()

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Return what the coroutine raised; None where it raised nothing.

        Raises
        ------
        TimeoutError
            If it takes longer than these seconds; the coroutine goes on.
        LoopError
            If the loop ended first, or the caller is itself work on it.
        KeyboardInterrupt
            If the stop button was pressed; the coroutine was cancelled.
        """
        self.wait(timeout)
        return super().exception()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the work has ended, and raise as `result` does if it does not."""
        self._asked = True
        if self.done():
            return
        if self._process != os.getpid():
            msg = "This work runs in the parent process. Start it again in this one."
            raise LoopError(msg)
        if runs_here(self._loop, self._thread_id):
            refuse_inside_work(self._loop)
            pressed = self._drive(timeout)
        else:
            pressed = self._block(timeout)
        # An error says more than the press that led to it, and may bear what arrived.
        if pressed and not self._failed():
            raise KeyboardInterrupt(*self._last_words)
        if not self.done():
            msg = f"This took longer than {timeout:g} seconds."
            raise TimeoutError(msg)

    def _failed(self) -> bool:
        if not self.done() or self.cancelled():
            return False
        return super().exception() is not None

    def _drive(self, timeout: float | None) -> bool:
        """Run the loop until the work has ended; tell whether it was stopped."""
        ended = self._loop.create_future()

        def end() -> None:
            if not ended.done():
                ended.set_result(None)

        def leave(_: object = None) -> None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(end)

        self.add_done_callback(leave)
        timer = None if timeout is None else self._loop.call_later(timeout, end)
        # The work may refuse to end, so a second press leaves it behind.
        with nested(self._loop), StopButton(self.stop, leave).installed() as button:
            try:
                self._loop.run_until_complete(ended)
            except RuntimeError as error:
                raise LoopError(_ENDED) from error
            finally:
                if timer is not None:
                    timer.cancel()
        return button.pressed

    def _block(self, timeout: float | None) -> bool:
        """Wait until the work has ended; tell whether it was stopped."""
        # A raw lock, since a signal in the middle of a Condition may leave it locked.
        ended = threading.Lock()
        ended.acquire()
        self.add_done_callback(lambda _: ended.release())
        until = float("inf") if timeout is None else time.monotonic() + timeout
        with StopButton(self.stop).installed() as button:
            while not ended.acquire(
                timeout=min(PULSE, max(until - time.monotonic(), 0))
            ):
                if self.is_lost():
                    self.abandon()
                elif time.monotonic() >= until:
                    break
        return button.pressed

    def __del__(self) -> None:
        if not self._asked and self._failed():
            error = super().exception()
            _log.error("Work in the background failed: %s", error, exc_info=error)


def _last_words(task: asyncio.Task[Any]) -> tuple[object, ...]:
    """Return what a cancelled task has said at its end, such as what had arrived."""
    try:
        task.exception()
    except asyncio.CancelledError as error:
        return error.args
    return ()
