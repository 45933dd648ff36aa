"""Connections to the network, made by aiohttp.

httpx's own pool looks at every waiting request for every connection that comes free,
which is slow where many wait.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from booru_nb.http.addresses import public_socket
from booru_nb.http.failures import read_failure

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

_KEPT_ALIVE = 30.0
_PIECE = 2**18
"""Bytes of a body that are handed on at once, as many as a socket gives at once; the
transport would cut them into pieces of 16 kB, each of which costs as much."""


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class Pool(AiohttpTransport):
    """Connections of aiohttp, as many as are asked for: how many is decided above.

    Parameters
    ----------
    proxy : str or None
        The address of a proxy.
    guarded : bool
        Whether only public addresses may be connected to.
    """

    def __init__(self, *, proxy: str | None, guarded: bool) -> None:
        super().__init__(
            verify=_certificates(),
            trust_env=False,
            proxy=httpx.Proxy(proxy) if proxy else None,
            client=self._session,
        )
        self._guarded = guarded

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,
            keepalive_timeout=_KEPT_ALIVE,
            ssl=self.ssl_context,
            socket_factory=public_socket if self._guarded else None,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )


class Body(httpx.AsyncByteStream):
    """An answer's body, whose failures are read where they happen.

    Parameters
    ----------
    stream : httpx.AsyncByteStream
        As it comes from the network.
    host : str
        Who sends it.
    """

    def __init__(self, stream: Any, host: str) -> None:  # noqa: ANN401  see below
        # An attribute that httpx-aiohttp's streams have beside httpx's interface.
        stream.CHUNK_SIZE = _PIECE
        self._stream = stream
        self._host = host

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the body, piece after piece."""
        try:
            async for piece in self._stream:
                yield piece
        except (httpx.HTTPError, aiohttp.ClientError, OSError) as error:
            failed = read_failure(error, self._host)
        else:
            return
        raise failed

    async def aclose(self) -> None:
        """Give the connection back, or close it where the body was not read whole."""
        await self._stream.aclose()
