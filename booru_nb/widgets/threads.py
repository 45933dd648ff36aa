"""Calls that change a widget, from whichever thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from booru_nb import loop

if TYPE_CHECKING:
    from collections.abc import Callable

_GLANCE = 0.2  # seconds between two looks at whether the loop still lives


def at_once(fn: Callable[..., object], *args: object) -> None:
    """Call a function on the app loop's thread, and return when it has returned.

    On that thread, as in a cell, it is called directly. Elsewhere it is called by the
    loop, from a plain callback, and this thread waits; what it raises is then reported
    by the loop.

    Raises
    ------
    LoopError
        If no loop is set, or it ended before the call did.
    """
    if loop.on_app_thread():
        fn(*args)
        return
    done = threading.Event()

    def call() -> None:
        try:
            fn(*args)
        finally:
            done.set()

    loop.call_on_app_loop(call)
    while not done.wait(_GLANCE):
        loop.get_app_loop()


class Notice:
    """Tells observers of a change, from a plain callback, so that they may block.

    While they are being told, a further change is told afterwards, not in between.

    Parameters
    ----------
    tell : callable
        Tells them.
    """

    def __init__(self, tell: Callable[[], object]) -> None:
        self._tell = tell
        self._telling = False
        self._again = False

    def give(self) -> None:
        """Tell them: now, or soon, where this is work of ours on the loop."""
        if loop.inside_app_work():
            loop.call_on_app_loop(self._give)
        else:
            self._give()

    def _give(self) -> None:
        self._again = True
        if self._telling:
            return
        self._telling = True
        try:
            while self._again:
                self._again = False
                self._tell()
        finally:
            self._telling = False
