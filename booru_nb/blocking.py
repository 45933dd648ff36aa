"""What it takes to wait on a loop from plain code: nesting, and the stop button.

- A cell of a notebook runs inside the kernel's loop, so waiting there means running
  the loop again from within itself. asyncio forbids that; nest-asyncio2 lifts the ban.
  It patches the loop's class and asyncio's tasks, so it is applied at the first call
  that needs it and never at import.
- nest_asyncio 1.6, the package from which it was forked, loses every message that
  reaches an ipykernel >= 7 during a nested run. Where another library has applied
  that one, its marks are taken off, so that the fork patches over it.
- A bare nested run lets the stop button hit whichever task is running at that moment.
  The handler installed here cancels what the cell waits for, and nothing else; a
  second press is Python's own `KeyboardInterrupt`.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from booru_nb.errors import LoopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


def make_nestable(loop: asyncio.AbstractEventLoop) -> None:
    """Let a running loop be run again from within itself.

    Raises
    ------
    LoopError
        If the loop is not one of asyncio's own, such as uvloop's.
    """
    cls = type(loop)
    if hasattr(cls, "_nest_asyncio2"):
        return
    # Imported here, since it is needed at the first blocking call and not before.
    import nest_asyncio2  # noqa: PLC0415

    for patched in (asyncio, cls):
        if hasattr(patched, "_nest_patched") and not hasattr(patched, "_nest_asyncio2"):
            del patched._nest_patched  # noqa: SLF001
    try:
        nest_asyncio2.apply(loop, run_close_loop=True)
    except ValueError as error:
        msg = (
            f"A cell cannot wait on a loop of the type {cls.__name__}. Write `await "
            "lib.aio.search(…)`, or open the library with loop='background'."
        )
        raise LoopError(msg) from error


class StopButton:
    """Whether the stop button was pressed while something was waited for."""

    pressed = False


@contextmanager
def stop_button(cancel: Callable[[], object]) -> Iterator[StopButton]:
    """Let the stop button (SIGINT) call `cancel` while the block runs.

    Only the main thread gets signals; in any other thread nothing is changed.

    Yields
    ------
    StopButton
        Tells whether it was pressed.
    """
    button = StopButton()
    if threading.current_thread() is not threading.main_thread():
        yield button
        return
    before = signal.getsignal(signal.SIGINT)

    def press(_number: int, _frame: FrameType | None) -> None:
        if button.pressed:
            raise KeyboardInterrupt
        button.pressed = True
        cancel()

    signal.signal(signal.SIGINT, press)
    try:
        yield button
    finally:
        # None stands for a handler that was not installed from Python.
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
