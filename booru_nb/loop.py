"""The registry of "the loop": the one on which all async work of booru_nb runs.

Clients, locks and tasks belong to the loop that first used them, so there is one loop,
it is registered here, and every coroutine of the package goes through here.

- In a kernel it is the kernel's own loop, found through the kernel itself. It is never
  taken from `asyncio.get_running_loop`: JupyterLab may run a widget's callback on a
  thread (a "subshell") that has a loop of its own.
- Elsewhere, and where a user asks for it, it is one loop on a daemon thread.

From any thread: `run_on_app_loop` schedules a coroutine, `call_on_app_loop` a plain
function, and `run` blocks for a result. From any loop: `on_app_loop` awaits a
coroutine, and `each_on_app_loop` goes through an async generator.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from booru_nb import registry
from booru_nb.appfuture import PULSE, AppFuture
from booru_nb.blocking import inside_work, is_inside_work
from booru_nb.errors import LoopError
from booru_nb.registry import (
    choose_app_loop,
    forget_app_loop,
    get_app_loop,
    kernel_loop,
    on_app_thread,
    on_change,
    set_app_loop,
)

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import AsyncGenerator, Callable, Coroutine

__all__ = [
    "call_on_app_loop",
    "choose_app_loop",
    "each_on_app_loop",
    "forget_app_loop",
    "get_app_loop",
    "inside_app_work",
    "kernel_loop",
    "on_app_loop",
    "on_app_thread",
    "on_change",
    "run",
    "run_on_app_loop",
    "set_app_loop",
]

T = TypeVar("T")

_log = logging.getLogger(__name__)

GRACE = 2.0
"""Seconds for which `run` waits after a time-out for the cancelled work to end."""


def run_on_app_loop(
    coro: Coroutine[Any, Any, T],
    done_callback: Callable[[concurrent.futures.Future[T]], object] | None = None,
) -> AppFuture[T]:
    """Schedule a coroutine on the registered loop, from any thread.

    Parameters
    ----------
    coro : coroutine
        What to run. It is closed, not leaked, where it cannot be scheduled.
    done_callback : callable, optional
        Called with the future on the loop's thread when the coroutine has ended. It
        is attached before the coroutine starts.

    Returns
    -------
    AppFuture
        A `concurrent.futures.Future`. On the loop's own thread its `result` runs the
        loop, where a plain future would wait for ever.

    Raises
    ------
    LoopError
        If no loop is set, or it is closed or stopped.
    TypeError
        If this is not a coroutine.
    """
    given: object = coro
    if not asyncio.iscoroutine(given):
        msg = f"A coroutine is needed, and this is a {type(given).__name__!r}."
        raise TypeError(msg)
    work = registry.now.work

    def ended(future: AppFuture[T]) -> None:
        work.discard(future)
        if done_callback is not None:
            _call(done_callback, future)

    try:
        with registry.now.lock:
            loop = _usable_loop()
            thread_id = registry.now.thread_id
            future = AppFuture(coro, loop, thread_id=thread_id, ended=ended)
            # Added first, since the loop's thread may be done with it at any time.
            work.add(future)
            _schedule(loop, future.begin)
    except LoopError:
        coro.close()
        raise
    return future


def call_on_app_loop(fn: Callable[..., object], *args: object) -> None:
    """Have the registered loop call a plain function soon, from any thread.

    The function may block for a result of `run`.

    Raises
    ------
    LoopError
        If no loop is set, or it is closed or stopped.
    """
    with registry.now.lock:
        _schedule(_usable_loop(), _call, fn, *args)


def _call(fn: Callable[..., object], *args: object) -> None:
    # The loop calls this in a context of its own, so nobody else is unmarked.
    inside_work.set(False)
    try:
        fn(*args)
    except KeyboardInterrupt:
        # The stop button ends what this function waited for. Let through, it would
        # end the loop, and with it the kernel.
        _log.info("A callback was stopped.")


def _usable_loop() -> asyncio.AbstractEventLoop:
    """Return the loop, if what is scheduled on it now can ever run."""
    loop = get_app_loop()
    if not loop.is_running() and not on_app_thread():
        raise LoopError("The event loop is stopped. Open the library again: bn.open().")
    return loop


def _schedule(
    loop: asyncio.AbstractEventLoop, fn: Callable[..., object], *args: object
) -> None:
    try:
        loop.call_soon_threadsafe(fn, *args)
    except RuntimeError as error:  # it was closed by somebody else just now
        msg = "The event loop is closed. Open the library again: bn.open()."
        raise LoopError(msg) from error


def run(coro: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
    """Run a coroutine on the registered loop and return its result, from any thread.

    On the loop's own thread, as in a cell, the loop is run from within itself. The
    stop button and a time-out cancel the coroutine and no other work.

    Parameters
    ----------
    coro : coroutine
        What to run.
    timeout : float, optional
        Seconds (default: no limit).

    Raises
    ------
    LoopError
        If no usable loop is set, or the caller is itself work on the loop, which
        could then never go on.
    TimeoutError
        If it took longer. Its work has then ended, unless it refuses to.
    KeyboardInterrupt
        If the stop button was pressed, and the coroutine made no error of it.
    """
    future = run_on_app_loop(coro)
    try:
        future.wait(timeout)
    except TimeoutError:
        future.stop()
        with suppress(TimeoutError):
            future.wait(GRACE)
        if not future.done() or future.cancelled():
            raise
    except BaseException:  # whatever ends the wait must not leave the work running
        future.stop()
        raise
    return future.result()


def inside_app_work() -> bool:
    """Tell whether the caller is work on the registered loop, where `run` refuses."""
    return on_app_thread() and is_inside_work(get_app_loop())


async def on_app_loop(coro: Coroutine[Any, Any, T]) -> T:
    """Await a coroutine on the registered loop, whatever loop this is.

    Raises
    ------
    LoopError
        If no usable loop is set, or it ends before the coroutine does.
    """
    if asyncio.get_running_loop() is registry.now.loop:
        return await coro
    future = run_on_app_loop(coro)
    result = asyncio.wrap_future(future)
    try:
        while not result.done():
            await asyncio.wait([result], timeout=PULSE)
            if future.is_lost():
                future.abandon()
    finally:
        result.cancel()
    return result.result()


async def each_on_app_loop(items: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """Yield what an async generator yields, running it on the registered loop.

    Leaving early closes the generator, which cancels its work. Each step may be a
    task of its own, so the generator must hold no task group and no time-out across a
    `yield`.

    Raises
    ------
    LoopError
        If no usable loop is set, or it ends in between.
    """
    # A cancelled step may still be winding up when the generator is to be closed.
    one_at_a_time = asyncio.Lock()

    async def step() -> T:
        async with one_at_a_time:
            return await anext(items)

    async def close() -> None:
        async with one_at_a_time:
            await items.aclose()

    try:
        while True:
            try:
                item = await on_app_loop(step())
            except StopAsyncIteration:
                return
            yield item
    finally:
        # What ran on a loop that is gone has ended with it.
        with suppress(LoopError):
            await on_app_loop(close())
