"""What it takes to wait on a loop from plain code: nesting, and the stop button.

- A cell of a notebook runs inside the kernel's loop, so waiting there means running
  the loop again from within itself. asyncio forbids that; nest-asyncio2 lifts the ban.
  It patches the loop's class and asyncio's tasks, so it is applied at the first call
  that needs it and never at import.
- nest_asyncio 1.6, the package from which it was forked, loses every message that
  reaches an ipykernel >= 7 during a nested run. Where another library has applied
  that one, its marks are taken off, so that the fork patches over it.
- A bare nested run lets the stop button hit whichever task is running at that moment.
  The handler installed here ends what is waited for, step by step, and nothing else.
- Waiting inside work that itself runs on the loop would make the loop wait for its own
  caller, so work carries a mark, which its child tasks inherit.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from booru_nb.errors import LoopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

inside_work: ContextVar[bool] = ContextVar("inside_work", default=False)
"""Whether this is work of the registered loop, or a task that such work started."""


def runs_here(loop: asyncio.AbstractEventLoop, thread_id: int | None) -> bool:
    """Tell whether this thread is the one that runs a loop.

    Parameters
    ----------
    loop : asyncio.AbstractEventLoop
        The loop.
    thread_id : int or None
        The thread that is to run it, for while it does not run.
    """
    running: int | None = getattr(loop, "_thread_id", None)
    return threading.get_ident() == (thread_id if running is None else running)


def is_inside_work(loop: asyncio.AbstractEventLoop) -> bool:
    """Tell whether the current task is work on a loop, of which this is the thread.

    A plain callback is not, even one that work has scheduled.
    """
    return inside_work.get() and asyncio.current_task(loop) is not None


def refuse_inside_work(loop: asyncio.AbstractEventLoop) -> None:
    """Refuse to wait where the current task is work on the loop.

    Raises
    ------
    LoopError
        If it is.
    """
    if is_inside_work(loop):
        msg = (
            "This blocks the event loop from inside work that runs on it. Await the "
            "method of `lib.aio` of the same name instead."
        )
        raise LoopError(msg)


@contextmanager
def nested(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let the block run a loop, even if one runs in this thread already.

    Raises
    ------
    LoopError
        If the loop is not one of asyncio's own, such as uvloop's.
    """
    if _a_loop_runs_here():
        make_nestable(loop)
    ready = getattr(loop, "_ready", ())
    before = len(ready)
    try:
        yield
    finally:
        # The first nested run is called from asyncio's own, unpatched step, which has
        # counted what was ready, and fails to take what a nested run took before it.
        if not loop.is_closed():
            for _ in range(before - len(ready)):
                loop.call_soon(_nothing)


def _nothing() -> None:
    """Stand in for a call that was made already."""


def _a_loop_runs_here() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def make_nestable(loop: asyncio.AbstractEventLoop) -> None:
    """Let a loop be run from within itself, or from within another one.

    `asyncio.run` stays what it was: patched, it would leave its loops open.

    Raises
    ------
    LoopError
        If the loop is not one of asyncio's own, such as uvloop's.
    """
    cls = type(loop)
    if hasattr(cls, "_nest_asyncio2"):
        return
    if not isinstance(loop, asyncio.BaseEventLoop):
        msg = (
            f"A cell cannot wait on a loop of the type {cls.__name__}. Write `await "
            "lib.aio.search(…)`, or open the library with loop='background'."
        )
        raise LoopError(msg)
    # Imported here, since it is needed at the first blocking call and not before.
    import nest_asyncio2  # noqa: PLC0415

    stock_run = None if hasattr(asyncio, "_nest_patched") else asyncio.run
    for patched in (asyncio, *cls.__mro__):
        marks = vars(patched)
        if "_nest_patched" in marks and "_nest_asyncio2" not in marks:
            delattr(patched, "_nest_patched")
    nest_asyncio2.apply(loop, run_close_loop=True)
    if stock_run is not None:
        asyncio.run = stock_run
        # Who wants that one patched, too, can still apply either package.
        for mark in ("_nest_patched", "_nest_asyncio2"):
            delattr(asyncio, mark)


class StopButton:
    """What the presses of the stop button do while something is waited for.

    Parameters
    ----------
    *steps : callable
        What the first press does, what the second does, and so on. Any further one is
        Python's own `KeyboardInterrupt`.

    Attributes
    ----------
    pressed : bool
        Whether it was pressed.
    """

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.pressed = False
        self._over = False
        self._steps = list(steps)
        self._outer: StopButton | None = None

    def press(self, number: int, frame: FrameType | None) -> None:
        """Take the next step, as the handler of a signal."""
        if self._over:
            return
        self.pressed = True
        if not self._steps:
            raise KeyboardInterrupt
        self._steps.pop(0)()
        # Whoever waits further out waits for this, too, and is to stop with it.
        if self._outer is not None:
            self._outer.press(number, frame)

    @contextmanager
    def installed(self) -> Iterator[StopButton]:
        """Have the stop button (SIGINT) pressed here while the block runs.

        Only the main thread gets signals; in any other thread nothing is changed.

        Yields
        ------
        StopButton
            This one.
        """
        before = signal.getsignal(signal.SIGINT)
        # None is a handler that was not installed from Python, nor could be again.
        if threading.current_thread() is not threading.main_thread() or before is None:
            yield self
            return
        outer = getattr(before, "__self__", None)
        self._outer = outer if isinstance(outer, StopButton) else None
        signal.signal(signal.SIGINT, self.press)
        try:
            yield self
        finally:
            # A kernel sets the handler anew for each message, also for one that came or
            # went meanwhile: it may have taken this one away, or put it back later.
            self._over = True
            if signal.getsignal(signal.SIGINT) == self.press:
                signal.signal(signal.SIGINT, before)
