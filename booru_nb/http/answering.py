"""One answer of a shared client, and what goes wrong while it comes."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx

from booru_nb.http import pacing
from booru_nb.http.clients import loop_clients, shared_client
from booru_nb.http.failures import FailedError, cut_off, read_failure

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from booru_nb.http.hostclock import HostClock
    from booru_nb.http.loopclients import Kind
    from booru_nb.http.policy import Policy

_TOO_MANY = 429
_AGAIN = frozenset({408, 425, _TOO_MANY})
_LONGEST_BACKOFF = 30.0


@asynccontextmanager
async def answered(kind: Kind, request: httpx.Request) -> AsyncIterator[httpx.Response]:
    """Send a request, and give its answer, whose body is still to come.

    Parameters
    ----------
    kind : {"site", "media"}
        On which client.
    request : httpx.Request
        As it goes out.

    Raises
    ------
    FailedError
        If no answer comes, or it breaks off inside the block.
    """
    shared = shared_client(kind)
    shared.users += 1
    try:
        response = await shared.client.send(request, stream=True)
        try:
            yield response
        finally:
            await response.aclose()
    except FailedError as error:
        failed = error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        failed = read_failure(error, request.url.host)
    else:
        return
    finally:
        shared.users -= 1
        await loop_clients().close_idle()
    raise FailedError(cut_off()) if shared.closed else failed


def is_final(status: int) -> bool:
    """Tell whether asking again would be answered with the same status."""
    return status not in _AGAIN and status < httpx.codes.INTERNAL_SERVER_ERROR


async def heed(response: httpx.Response, clock: HostClock, asked_at: float) -> bool:
    """Leave a host alone as its refusal asks; return whether it said for how long."""
    pause = pacing.retry_after(response.headers.get("retry-after"))
    halve = response.status_code == _TOO_MANY
    if pause or halve:
        await pacing.slow_down(clock, pause, asked_at, halve=halve)
    return bool(pause)


def backoff(policy: Policy, attempt: int) -> float:
    """Return the seconds to wait before a further attempt: full jitter."""
    longest = min(policy.backoff * 2**attempt, _LONGEST_BACKOFF)
    return random.uniform(0, longest)  # noqa: S311  nothing secret hangs on it
