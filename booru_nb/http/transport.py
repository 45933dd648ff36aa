"""The one factory of clients, and the way that their requests take.

A request goes to an app of this process, where one is registered for its host, or to
the network through aiohttp. There are two pools of connections: one whose sockets are
made for public addresses only, and one for the hosts of sites that were added as
private; so a connection of the one kind never serves a request of the other.

This module is imported when the first client is built, for it imports aiohttp.
"""

from __future__ import annotations

import asyncio
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx

from booru_nb.errors import AddressError, BooruError, LoopError
from booru_nb.http.addresses import PRIVATE_HOST, check_host
from booru_nb.http.apps import app_of
from booru_nb.http.failures import FailedError, cut_off, no_answer, read_failure
from booru_nb.http.pools import Body, Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from booru_nb.http.setup import Setup

_REDIRECTS = 5


def build_client(
    setup: Setup, loop: asyncio.AbstractEventLoop, *, files: bool
) -> httpx.AsyncClient:
    """Build a client for an event loop; it connects to nothing yet.

    Parameters
    ----------
    setup : Setup
        The proxy, where there is one.
    loop : asyncio.AbstractEventLoop
        The one on which the client will be used.
    files : bool
        Whether it is for files, of which there are many.
    """
    kind = FileClient if files else httpx.AsyncClient
    return kind(
        transport=Router(setup.proxy, loop),
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        # A jar that accepts nothing from anyone.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    )


class FileClient(httpx.AsyncClient):
    """A client whose streamed requests go straight to the transport.

    What a client does beside (cookies, authentication, hooks) takes longer than a
    small file does, and files need none of it.
    """

    async def send(
        self,
        request: httpx.Request,
        *,
        stream: bool = False,
        **rest: Any,  # noqa: ANN401  what httpx adds
    ) -> httpx.Response:
        """Send a request, and follow redirects where its answer is streamed."""
        if not stream or self.is_closed:
            return await super().send(request, stream=stream, **rest)
        for _ in range(self.max_redirects + 1):
            response = await self._transport.handle_async_request(request)
            response.request = request
            if not response.has_redirect_location:
                return response
            await response.aclose()
            request = _redirected(request, response)
        raise httpx.TooManyRedirects("Too many redirects.", request=request)


def _redirected(request: httpx.Request, response: httpx.Response) -> httpx.Request:
    headers = [item for item in request.headers.items() if item[0] != "host"]
    return httpx.Request(
        request.method,
        request.url.join(response.headers["location"]),
        headers=headers,
        extensions=request.extensions,
    )


class Router(httpx.AsyncBaseTransport):
    """Sends each request, and each hop of a redirect, where it may go.

    Parameters
    ----------
    proxy : str or None
        The address of a proxy for all that leaves this process.
    loop : asyncio.AbstractEventLoop
        The only loop on which this may be used.
    """

    def __init__(self, proxy: str | None, loop: asyncio.AbstractEventLoop) -> None:
        self._proxy = proxy
        self._loop = loop
        self._pools: dict[bool, Pool] = {}
        self._closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, and return the answer with its body still to come.

        Raises
        ------
        FailedError
            If there is none.
        LoopError
            If this is not the loop that the client belongs to.
        """
        if asyncio.get_running_loop() is not self._loop:
            raise LoopError("This client belongs to another event loop.")
        host = request.url.raw_host.decode("ascii")
        try:
            response = await self._answer(request, host)
        except BooruError as error:
            failed = FailedError(error)
        except (httpx.HTTPError, aiohttp.ClientError, OSError) as error:
            failed = read_failure(error, host)
        else:
            return _without_body(response) if response.is_redirect else response
        raise failed

    async def _answer(self, request: httpx.Request, host: str) -> httpx.Response:
        if request.url.scheme not in {"http", "https"}:
            msg = f"Only http and https are spoken here, not {request.url.scheme!r}."
            raise AddressError(msg)
        app = app_of(host)
        if app is not None:
            return await _ask_app(app, request, host)
        private = request.extensions.get(PRIVATE_HOST) == host
        if not private:
            check_host(host)
        # The body of a redirected request would else be sent as an empty stream.
        await request.aread()
        response = await self._pool(guarded=not private).handle_async_request(request)
        stream: Any = response.stream
        response.stream = Body(stream, host)
        return response

    def _pool(self, *, guarded: bool) -> Pool:
        if self._closed:
            raise FailedError(cut_off())
        # The one address that is connected to is then the proxy's, which may be local.
        guarded = guarded and self._proxy is None
        pool = self._pools.get(guarded)
        if pool is None:
            pool = self._pools[guarded] = Pool(proxy=self._proxy, guarded=guarded)
        return pool

    async def aclose(self) -> None:
        """Close both pools."""
        self._closed = True
        while self._pools:
            _, pool = self._pools.popitem()
            await pool.aclose()


async def _ask_app(
    app: httpx.ASGITransport, request: httpx.Request, host: str
) -> httpx.Response:
    seconds = request.extensions.get("timeout", {}).get("read")
    try:
        async with asyncio.timeout(seconds):
            return await app.handle_async_request(request)
    except TimeoutError:
        raise no_answer(host) from None


def _without_body(response: httpx.Response) -> httpx.Response:
    """Return a redirect without its body, which may be of any size."""
    headers = [
        (name, value)
        for name, value in response.headers.raw
        if name.lower() not in {b"content-encoding", b"content-length"}
    ]
    return httpx.Response(
        response.status_code,
        headers=headers,
        stream=_Dropped(response),
        extensions=response.extensions,
    )


class _Dropped(httpx.AsyncByteStream):
    """The body of a redirect: nothing, and the connection is closed."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield nothing."""
        for piece in list[bytes]():
            yield piece

    async def aclose(self) -> None:
        """Close what was not read."""
        stream: Any = self._response.stream
        await stream.aclose()
