"""Serve an ASGI app on a real socket of this machine, from a thread of its own."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

ABORT = "booru_nb.abort"
"""The scope's extension by which an app resets its connection."""

HANG_UP = "booru_nb.hang_up"
"""The one by which it closes the connection, after what was sent has arrived."""

PATIENCE = 5.0
"""Seconds that open requests may take when the server ends."""


class AbortableProtocol(H11Protocol):
    """HTTP/1.1 whose app may end the connection: ``scope["extensions"][ABORT]()``."""

    def handle_events(self) -> None:
        """Offer both ends to each request's app."""
        super().handle_events()
        if self.scope is not None:
            extensions: dict[str, Any] = self.scope.setdefault("extensions", {})
            extensions.setdefault(ABORT, self.transport.abort)
            extensions.setdefault(HANG_UP, self.transport.close)


@contextmanager
def serve(app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve an app while the block runs, and give its address.

    Parameters
    ----------
    app : ASGI application
        What to serve.
    host : str
        The address to listen on.
    port : int
        Where 0 takes a free one.

    Yields
    ------
    str
        The address, such as ``http://127.0.0.1:40123``.

    Raises
    ------
    OSError
        If the port is taken.
    """
    listener = socket.create_server((host, port))
    # Head and body are sent one after the other; the second would wait until the first
    # is acknowledged, which takes 40 ms. (asyncio sets it on sockets of its own only.)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    bound = listener.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=AbortableProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(
        target=server.run, args=([listener],), name="booru_nb demo", daemon=True
    )
    thread.start()
    try:
        yield f"http://{host}:{bound}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()
