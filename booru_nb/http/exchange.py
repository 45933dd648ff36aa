"""A request sent, and its answer read: paced, tried again, and limited in size."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.http import pacing
from booru_nb.http.answering import answered, backoff, heed, is_final
from booru_nb.http.clients import loop_clients
from booru_nb.http.failures import ALWAYS, FailedError, no_answer, raise_alone
from booru_nb.http.messages import outgoing, read_body, whole

if TYPE_CHECKING:
    import httpx

    from booru_nb.errors import BooruError
    from booru_nb.http.hostclock import HostClock
    from booru_nb.http.loopclients import Kind
    from booru_nb.http.policy import Policy

# An answer that trickles in byte by byte never runs into the limit of one silence.
_WHOLE = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, and its body read in full."""

    response: httpx.Response
    body: bytes


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one attempt.

    `retries` is how many further attempts that is worth; `told` is whether the site
    said when to come again.
    """

    answer: Answer | None = None
    error: BooruError | None = None
    retries: int = 0
    told: bool = False


async def send(request: httpx.Request, policy: Policy) -> httpx.Response:
    """Send a request to a site, and return the final answer, read in full.

    Redirects are followed, each hop as guarded as the first. Answers that may be
    better next time (408, 425, 429, 5xx) and broken connections are tried again.

    Parameters
    ----------
    request : httpx.Request
        What to ask. A copy of it is sent, with the headers that it lacks.
    policy : Policy
        How this site is asked.

    Returns
    -------
    httpx.Response
        Of any status: what a status means is the adapter's to say.

    Raises
    ------
    AddressError
        If the address, or one that it redirects to, is private.
    UnreachableError
        If no answer came; `NoAnswerInTimeError` where it took too long.
    BadAnswerError
        If the answer is larger than the policy allows, or no proper HTTP.
    """
    ready = outgoing(request, policy)
    answer = await exchange("site", ready, policy, limit=policy.max_bytes)
    return whole(answer.response, answer.body)


async def exchange(
    kind: Kind, request: httpx.Request, policy: Policy, *, limit: int
) -> Answer:
    """Send a request until its answer is final, or the attempts are used up.

    Parameters
    ----------
    kind : {"site", "media"}
        On which client.
    request : httpx.Request
        As it goes out.
    policy : Policy
        How the site is asked.
    limit : int
        Bytes that the body may have after decompression.
    """
    clock = pacing.clock_of(request.url.netloc.decode("ascii"))
    for attempt in itertools.count():
        outcome = await _try(kind, request, policy, clock=clock, limit=limit)
        if attempt < min(outcome.retries, policy.retries):
            if not outcome.told:
                await asyncio.sleep(backoff(policy, attempt))
        elif outcome.answer is not None:
            return outcome.answer
        elif outcome.error is not None:
            raise_alone(outcome.error)
    raise AssertionError


async def _try(
    kind: Kind,
    request: httpx.Request,
    policy: Policy,
    *,
    clock: HostClock,
    limit: int,
) -> _Outcome:
    """Wait for this host's turn, and ask once."""
    mine = loop_clients()
    host = request.url.netloc.decode("ascii")
    async with mine.gate(host, policy.connections):
        await pacing.turn(clock, policy.rate, mine.queue(host))
        asked_at = time.time()
        try:
            answer = await _ask(kind, request, limit, seconds=policy.timeout * _WHOLE)
        except FailedError as failed:
            again = request.method in {"GET", "HEAD"}
            return _Outcome(error=failed.error, retries=failed.retries if again else 0)
    if is_final(answer.response.status_code):
        return _Outcome(answer)
    told = await heed(answer.response, clock, asked_at)
    return _Outcome(answer, retries=ALWAYS, told=told)


async def _ask(
    kind: Kind, request: httpx.Request, limit: int, *, seconds: float
) -> Answer:
    """Send a request once.

    Raises
    ------
    FailedError
        If no answer came, or none that can be read.
    """
    try:
        async with asyncio.timeout(seconds), answered(kind, request) as response:
            return Answer(response, await read_body(response, limit))
    except TimeoutError:
        failed = FailedError(no_answer(request.url.host))
    raise failed
