"""What a library is in the middle of, so that closing it ends that."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from booru_nb import loop
from booru_nb.errors import LibraryError, LoopError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


class Works:
    """The tasks on the app loop that work for a library."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()
        self._ended: set[asyncio.Task[object]] = set()

    async def held(self, work: Awaitable[T], *, why: Callable[[], str]) -> T:
        """Await a work, until it ends or `end` ends it.

        Parameters
        ----------
        work : awaitable
            The work.
        why : callable
            Says why it was ended.

        Raises
        ------
        LibraryError
            If it was ended.
        """
        task = asyncio.current_task()
        if task is None:  # nobody could end it
            return await work
        self._tasks.add(task)
        try:
            return await work
        except asyncio.CancelledError as error:
            if task not in self._ended:
                raise
            task.uncancel()
            said = " ".join([why(), *map(str, error.args)])
            raise LibraryError(said) from error
        finally:
            self._tasks.discard(task)
            self._ended.discard(task)

    def end(self) -> None:
        """End every work, from any thread; a loop that has ended has none."""
        with suppress(LoopError):
            loop.call_on_app_loop(self._end)

    def _end(self) -> None:
        for task in self._tasks:
            self._ended.add(task)
            task.cancel()
