"""What a dataset asks of its library: bookmarks, relations of tags, thumbnails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import loop
from booru_nb.errors import BooruError
from booru_nb.library import exports, marking
from booru_nb.library.backend import LibraryBackend
from booru_nb.library.carrying import not_open_here
from booru_nb.library.progress import bar
from booru_nb.widgets.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from os import PathLike

    from booru_nb.export.order import Order
    from booru_nb.export.parts import About
    from booru_nb.library.state import State

BATCH = 512
"""Thumbnails that are in memory together."""

AT_ONCE = 32
"""Thumbnails that are asked for together; a site's own pace is kept below that."""


class LibraryHost:
    """A library, as a dataset sees it (`export.outcome.Host`).

    Parameters
    ----------
    state : State
        What the library holds.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def found(self, posts: pd.DataFrame, query: str) -> pd.DataFrame:
        """Return the rows of posts that a query of the local language finds."""
        self._state.check_open()
        return marking.found(posts, query, self._state.store, limit=None)

    def relations(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the aliases and the implications that are known."""
        self._state.check_open()
        kept = self._state.store.relations
        return (
            pd.DataFrame(kept.aliases(), dtype="str"),
            pd.DataFrame(kept.implications(), dtype="str"),
        )

    def thumbnails(
        self, posts: pd.DataFrame, *, progress: bool
    ) -> Iterator[list[bytes | Exception]]:
        """Yield the thumbnails of posts, in their order, some at a time.

        What could not be had is the error that says why. The stop button ends it, and
        what was fetched stays in the cache.
        """
        self._state.check_open()
        urls = posts["preview_url"].astype(object).where(posts["preview_url"].notna())
        rows = zip(posts["site"].tolist(), posts["id"].tolist(), urls, strict=True)
        items = [
            Item(
                site=site, id=number, preview_url=url if isinstance(url, str) else None
            )
            for site, number, url in rows
        ]
        with bar(len(items), doing="thumbnails", show=progress) as shown:
            for start in range(0, len(items), BATCH):
                batch = items[start : start + BATCH]
                yield loop.run(self._batch(batch, shown))

    async def _batch(self, items: list[Item], shown: Any) -> list[bytes | Exception]:  # noqa: ANN401 - a bar
        return await self._state.held(self._fetched(items, shown))

    async def _fetched(self, items: list[Item], shown: Any) -> list[bytes | Exception]:  # noqa: ANN401 - a bar
        backend = LibraryBackend(self._state)
        free = asyncio.Semaphore(AT_ONCE)

        async def one(item: Item) -> bytes | Exception:
            async with free:
                try:
                    return (await backend.thumbnail(item)).data
                except BooruError as error:
                    return error
                finally:
                    shown.update(1)

        return await asyncio.gather(*map(one, items))

    def bar(
        self, total: int, *, doing: str, unit: str, show: bool
    ) -> AbstractContextManager[Any]:
        """Show how much has been done, while the block runs."""
        return bar(total, doing=doing, unit=unit, show=show)

    def grid(self, posts: pd.DataFrame, **options: Any) -> Any:  # noqa: ANN401 - a grid
        """Return a grid of posts."""
        from booru_nb.library.views import Views  # noqa: PLC0415 - widgets are heavy

        return Views(self._state).grid(posts, **options)

    def check_file(self, path: str | PathLike[str]) -> None:
        """Raise an `ArgumentError` if a file is a library that is open."""
        not_open_here(path)

    def ours(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Let a frame say whose it is, and return it."""
        return self._state.ours(frame)

    async def export(
        self, posts: pd.DataFrame, about: About, order: Order
    ) -> pd.DataFrame:
        """Write posts as an order says, and return what became of each."""
        self._state.check_open()
        return self.ours(await exports.export(self._state, posts, about, order))
