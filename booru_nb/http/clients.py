"""The shared clients: for each event loop one that asks sites, and one for files.

A client belongs to the loop that uses it. It is built at its first use: without a lock
where it exists, else under one lock for all, so that callers who race build one.
`aclose` closes all of the running loop, in order; the next use builds anew. A client
that a changed setting replaces stays with its loop until the last request on it has
ended, and is closed then, or with the others.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from booru_nb import loop as registry
from booru_nb.http.loopclients import Kind, LoopClients, SharedClient
from booru_nb.http.redaction import guard_logs
from booru_nb.http.setup import current_setup

if TYPE_CHECKING:
    from collections.abc import Coroutine

    import httpx

_lock = threading.Lock()
_loops: dict[asyncio.AbstractEventLoop, LoopClients] = {}
# What a fork inherits belongs to the parent: closing it would disturb the parent.
_inherited: list[object] = []


def site_client() -> httpx.AsyncClient:
    """Return the client for sites' answers, of the running loop.

    Off any loop it is that of the registered loop.
    """
    return shared_client("site").client


def media_client() -> httpx.AsyncClient:
    """Return the client for files, of the running loop.

    Off any loop it is that of the registered loop.
    """
    return shared_client("media").client


def shared_client(kind: Kind) -> SharedClient:
    """Return a client of this loop, built at its first use."""
    loop = _this_loop()
    mine = _loops.get(loop)
    if mine is not None:
        shared = mine.clients.get(kind)
        if shared is not None and shared.setup is current_setup():
            return shared
    return _build(kind, loop)


def loop_clients() -> LoopClients:
    """Return what belongs to this loop."""
    loop = _this_loop()
    mine = _loops.get(loop)
    if mine is not None:
        return mine
    with _lock:
        return _loops.setdefault(loop, LoopClients())


def _this_loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return registry.get_app_loop()


def _build(kind: Kind, loop: asyncio.AbstractEventLoop) -> SharedClient:
    """Build a client, unless somebody else did so just before."""
    # aiohttp takes a tenth of a second to import.
    from booru_nb.http import transport  # noqa: PLC0415  put off until it is needed

    with _lock:
        mine = _loops.setdefault(loop, LoopClients())
        shared = mine.clients.get(kind)
        if shared is not None and shared.setup is current_setup():
            return shared
        if shared is not None:
            mine.retired.append(shared)
        guard_logs()
        setup = current_setup()
        built = SharedClient(
            transport.build_client(setup, loop, files=kind == "media"), setup
        )
        mine.clients[kind] = built
    forget_closed_loops()
    return built


async def aclose() -> None:
    """Close every client of the running loop; the next use builds new ones."""
    with _lock:
        mine = _loops.pop(asyncio.get_running_loop(), None)
    if mine is not None:
        await mine.aclose()


def forget_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Drop the clients of a loop that is no longer used.

    They are closed at once where the loop is closed, and on the loop where it runs. A
    loop that is stopped may run again, so its clients are kept until it is closed.
    """
    if loop.is_running():
        loop.call_soon_threadsafe(_close_soon, loop)
    elif loop.is_closed():
        with _lock:
            mine = _loops.pop(loop, None)
        if mine is not None:
            _finish(mine.aclose())


def _close_soon(loop: asyncio.AbstractEventLoop) -> None:
    task = loop.create_task(aclose())
    # asyncio itself keeps only weak references to tasks.
    _closing.add(task)
    task.add_done_callback(_closing.discard)


_closing: set[asyncio.Task[None]] = set()


def forget_closed_loops() -> None:
    """Drop the clients of every loop that is closed."""
    for loop in list(_loops):
        if loop.is_closed():
            forget_loop(loop)


def _finish(coro: Coroutine[object, object, None]) -> None:
    """Run a coroutine that has nothing to wait for, since its loop is closed."""
    with suppress(StopIteration):
        coro.send(None)
    coro.close()


def _forget_after_fork() -> None:
    global _lock, _loops  # noqa: PLW0603  a child starts anew
    _inherited.append(_loops)
    _lock = threading.Lock()
    _loops = {}
    _closing.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
registry.on_change(forget_loop)
