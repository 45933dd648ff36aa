"""Sites on real sockets that answer what a test tells them to."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from booru_nb import http
from booru_nb.drawn.serving import ABORT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    import httpx
    from starlette.types import Receive, Scope, Send

T = TypeVar("T")

LOCAL = http.Policy(rate=None, allow_private=True, backoff=0.0, timeout=10.0)
"""Asks a site on this machine, and does not wait in between."""

FINE = JSONResponse({"fine": True})


class Doing(Response):
    """No answer: what the site does instead."""

    def __init__(self, act: Callable[[Scope], Awaitable[None]]) -> None:
        super().__init__()
        self._act = act

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive, send
        await self._act(scope)


async def _hang_up(scope: Scope) -> None:
    scope["extensions"][ABORT]()


HANG_UP = Doing(_hang_up)


class Site:
    """An ASGI app that answers from a list, and remembers what it was asked.

    The last answer is given for ever.
    """

    def __init__(self, *answers: Response) -> None:
        self._answers = answers or (FINE,)
        self.asked: list[Request] = []

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.url.path for request in self.asked]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = min(len(self.asked), len(self._answers) - 1)
        self.asked.append(Request(scope))
        await self._answers[number](scope, receive, send)


class Redirect(Response):
    """An answer that sends on to an address."""

    def __init__(self, to: str, status: int = 302) -> None:
        super().__init__(status_code=status, headers={"location": to})


def on_a_loop(main: Callable[[], Coroutine[object, object, T]]) -> T:
    """Run a coroutine function on a loop of its own, and close its clients."""

    async def whole() -> T:
        try:
            return await main()
        finally:
            await http.aclose()

    return asyncio.run(whole())


def ask(url: str, policy: http.Policy = LOCAL, **headers: str) -> httpx.Response:
    """Send one request, and return its answer."""
    import httpx  # noqa: PLC0415  as late as the package does

    request = httpx.Request("GET", url, headers=headers)
    return on_a_loop(lambda: http.send(request, policy))


@contextmanager
def talking(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> Iterator[str]:
    """Serve raw TCP while the block runs, from a thread, and give its address.

    A connection is closed when its talk is over.
    """
    loop = asyncio.new_event_loop()
    started = threading.Event()
    stopped = asyncio.Event()
    bases: list[str] = []

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError):
            try:
                await talk(reader, writer)
            finally:
                writer.close()
                await writer.wait_closed()

    async def serve() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        bases.append(f"http://127.0.0.1:{port}")
        started.set()
        await stopped.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    started.wait()
    try:
        yield bases[0]
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        loop.close()


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """Serve the same bytes for every request, and then hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    with talking(talk) as base:
        yield base
