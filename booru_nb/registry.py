"""Which loop is the registered one. See `booru_nb.loop`, which offers all of this."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, cast

from booru_nb.background import BackgroundLoop
from booru_nb.blocking import runs_here
from booru_nb.errors import ArgumentError, LoopError

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.appfuture import AppFuture

Loop = asyncio.AbstractEventLoop


@dataclasses.dataclass
class Registered:
    """What is registered now.

    Attributes
    ----------
    loop : asyncio.AbstractEventLoop or None
        The loop; None before one is set.
    thread_id : int or None
        The thread that is to run it, for while it does not run.
    background : BackgroundLoop or None
        What runs the loop, where that is a thread of ours.
    work : set of AppFuture
        The work that has not ended; asyncio itself keeps only weak references.
    lock : lock
        Held while work is scheduled and while the loop changes, so that nothing is
        scheduled on a loop that is about to end.
    """

    loop: Loop | None = None
    thread_id: int | None = None
    background: BackgroundLoop | None = None
    work: set[AppFuture[Any]] = dataclasses.field(default_factory=set)
    lock: threading.RLock = dataclasses.field(default_factory=threading.RLock)

    def alive(self) -> Loop | None:
        """Return the loop, if it runs or can run again."""
        if self.loop is None or self.loop.is_closed():
            return None
        threads = {thread.ident for thread in threading.enumerate()}
        if self.loop.is_running() or self.thread_id in threads:
            return self.loop
        return None

    def replace(
        self,
        loop: Loop | None,
        *,
        thread_id: int | None = None,
        background: BackgroundLoop | None = None,
    ) -> Callable[[], None]:
        """Register another loop, and return what is then to be done without the lock.

        A listener may wait for a lock whose owner schedules work.
        """
        old, work = self.loop, list(self.work)
        old_background = self.background
        self.loop, self.thread_id, self.background = loop, thread_id, background
        self.work.clear()

        def drop_old() -> None:
            for future in work:
                future.abandon()
            if old_background is not None:
                old_background.stop()
            if old is not None:
                for callback in _listeners:
                    callback(old)

        return drop_old


now = Registered()
_listeners: list[Callable[[Loop], None]] = []
# What a fork inherits belongs to the parent. Were a loop collected here, it would take
# its sockets out of the parent's selector, so it is kept.
_inherited: list[object] = []


def set_app_loop(loop: Loop, *, thread_id: int | None = None) -> None:
    """Register the loop on which everything runs.

    Registering the same loop again does nothing. A loop that is dead (closed, or
    stopped with its thread ended) may be replaced; what was bound to it is dropped.

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
    if loop.is_closed():
        raise LoopError("This event loop is closed. Give one that is open.")
    with now.lock:
        alive = now.alive()
        if alive is loop:
            return
        if alive is not None:
            raise LoopError(_other_loop())
        running = getattr(loop, "_thread_id", None)
        thread_id = thread_id or running or threading.get_ident()
        if now.loop is loop:
            now.thread_id = thread_id
            return
        drop_old = now.replace(loop, thread_id=thread_id)
    drop_old()


def _other_loop() -> str:
    return (
        "Another event loop is registered and alive. Close every library first, or "
        "call booru_nb.loop.forget_app_loop()."
    )


def get_app_loop() -> Loop:
    """Return the registered loop.

    Raises
    ------
    LoopError
        A `RuntimeError`: before a loop is set, and when it is closed.
    """
    loop = now.loop
    if loop is None:
        msg = "No event loop is set. Open a library first: bn.open() or bn.demo()."
        raise LoopError(msg)
    if loop.is_closed():
        raise LoopError("The event loop is closed. Open the library again: bn.open().")
    return loop


def forget_app_loop() -> None:
    """Register no loop any more, and drop what was bound to the last one.

    What still runs on it is cancelled, and ends with a `LoopError` for whoever waits
    for it. A background loop is stopped.

    Raises
    ------
    LoopError
        If this is called on the background loop's own thread.
    """
    with now.lock:
        if now.background is not None and on_app_thread():
            msg = "The background loop cannot be stopped from its own thread."
            raise LoopError(msg)
        drop_old = now.replace(None)
    drop_old()


def on_change(callback: Callable[[Loop], None]) -> None:
    """Have a function called with each loop that is no longer the registered one."""
    _listeners.append(callback)


def on_app_thread() -> bool:
    """Tell whether this is the thread that runs the registered loop."""
    return now.loop is not None and runs_here(now.loop, now.thread_id)


def kernel_loop() -> Loop | None:
    """Return the loop of the Jupyter kernel that runs this process, if one does."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kernel = getattr(shell, "kernel", None)
    # A forked process inherits the kernel's objects, but its loop is the parent's.
    session = getattr(kernel, "session", None)
    if getattr(session, "pid", os.getpid()) != os.getpid():
        return None
    io_loop = getattr(kernel, "io_loop", None)
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
    ArgumentError
        If there is no such kind.
    LoopError
        If another kind of loop is in use, or no kernel runs here.
    """
    if kind not in {None, "kernel", "background"}:
        msg = f"There is no loop {kind!r}. Use loop='kernel' or loop='background'."
        raise ArgumentError(msg)
    with now.lock:
        kernel = None if kind == "background" else kernel_loop()
        if kind == "kernel" and kernel is None:
            raise LoopError("No Jupyter kernel runs here. Use loop='background'.")
        alive = now.alive()
        if alive is not None:
            fits = (
                now.background is not None if kind == "background" else alive is kernel
            )
            if kind is not None and not fits:
                raise LoopError(_other_loop())
            return alive
        drop_old = _register(kernel)
        chosen = get_app_loop()
    drop_old()
    return chosen


def _register(kernel: Loop | None) -> Callable[[], None]:
    """Register the kernel's loop, or a new background loop where there is none."""
    if kernel is not None:
        return now.replace(kernel, thread_id=threading.main_thread().ident)
    background = BackgroundLoop()
    return now.replace(
        background.loop, thread_id=background.thread_id, background=background
    )


def _forget_after_fork() -> None:
    """Forget in a child process what only its parent can run."""
    _inherited.append(dataclasses.replace(now))
    now.loop = now.thread_id = now.background = None
    now.work = set()
    now.lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
