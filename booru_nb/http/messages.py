"""Requests as they go out, and answers as they are read."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import httpx

from booru_nb import settings
from booru_nb.errors import BadAnswerError
from booru_nb.http.addresses import PRIVATE_HOST
from booru_nb.http.failures import FailedError
from booru_nb.http.redaction import redact
from booru_nb.http.setup import current_setup

if TYPE_CHECKING:
    from booru_nb.http.policy import Policy

# One layer, since two can blow a few bytes up to gigabytes before they are counted.
_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})


class QuietRequest(httpx.Request):
    """A request whose repr shows no key."""

    def __repr__(self) -> str:
        return redact(super().__repr__())


def outgoing(request: httpx.Request, policy: Policy) -> QuietRequest:
    """Return a copy of a request, with the headers and limits that it lacks.

    Parameters
    ----------
    request : httpx.Request
        As an adapter made it.
    policy : Policy
        How its site is asked.
    """
    headers = {
        "Accept": "application/json, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        **introduction(policy),
    }
    given = request.headers
    added = [item for item in headers.items() if item[0] not in given]
    return QuietRequest(
        request.method,
        request.url,
        headers=[*given.multi_items(), *added],
        content=request.read() or None,
        extensions=request.extensions | extensions(request.url, policy),
    )


def whole(response: httpx.Response, body: bytes) -> httpx.Response:
    """Return a response that needs no reading, and no decompression, any more."""
    dropped = {b"content-encoding", b"content-length", b"transfer-encoding"}
    raw = response.headers.raw
    return httpx.Response(
        response.status_code,
        headers=[item for item in raw if item[0].lower() not in dropped],
        content=body,
        request=response.request,
        history=response.history,
        extensions=response.extensions,
    )


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """Read an answer's body, decompressed, up to a limit.

    Parameters
    ----------
    response : httpx.Response
        The answer, its body unread.
    limit : int
        Bytes after decompression.

    Raises
    ------
    FailedError
        If it is larger, or compressed in a way that was not offered.
    """
    host = response.url.host
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        msg = f"{host!r} sent an answer compressed as {encoding[:40]!r}, unasked."
        raise FailedError(BadAnswerError(msg))
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and float(announced) > limit:
        raise FailedError(_too_large(host, limit))
    pieces = []
    size = 0
    # An answer's own ways to iterate nest four deep, for what is not needed here.
    plain = encoding in {"", "identity"}
    stream: Any = response.stream if plain else response.aiter_bytes()
    async for piece in stream:
        size += len(piece)
        if size > limit:
            raise FailedError(_too_large(host, limit))
        pieces.append(piece)
    return b"".join(pieces)


def _too_large(host: str, limit: int) -> BadAnswerError:
    return BadAnswerError(
        f"{host!r} sent more than {limit:,} bytes, which is too much."
    )


@functools.lru_cache(maxsize=64)
def _agent(base: str | None, user: str | None) -> str:
    if base is None:
        return settings.user_agent(user)
    return f"{base} (by {user})" if user else base


def introduction(policy: Policy) -> dict[str, str]:
    """Return the headers that say who asks, and from where."""
    agent = {"User-Agent": _agent(current_setup().user_agent, policy.user)}
    return agent | {"Referer": policy.referer} if policy.referer else agent


def extensions(url: httpx.URL, policy: Policy) -> dict[str, object]:
    """Return the limits of a request, and the host that may be private."""
    seconds = policy.timeout
    limits = {"connect": seconds, "read": seconds, "write": seconds, "pool": None}
    own = policy.private_host or url.raw_host.decode("ascii")
    private = own if policy.allow_private else None
    return {"timeout": limits, PRIVATE_HOST: private}
