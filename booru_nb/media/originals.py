"""Originals: fetched whole and proven, each only once, however many want it."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from booru_nb import http
from booru_nb.errors import (
    BadAnswerError,
    BooruError,
    DiskFullError,
    UnreachableError,
)
from booru_nb.media.batches import Batches
from booru_nb.media.part import Part
from booru_nb.media.patience import Patience
from booru_nb.media.receiving import Receiving, Wanted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from pathlib import Path

    from booru_nb.media.formats import Format

RETRIES = 8
"""Further attempts at a file: of one host's answers a quarter may fail."""

CONNECTIONS = 24
"""Files at once from a host that wants no pacing."""


@dataclass(slots=True)
class Fetched:
    """A whole file, under a name that it does not keep.

    Attributes
    ----------
    path : Path
        Where it is.
    size : int
        Bytes.
    md5, sha256 : str
        In hexadecimal.
    format : Format or None
        What it is; None where that is unknown.
    placed : bool
        Whether a final name stands for this very file, so that others need copies.
    """

    path: Path
    size: int
    md5: str
    sha256: str
    format: Format | None
    placed: bool = False


class _Flight:
    """A file that is being had, and how many wait for it."""

    def __init__(self, wanted: Wanted, part: Part) -> None:
        self.wanted = wanted
        self.part = part
        self.waiters = 0
        self.task: asyncio.Task[Fetched]


class _Desk:
    """What `Originals` needs of one event loop."""

    def __init__(self) -> None:
        self.flights: dict[str, _Flight] = {}
        self.discards: Batches[Part, Part] = Batches(_discard)


def _discard(parts: list[Part]) -> list[Part]:
    for part in parts:
        part.discard()
    return parts


class Originals:
    """Files that are being fetched; whoever asks for one of them waits for the same."""

    def __init__(self) -> None:
        self._desks: dict[asyncio.AbstractEventLoop, _Desk] = {}

    @asynccontextmanager
    async def fetched(
        self,
        wanted: Wanted,
        *,
        patience: Patience | None = None,
        begun: Collection[str] = (),
        came: Callable[[int], None] = lambda _size: None,
    ) -> AsyncIterator[Fetched]:
        """Fetch a file, and give it while the block runs.

        Parameters
        ----------
        wanted : Wanted
            Which. Files of one md5 are one file, whatever their addresses.
        patience : Patience, optional
            What decides whether its host is asked again (default: a new one).
        begun : collection of str
            The keys of parts that an earlier run has left, which are gone on with.
        came : callable
            Told of bytes as they come.

        Raises
        ------
        MediaError
            If what comes is not the file.
        FileError
            If it cannot be written; `DiskFullError` where there is no room.
        BooruError
            Whatever else `booru_nb.http.transfer` raises.
        """
        patience = patience or Patience()
        while True:
            flight = self._join(wanted, patience, begun, came)
            try:
                got = await asyncio.shield(flight.task)
            except BooruError:
                await self._leave(flight)
                if flight.wanted.url == wanted.url:
                    raise
                continue  # the same file at another address may be had
            except asyncio.CancelledError:
                await self._leave(flight)
                raise
            break
        try:
            yield got
        finally:
            await self._leave(flight)

    def _join(
        self,
        wanted: Wanted,
        patience: Patience,
        begun: Collection[str],
        came: Callable[[int], None],
    ) -> _Flight:
        flights = self._desk().flights
        key = key_of(wanted)
        flight = flights.get(key)
        if flight is None or flight.task.cancelling():
            part = Part(wanted.folder, key)
            flight = flights[key] = _Flight(wanted, part)
            work = _fetch(wanted, part, patience, resume=key in begun, came=came)
            flight.task = asyncio.create_task(work)
        flight.waiters += 1
        return flight

    def _desk(self) -> _Desk:
        loop = asyncio.get_running_loop()
        desk = self._desks.get(loop)
        if desk is None:
            for other in [other for other in self._desks if other.is_closed()]:
                del self._desks[other]
            desk = self._desks[loop] = _Desk()
        return desk

    async def _leave(self, flight: _Flight) -> None:
        flight.waiters -= 1
        if flight.waiters:
            return
        desk = self._desk()
        key = key_of(flight.wanted)
        if desk.flights.get(key) is flight:
            del desk.flights[key]
        if not flight.task.done():
            flight.task.cancel()
            await asyncio.wait([flight.task])
        elif not flight.task.cancelled() and flight.task.exception() is None:
            await asyncio.shield(desk.discards.ask(flight.part))


def key_of(wanted: Wanted) -> str:
    """Return what a file is known by while it is had."""
    address = wanted.url.encode("utf-8", "surrogatepass")
    return wanted.md5 or hashlib.sha256(address).hexdigest()


async def _fetch(
    wanted: Wanted,
    part: Part,
    patience: Patience,
    *,
    resume: bool,
    came: Callable[[int], None],
) -> Fetched:
    refusal = patience.refusal(wanted.url)
    if refusal is not None:
        raise UnreachableError(refusal)
    receiving = Receiving(wanted, part, patience, came)
    discard = False
    whole = False
    try:
        if resume and await receiving.is_whole():
            await receiving.prove()
        else:
            await http.transfer(wanted.url, _eager(wanted.policy), receiving)
        whole = True
    except (BadAnswerError, DiskFullError):
        discard = True
        raise
    finally:
        if not whole:
            await receiving.close(discard=discard)
    return Fetched(part.path, part.size, part.md5, part.sha256, receiving.format)


def _eager(policy: http.Policy) -> http.Policy:
    """Return how a site is asked for many large files."""
    at_once = (
        policy.connections if policy.rate else max(policy.connections, CONNECTIONS)
    )
    return replace(policy, retries=max(policy.retries, RETRIES), connections=at_once)
