"""Files of any size, received piece after piece, and gone on with where they broke off.

What was received stays with a `Receiver`. An attempt that follows asks for the rest
only, and the server sends it (206), or the file from its beginning (200), or says that
there is no such part (416). A part that cannot be told from one of another version is
not gone on with.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from booru_nb.errors import BadAnswerError, MediaError, NoAnswerInTimeError
from booru_nb.http import pacing
from booru_nb.http.answering import answered, backoff, heed, is_final
from booru_nb.http.clients import loop_clients
from booru_nb.http.failures import ALWAYS, FailedError, no_answer, raise_alone
from booru_nb.http.files import file_request, refusal

if TYPE_CHECKING:
    from booru_nb.errors import BooruError
    from booru_nb.http.hostclock import HostClock
    from booru_nb.http.messages import QuietRequest
    from booru_nb.http.policy import Policy

_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)")
_PATIENCE = 60.0
"""Seconds after which a file that hardly comes is given up, and asked for again."""
_SLOWEST = 1024
"""Bytes a second that count as coming."""
_SILENCES = 2
"""Further attempts after an answer that did not come in time."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer says of a file before it sends it.

    Attributes
    ----------
    host : str
        Who sends it.
    start : int
        The first byte that comes, counted from 0.
    total : int or None
        Bytes of the whole file; None where it is not said.
    validator : str or None
        What tells this version of the file from others: a strong ``ETag``, or else
        when it was last changed.
    """

    host: str
    start: int
    total: int | None
    validator: str | None


class Receiver(Protocol):
    """Where a file goes.

    Any of its methods may raise `MediaError` where what came is not the file, which is
    then asked for again, and any other error to end the transfer.
    """

    async def wanted(self) -> tuple[int, str | None]:
        """Return the first byte that is wanted, and the validator of those before."""

    async def begin(self, head: Head) -> None:
        """Make ready for the bytes from `head.start` on."""

    async def take(self, piece: bytes) -> None:
        """Take the next bytes."""

    async def end(self) -> None:
        """See to it that the file is whole."""

    async def restart(self) -> None:
        """Forget all that came."""

    def goes_on(self, error: BooruError) -> bool:
        """Note an attempt that failed, and tell whether there may be another."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """An attempt that failed, and how many more that is worth at most.

    `told` is whether the site said when to come again.
    """

    error: BooruError
    retries: int = 0
    told: bool = False


async def transfer(url: str, policy: Policy, receiver: Receiver) -> None:
    """Fetch a file of any size.

    Parameters
    ----------
    url : str
        Its address.
    policy : Policy
        How its site is asked.
    receiver : Receiver
        Where it goes.

    Raises
    ------
    AddressError
        If the address, or one that it redirects to, is private, or is none.
    UnreachableError
        If no answer came; `NoAnswerInTimeError` where it took too long.
    SiteError
        If the answer is not the file; see `booru_nb.http.fetch`.
    BooruError
        Whatever else the receiver raises.
    """
    plain = file_request(url, policy)
    clock = pacing.clock_of(plain.url.netloc.decode("ascii"))
    for attempt in itertools.count():
        request = await _ranged(plain, policy, receiver)
        failure = await _try(request, policy, receiver, clock)
        if failure is None:
            return
        worth = attempt < min(failure.retries, policy.retries)
        if not receiver.goes_on(failure.error) or not worth:
            raise_alone(failure.error)
        if not failure.told:
            await asyncio.sleep(backoff(policy, attempt))


async def _ranged(
    plain: QuietRequest, policy: Policy, receiver: Receiver
) -> QuietRequest:
    start, validator = await receiver.wanted()
    if not start:
        return plain
    headers = {"Range": f"bytes={start}-"}
    if validator is not None:
        headers["If-Range"] = validator
    return file_request(str(plain.url), policy, **headers)


async def _try(
    request: QuietRequest, policy: Policy, receiver: Receiver, clock: HostClock
) -> _Failure | None:
    """Wait for this host's turn, and ask once; None where the file is whole now."""
    mine = loop_clients()
    host = request.url.netloc.decode("ascii")
    async with mine.gate(host, policy.connections):
        await pacing.turn(clock, policy.rate, mine.queue(host))
        asked_at = time.time()
        try:
            async with answered("media", request) as response:
                refused = await _receive(request, response, receiver)
            if refused is None:
                await receiver.end()
                return None
        except MediaError as error:
            return _Failure(error, ALWAYS)
        except FailedError as failed:
            return _of(failed)
    if is_final(response.status_code):
        return refused
    return replace(refused, told=await heed(response, clock, asked_at))


def _of(failed: FailedError) -> _Failure:
    silent = isinstance(failed.error, NoAnswerInTimeError)
    return _Failure(failed.error, _SILENCES if silent else failed.retries)


async def _receive(
    request: QuietRequest, response: httpx.Response, receiver: Receiver
) -> _Failure | None:
    """Hand over what an answer brings, or return why it brings nothing."""
    status = response.status_code
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        await receiver.restart()
        error: BooruError = refusal(response.url.host, status)
        return _Failure(error, retries=ALWAYS, told=True)
    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        again = 0 if is_final(status) else ALWAYS
        return _Failure(refusal(response.url.host, status), retries=again)
    await receiver.begin(_head(request, response))
    await _pour(response, receiver)
    return None


async def _pour(response: httpx.Response, receiver: Receiver) -> None:
    began = time.monotonic()
    size = 0
    stream: Any = response.stream
    async for piece in stream:
        size += len(piece)
        await receiver.take(piece)
        waited = time.monotonic() - began
        if waited > _PATIENCE and size < waited * _SLOWEST:
            raise FailedError(no_answer(response.url.host))


def _head(request: QuietRequest, response: httpx.Response) -> Head:
    """Read what stands before a file.

    Raises
    ------
    BadAnswerError
        If the file is compressed, unasked.
    MediaError
        If it is not the part that was asked for.
    """
    headers, host = response.headers, response.url.host
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity"}:
        raise BadAnswerError(f"{host!r} sent a file compressed as {encoding[:40]!r}.")
    length = headers.get("content-length", "")
    total = int(length) if length.isdecimal() and len(length) < 16 else None  # noqa: PLR2004  digits of a petabyte
    start = 0
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        part = _RANGE.fullmatch(headers.get("content-range", "").strip())
        if part is None or f"bytes={part[1]}-" != request.headers.get("range"):
            raise MediaError(f"{host!r} sent another part of the file than was asked.")
        start = int(part[1])
        total = int(part[2]) if part[2] != "*" else None
    return Head(host, start, total, _validator(headers))


def _validator(headers: httpx.Headers) -> str | None:
    tag: str | None = headers.get("etag")
    if tag is not None and not tag.startswith("W/"):
        return tag
    changed: str | None = headers.get("last-modified")
    return changed
