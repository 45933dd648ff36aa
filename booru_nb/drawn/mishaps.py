"""What can go wrong with an answer of the demo booru.

Each of these functions gives an action: it is called with the application that would
have answered well. On a real socket a connection is really dropped; in process, where
there is none, the exception is raised that httpx would raise.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import httpx
from starlette.responses import HTMLResponse, JSONResponse, Response

from booru_nb.drawn.serving import ABORT, HANG_UP
from booru_nb.drawn.site import KEEP

if TYPE_CHECKING:
    import threading

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Action = Callable[["ASGIApp", "Scope", "Receive", "Send"], Awaitable[None]]
"""What happens instead of the plain answer of the application that it gets."""

TOO_MANY = 429
CHALLENGE = """<!DOCTYPE html>
<html lang="en"><head><title>Just a moment...</title></head>
<body><h1>Checking your browser</h1>
<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"""
LOOK_EVERY = 0.01  # seconds


def slow(seconds: float) -> Action:
    """Answer late."""

    async def act(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(seconds)
        await app(scope, receive, send)

    return act


def hold(gate: threading.Event) -> Action:
    """Answer when the gate is set, from whichever thread."""

    async def act(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        # The gate belongs to another thread or loop, so it can only be looked at.
        while not gate.is_set():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_EVERY)
        await app(scope, receive, send)

    return act


def instead(response: Response) -> Action:
    """Answer with something else."""

    async def act(_: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    return act


def refuse(
    status: int, *, retry_after: float | str | None = None, html: bool = False
) -> Action:
    """Answer with a status of failure, such as 429 or 503.

    Parameters
    ----------
    status : int
        The HTTP status.
    retry_after : float or str, optional
        Seconds or a date, sent as ``Retry-After``.
    html : bool
        Whether the body is a page, as of a gateway before the site, and not JSON.
    """
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if html:
        body = f"<html><body><h1>{status} downbooru</h1></body></html>"
        return instead(HTMLResponse(body, status, headers=headers))
    error = "RateLimiter::RateLimitError" if status == TOO_MANY else "StandardError"
    said = {"success": False, "error": error, "message": "Not now.", "backtrace": []}
    return instead(JSONResponse(said, status, headers=headers))


def challenge(*, status: int = 403) -> Action:
    """Answer with a page that wants to see a browser."""
    return instead(
        HTMLResponse(CHALLENGE, status, headers={"cf-mitigated": "challenge"})
    )


def broken_json(*, share: float = 0.6) -> Action:
    """Answer with the first part of the true JSON, as if it were the whole."""

    def change(response: Response) -> Response:
        return _with_body(
            response, bytes(response.body)[: int(len(response.body) * share)]
        )

    return _changed(change)


def spoil() -> Action:
    """Answer with as many bytes as there should be, of which one is wrong."""

    def change(response: Response) -> Response:
        body = bytearray(response.body)
        body[len(body) // 2] ^= 0xFF
        return _with_body(response, bytes(body))

    return _changed(change)


def short_page(*, keep: int) -> Action:
    """Answer with the first posts of a page only, as if the others had been hidden.

    What the answer says of how many posts there are stays as it is.
    """

    async def act(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[KEEP] = keep
        await app(scope, receive, send)

    return act


def empty_page() -> Action:
    """Answer with a page without posts."""
    return short_page(keep=0)


def cut(*, share: float = 0.5) -> Action:
    """Send the first part of the body, and close the connection."""

    async def act(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        response = await _captured(app, scope, receive)
        hang_up = scope.get("extensions", {}).get(HANG_UP)
        if hang_up is None:
            raise httpx.RemoteProtocolError("peer closed connection in mid-body")
        start: Message = {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": response.raw_headers,
        }
        await send(start)
        body = bytes(response.body)[: int(len(response.body) * share)]
        await send({"type": "http.response.body", "body": body, "more_body": True})
        hang_up()
        await _disconnected(receive)

    return act


def stall(gate: threading.Event, *, share: float = 0.5) -> Action:
    """Send the first part of the body, and the rest when the gate is set.

    In process, where a body comes as a whole, it is held back as a whole.
    """

    async def act(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        response = await _captured(app, scope, receive)
        start: Message = {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": response.raw_headers,
        }
        body = bytes(response.body)
        sent = int(len(body) * share)
        await send(start)
        await send(
            {"type": "http.response.body", "body": body[:sent], "more_body": True}
        )
        # The gate belongs to another thread or loop, so it can only be looked at.
        while not gate.is_set():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_EVERY)
        await send({"type": "http.response.body", "body": body[sent:]})

    return act


def drop() -> Action:
    """Reset the connection without a word."""

    async def act(_: ASGIApp, scope: Scope, receive: Receive, __: Send) -> None:
        abort = scope.get("extensions", {}).get(ABORT)
        if abort is None:
            raise httpx.ReadError("connection reset by peer")
        abort()
        await _disconnected(receive)

    return act


def _changed(change: Callable[[Response], Response]) -> Action:
    async def act(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        response = change(await _captured(app, scope, receive))
        await response(scope, receive, send)

    return act


def _with_body(response: Response, body: bytes) -> Response:
    return Response(
        body, response.status_code, media_type=response.headers.get("content-type")
    )


async def _captured(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Return what the application answers."""
    started: dict[str, Any] = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    response = Response(b"".join(parts), started["status"])
    response.raw_headers = list(started["headers"])
    return response


async def _disconnected(receive: Receive) -> None:
    """Return when the server has seen that the connection is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
