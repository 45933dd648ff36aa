"""Thumbnails: from memory, else from disk, else from the site, and each only once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from booru_nb import http
from booru_nb.errors import MediaError
from booru_nb.media import memory as memories
from booru_nb.media.batches import Batches
from booru_nb.media.cache import DiskCache, Item
from booru_nb.media.picture import Picture, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 4 * 2**20
"""Larger than any thumbnail, and most samples."""


# A thread that writes beside the loop slows it down, so it begins a while later.
_PATIENCE = 1.0
# Bytes that may wait to be written: what begins a batch, and what is not cached.
_MUCH = 16 * 2**20
_TOO_MUCH = 4 * _MUCH


class _Flight:
    """A picture that is being had, and how many wait for it."""

    def __init__(self, task: asyncio.Task[Picture]) -> None:
        self.task = task
        self.waiters = 0


class _Desk:
    """What `Thumbnails` needs of one event loop."""

    def __init__(self, cache: DiskCache) -> None:
        self.flights: dict[tuple[str, http.Policy], _Flight] = {}
        self.reads: Batches[str, bytes | None] = Batches(cache.get_many)
        self.writes: Batches[Item, bool] = Batches(
            cache.put_many, patience=_PATIENCE, most=2048
        )
        self.writing: set[asyncio.Future[bool]] = set()
        self._waiting = 0

    def write(self, item: Item) -> asyncio.Future[bool]:
        """Have a file written in a while."""
        future = self.writes.ask(item)
        size = len(item.data)
        self._waiting += size
        self.writing.add(future)
        future.add_done_callback(lambda _: self._written(future, size))
        return future

    def _written(self, future: asyncio.Future[bool], size: int) -> None:
        self.writing.discard(future)
        self._waiting -= size

    def write_if_possible(self, item: Item) -> None:
        """Have a file written in a while, unless the disk is too slow for that."""
        if self._waiting < _TOO_MUCH:
            self.write(item)
        if self._waiting > _MUCH:
            self.writes.begin()


class Thumbnails:
    """Thumbnails by their address.

    What was fetched is written to disk about a second later; `flush` waits for it.

    Parameters
    ----------
    cache : DiskCache, optional
        The files on disk (default: those in the package's cache folder).
    memory : Memory, optional
        The pictures in memory (default: what this process shares).
    """

    def __init__(
        self, cache: DiskCache | None = None, *, memory: memories.Memory | None = None
    ) -> None:
        self._cache = DiskCache() if cache is None else cache
        self._memory = memories.shared if memory is None else memory
        self._desks: dict[asyncio.AbstractEventLoop, _Desk] = {}

    async def get(
        self, url: str, policy: http.Policy, *, keep: str | None = None
    ) -> Picture:
        """Return a thumbnail, fetched from the site only if it is nowhere here.

        Whoever asks for one that is being fetched waits for the same answer. It is
        given up when the last of them is cancelled.

        Parameters
        ----------
        url : str
            Its address.
        policy : Policy
            How its site is asked.
        keep : str, optional
            The id of a library that keeps it on disk, so that it can be seen offline.

        Raises
        ------
        MediaError
            If what came is not a picture, or one too large.
        BooruError
            Whatever else `booru_nb.http.fetch` raises.
        """
        picture = self._memory.get(url)
        if picture is None:
            picture = await self._join(url, policy)
        if keep is not None:
            desk = self._desk()
            writing = desk.write(Item(url, picture.data, keep))
            desk.writes.begin()
            await writing
        return picture

    async def cached(self, url: str) -> Picture | None:
        """Return a thumbnail that is in memory or on disk; None where it is not."""
        picture = self._memory.get(url)
        if picture is None:
            picture = self._proven(url, await self._desk().reads.ask(url))
        return picture

    async def keep(self, urls: Iterable[str], library_id: str) -> list[str]:
        """Keep cached thumbnails for a library, and return the addresses of the others.

        Raises
        ------
        ArgumentError
            If the library's id has other characters than letters, digits, - and _.
        """
        await self.flush()
        return await asyncio.to_thread(self._cache.keep, list(urls), library_id)

    async def release(self, urls: Iterable[str], library_id: str) -> None:
        """Keep thumbnails no longer for a library.

        Raises
        ------
        ArgumentError
            If the library's id has other characters than letters, digits, - and _.
        """
        await self.flush()
        await asyncio.to_thread(self._cache.release, list(urls), library_id)

    async def flush(self) -> None:
        """Wait until what was fetched is on disk."""
        desk = self._desk()
        if desk.writing:
            desk.writes.begin()
            await asyncio.wait(list(desk.writing))

    def _desk(self) -> _Desk:
        loop = asyncio.get_running_loop()
        desk = self._desks.get(loop)
        if desk is None:
            for other in [other for other in self._desks if other.is_closed()]:
                del self._desks[other]
            desk = self._desks[loop] = _Desk(self._cache)
        return desk

    async def _join(self, url: str, policy: http.Policy) -> Picture:
        """Wait for a picture together with whoever else does."""
        flights = self._desk().flights
        key = url, policy
        flight = flights.get(key)
        if flight is None:
            flight = flights[key] = _Flight(
                asyncio.create_task(self._have(url, policy))
            )
        flight.waiters += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if not flight.waiters:
                flight.task.cancel()
                if flights.get(key) is flight:
                    del flights[key]

    async def _have(self, url: str, policy: http.Policy) -> Picture:
        desk = self._desk()
        if not self._cache.lacks(url):
            picture = self._proven(url, await desk.reads.ask(url))
            if picture is not None:
                return picture
        download = await http.fetch(url, policy, max_bytes=MOST_BYTES)
        picture = read_picture(download.data, sender=repr(urlsplit(url).hostname))
        self._memory.put(url, picture)
        desk.write_if_possible(Item(url, picture.data))
        return picture

    def _proven(self, url: str, data: bytes | None) -> Picture | None:
        """Return what the disk gave, if it gave a picture, and hold it in memory."""
        if data is None:
            return None
        try:
            picture = read_picture(data)
        except MediaError:
            return None
        self._memory.put(url, picture)
        return picture
