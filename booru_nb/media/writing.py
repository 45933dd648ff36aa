"""Bytes on their way to a part: gathered on the loop, written in a thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from booru_nb.media.disk import disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.media.part import Part

R = TypeVar("R")

_PIECE = 2**20
"""Bytes that are worth a hop to a thread: most files are fewer, and take one hop."""

_TOO_MUCH = 2**22
"""Bytes that may wait."""

_SOON = 0.2
"""Seconds after which fewer bytes are written, too."""


class Writing:
    """What waits to be written to a part. One write is under way at a time.

    Parameters
    ----------
    part : Part
        Where it goes.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []
        self._size = 0
        self._job: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def add(self, piece: bytes) -> None:
        """Take bytes; wait where the disk is slower than the network."""
        self._waiting.append(piece)
        self._size += len(piece)
        if self._job is None:
            self._begin_or_wait()
        elif self._size > _TOO_MUCH:
            await self.drain()

    def forget(self) -> None:
        """Forget what is not written yet."""
        self._waiting, self._size = [], 0
        self._stop_timer()

    async def drain(self) -> None:
        """Wait until all is written.

        Raises
        ------
        FileError
            If something could not be.
        """
        while self._job is not None or self._waiting:
            if self._job is None:
                self._begin()
            job = self._job
            if job is not None:
                # When it is done, the next one may have begun.
                await asyncio.wait([job])
                with disk(self._part.path):
                    job.result()

    async def settle(self) -> None:
        """Wait until no write is under way, whatever becomes of it."""
        if self._job is not None:
            await asyncio.wait([self._job])

    async def finish(self, work: Callable[[], R]) -> R:
        """Write what waits, and return what a work on the part returns, in one hop.

        Raises
        ------
        FileError
            If the disk refuses.
        """
        if self._job is not None:
            await self.drain()
        self._stop_timer()
        pieces, self._waiting, self._size = self._waiting, [], 0
        found: list[R] = []
        job = self._loop.run_in_executor(None, self._last, pieces, work, found)
        # Who is cancelled here leaves a write under way, which `settle` waits for.
        self._job = job
        job.add_done_callback(self._written)
        await asyncio.wait([job])
        self._job = None
        with disk(self._part.path):
            job.result()
        return found[0]

    def _last(self, pieces: list[bytes], work: Callable[[], R], found: list[R]) -> None:
        if pieces:
            self._part.write(pieces)
        found.append(work())

    async def in_thread(self, work: Callable[[], R]) -> R:
        """Return what a work on the part returns.

        Raises
        ------
        FileError
            If the disk refuses.
        """
        with disk(self._part.path):
            return await self._loop.run_in_executor(None, work)

    def _begin_or_wait(self) -> None:
        if self._size >= _PIECE:
            self._begin()
        elif self._timer is None:
            self._timer = self._loop.call_later(_SOON, self._begin)

    def _begin(self) -> None:
        """Have what waits written in a thread, unless that is under way."""
        self._stop_timer()
        if self._job is None and self._waiting:
            pieces, self._waiting, self._size = self._waiting, [], 0
            self._job = self._loop.run_in_executor(None, self._part.write, pieces)
            self._job.add_done_callback(self._written)

    def _written(self, job: asyncio.Future[None]) -> None:
        # A failure stays until somebody waits for it.
        if not job.cancelled() and job.exception() is None:
            self._job = None
            if self._waiting:
                self._begin_or_wait()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
