"""What the exports of a worker's process have in common: its loop, and its signals."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress
from typing import Any

from booru_nb import http, loop
from booru_nb.errors import LoopError

_lock = threading.Lock()
_crews = 0
_own_loop: object = None
_handler: Any = None


def enter(*, has_nanny: bool) -> None:
    """Have a loop in this process, for one crew more."""
    global _crews, _own_loop, _handler  # noqa: PLW0603 - a process has one of each
    # Jupyter's stop button signals all processes below the kernel, so it would end the
    # workers of a LocalCluster. Those that have a nanny are ended by that.
    on_main = threading.current_thread() is threading.main_thread()
    if has_nanny and on_main and _handler is None:
        _handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _lock:
        before = None
        with suppress(LoopError):
            before = loop.get_app_loop()
        chosen = loop.choose_app_loop()
        if chosen is not before:
            _own_loop = chosen
        _crews += 1


def leave(*, patience: float) -> None:
    """Close the clients and the loop of this process, where they are only crews'."""
    global _crews, _own_loop  # noqa: PLW0603 - a process has one loop for all of them
    with _lock:
        _crews -= 1
        if _crews or _own_loop is None:
            return
        mine, _own_loop = _own_loop, None
        with suppress(LoopError, TimeoutError):
            if loop.get_app_loop() is mine:
                loop.run(http.aclose(), timeout=patience)
                loop.forget_app_loop()


def heed_signals() -> None:
    """Let the stop button end this process again, when no crew is left."""
    global _handler  # noqa: PLW0603 - a process has one
    if not _crews and _handler is not None:
        signal.signal(signal.SIGINT, _handler)
        _handler = None
