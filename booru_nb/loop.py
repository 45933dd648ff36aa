"""The registry of "the loop": the one on which all async work of booru_nb runs.

Clients, locks and tasks belong to the loop that first used them, so there is one loop,
it is registered here, and every coroutine of the package goes through here.

- In a kernel it is the kernel's own loop, found through the kernel itself. It is never
  taken from `asyncio.get_running_loop`: JupyterLab may run a widget's callback on a
  thread (a "subshell") that has a loop of its own.
- Elsewhere, and where a user asks for it, it is one loop on a daemon thread.

From any thread: `run_on_app_loop` schedules a coroutine, `call_on_app_loop` a plain
function, and `run` blocks for a result.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

from booru_nb.appfuture import AppFuture
from booru_nb.background import BackgroundLoop
from booru_nb.errors import LoopError

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import AsyncGenerator, Callable, Coroutine

T = TypeVar("T")
Loop = asyncio.AbstractEventLoop

_lock = threading.RLock()
_loop: Loop | None = None
_thread_id: int | None = None
_background: BackgroundLoop | None = None
# asyncio itself keeps only weak references to tasks.
_tasks: set[asyncio.Task[Any]] = set()
_listeners: list[Callable[[Loop], None]] = []


def set_app_loop(loop: Loop, *, thread_id: int | None = None) -> None:
    """Register the loop on which everything runs.

    Registering the same loop again does nothing. A loop that is closed may be
    replaced; what was bound to it is dropped then.

    Parameters
    ----------
    loop : asyncio.AbstractEventLoop
        The loop.
    thread_id : int, optional
        The thread that runs it (default: the one that runs it now, else this one).

    Raises
    ------
    LoopError
        If another loop is registered and still alive, or this one is closed.
    """
    global _loop, _thread_id  # noqa: PLW0603
    if loop.is_closed():
        raise LoopError("This event loop is closed. Give one that is open.")
    with _lock:
        old = _loop
        if old is loop:
            return
        if old is not None and not old.is_closed():
            msg = (
                "Another event loop is registered and alive. Close every library "
                "first, or call booru_nb.loop.forget_app_loop()."
            )
            raise LoopError(msg)
        _loop = loop
        running = getattr(loop, "_thread_id", None)
        _thread_id = thread_id or running or threading.get_ident()
    if old is not None:
        _tell(old)


def get_app_loop() -> Loop:
    """Return the registered loop.

    Raises
    ------
    LoopError
        A `RuntimeError`: before a loop is set, and when it is closed.
    """
    loop = _loop
    if loop is None:
        msg = "No event loop is set. Open a library first: bn.open() or bn.demo()."
        raise LoopError(msg)
    if loop.is_closed():
        raise LoopError("The event loop is closed. Open the library again: bn.open().")
    return loop


def forget_app_loop() -> None:
    """Register no loop any more, and drop what was bound to the last one.

    A background loop is stopped, and what still runs on it is cancelled.
    """
    global _loop, _thread_id, _background
    with _lock:
        old, _loop, _thread_id = _loop, None, None
        background, _background = _background, None
    if background is not None:
        background.stop()
    if old is not None:
        _tell(old)


def on_change(callback: Callable[[Loop], None]) -> None:
    """Have a function called with each loop that is no longer the registered one."""
    _listeners.append(callback)


def _tell(old: Loop) -> None:
    for callback in _listeners:
        callback(old)


def kernel_loop() -> Loop | None:
    """Return the loop of the Jupyter kernel that runs this process, if one does."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    io_loop = getattr(getattr(shell, "kernel", None), "io_loop", None)
    return cast("Loop | None", getattr(io_loop, "asyncio_loop", None))


def choose_app_loop(kind: str | None = None) -> Loop:
    """Register the loop that fits this process, and return it.

    Parameters
    ----------
    kind : {"kernel", "background"}, optional
        Which one (default: the one that is registered and alive, else the kernel's,
        else the background loop).

    Raises
    ------
    LoopError
        If another kind of loop is in use, or no kernel runs here.
    """
    with _lock:
        alive = _loop is not None and not _loop.is_closed()
        kernel = None if kind == "background" else kernel_loop()
        if kind == "kernel" and kernel is None:
            raise LoopError("No Jupyter kernel runs here. Use loop='background'.")
        if alive and (kind is None or (kind == "background" and _background)):
            return get_app_loop()
        if kernel is not None:
            set_app_loop(kernel, thread_id=threading.main_thread().ident)
        else:
            _use_background_loop()
        return get_app_loop()


def _use_background_loop() -> None:
    global _background  # noqa: PLW0603
    background = BackgroundLoop()
    try:
        set_app_loop(background.loop, thread_id=background.thread_id)
    except LoopError:
        background.stop()
        raise
    _background = background


def on_app_thread() -> bool:
    """Tell whether this is the thread that runs the registered loop."""
    return threading.get_ident() == _thread_id


def run_on_app_loop(
    coro: Coroutine[Any, Any, T],
    done_callback: Callable[[concurrent.futures.Future[T]], None] | None = None,
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
    """
    try:
        loop = _usable_loop()
    except LoopError:
        coro.close()
        raise
    future: AppFuture[T] = AppFuture(loop, _thread_id)

    def ended(task: asyncio.Task[T] | None) -> None:
        if task is not None:
            _tasks.discard(task)
            future.settle(task)
        if done_callback is not None:
            done_callback(future)

    def begin() -> None:
        if future.cancelled():
            coro.close()
            ended(None)
            return
        task = loop.create_task(coro)
        _tasks.add(task)
        task.add_done_callback(ended)
        future.follow(task)

    loop.call_soon_threadsafe(begin)
    return future


def call_on_app_loop(fn: Callable[..., object], *args: object) -> None:
    """Have the registered loop call a plain function soon, from any thread.

    Raises
    ------
    LoopError
        If no loop is set, or it is closed or stopped.
    """
    _usable_loop().call_soon_threadsafe(fn, *args)


def _usable_loop() -> Loop:
    """Return the loop, if what is scheduled on it now can ever run."""
    loop = get_app_loop()
    if not loop.is_running() and not on_app_thread():
        raise LoopError("The event loop is stopped. Open the library again: bn.open().")
    return loop


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
        If it took longer.
    KeyboardInterrupt
        If the stop button was pressed.
    """
    if inside_app_work():
        coro.close()
        msg = (
            "This blocks the event loop from inside work that runs on it. Await the "
            "method of `lib.aio` of the same name instead."
        )
        raise LoopError(msg)
    future = run_on_app_loop(coro if timeout is None else _limited(coro, timeout))
    try:
        future.wait()
        return future.result()
    except BaseException:  # a hard stop must not leave the work running
        future.cancel()
        raise


def inside_app_work() -> bool:
    """Tell whether the caller is itself a coroutine that was scheduled here."""
    if not on_app_thread():
        return False
    loop = get_app_loop()
    return loop.is_running() and asyncio.current_task(loop) in _tasks


async def _limited(coro: Coroutine[Any, Any, T], seconds: float) -> T:
    return await asyncio.wait_for(coro, seconds)


async def on_app_loop(coro: Coroutine[Any, Any, T]) -> T:
    """Await a coroutine on the registered loop, whatever loop this is."""
    if asyncio.get_running_loop() is _loop:
        return await coro
    return await asyncio.wrap_future(run_on_app_loop(coro))


async def each_on_app_loop(items: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """Yield what an async generator yields, running it on the registered loop.

    Leaving early closes the generator, which cancels its work.
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
        await on_app_loop(close())


def _forget_after_fork() -> None:
    """Forget in a child process what only its parent can run."""
    global _lock, _loop, _thread_id, _background  # noqa: PLW0603
    _lock = threading.RLock()
    _loop = _thread_id = _background = None
    _tasks.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
