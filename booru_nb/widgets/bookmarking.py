"""Bookmarks set and taken away from a widget, one press after the other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from booru_nb.loop import run_on_app_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future
    from typing import Any

    import pandas as pd

    from booru_nb.widgets.backend import Backend, Kept


class Bookmarking:
    """Keeps posts and drops them, in the order of the presses.

    Parameters
    ----------
    backend : Backend
        Where bookmarks are kept.
    on_error : callable
        Called with what went wrong.
    """

    def __init__(
        self, backend: Backend, *, on_error: Callable[[BaseException], object]
    ) -> None:
        self._backend = backend
        self._on_error = on_error
        self._running: set[Future[None]] = set()
        # Two presses of one key must not overtake each other.
        self._turn = asyncio.Lock()

    def toggle(self, rows: pd.DataFrame) -> None:
        """Keep those posts that are not kept; where all are, drop them all."""
        self._start(self._toggle(rows))

    def put(self, rows: pd.DataFrame, kept: Kept | None) -> None:
        """Keep posts, with what is said of folder and note, or drop them."""
        self._start(self._put(rows, kept))

    def close(self) -> None:
        """Let what was pressed be done, and tell nobody any more."""
        self._running.clear()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._running.add(run_on_app_loop(work, self._ended))

    def _ended(self, work: Future[None]) -> None:
        error = None if work.cancelled() else work.exception()
        if work in self._running and error is not None:
            self._on_error(error)
        self._running.discard(work)

    async def _toggle(self, rows: pd.DataFrame) -> None:
        async with self._turn:
            kept = self._backend.bookmarked()
            keys = zip(rows["site"], map(int, rows["id"]), strict=True)
            missing = [key not in kept for key in keys]
            if any(missing):
                await self._backend.bookmark(rows[missing])
            elif len(rows):
                await self._backend.unbookmark(rows)

    async def _put(self, rows: pd.DataFrame, kept: Kept | None) -> None:
        async with self._turn:
            if kept is None:
                await self._backend.unbookmark(rows)
            else:
                folder, note = kept.folder, kept.note
                await self._backend.bookmark(rows, folder=folder, note=note)
