"""Running a function as a cell of a notebook is run, on either kind of loop."""

import asyncio
import signal
import threading
from collections.abc import Callable
from typing import TypeVar

from booru_nb import loop

T = TypeVar("T")

CAP = 30.0
"""Seconds after which a wait that should be short has failed."""


def own_loop_cell(function: Callable[[], T]) -> T:
    """Run a function inside the app loop, as a kernel runs a cell."""

    async def kernel() -> T:
        loop.set_app_loop(asyncio.get_running_loop())
        try:
            return function()
        finally:
            loop.forget_app_loop()

    return asyncio.run(kernel())


def background_cell(function: Callable[[], T]) -> T:
    """Run a function while the app loop runs on a thread of its own."""
    loop.choose_app_loop("background")
    try:
        return function()
    finally:
        loop.forget_app_loop()


def in_thread(function: Callable[[], T]) -> T:
    """Run a function in another thread, while the app loop runs."""
    return loop.run(asyncio.to_thread(function), timeout=CAP)


def press_stop() -> None:
    """Press the stop button, as a kernel's SIGINT does it."""
    ident = threading.main_thread().ident
    assert ident is not None
    signal.pthread_kill(ident, signal.SIGINT)
