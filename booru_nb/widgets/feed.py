"""The pages of one search, one at a time: none is lost, and no post is doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import pandas as pd


class Feed:
    """The pages of a search, which can be gone on with after a failure or a stop.

    A page that failed is asked for again by the next call. An iterator that goes on
    after an error is simply asked again. A generator has ended by then, so a new one
    is opened, and what it repeats is left out.

    Parameters
    ----------
    open_pages : callable
        Returns the pages from the first: an async iterator of frames of posts.
    """

    def __init__(self, open_pages: Callable[[], AsyncIterator[pd.DataFrame]]) -> None:
        self._open = open_pages
        self._pages: AsyncIterator[pd.DataFrame] | None = None
        self._seen: set[tuple[str, int]] = set()
        # A cancelled step may still be winding up when the next one begins.
        self._turn = asyncio.Lock()

    @property
    def hidden(self) -> int:
        """How many posts the search says that it has left out."""
        return int(getattr(self._pages, "hidden", 0))

    async def next(self) -> pd.DataFrame | None:
        """Return the next rows that have not been there yet; None at the end.

        Raises
        ------
        BooruError
            Whatever the search raises; the next call goes on from here.
        """
        async with self._turn:
            while True:
                page = await self._page()
                if page is None:
                    return None
                fresh = self._fresh(page)
                if len(fresh):
                    return fresh

    async def aclose(self) -> None:
        """End the search behind the pages, after the step that may be going on."""
        async with self._turn:
            await self._forget()

    async def _page(self) -> pd.DataFrame | None:
        if self._pages is None:
            self._pages = self._open()
        pages = self._pages
        try:
            return await anext(pages)
        except StopAsyncIteration:
            return None
        except BaseException:  # an error and a cancellation end a generator alike
            if isinstance(pages, AsyncGenerator):
                await self._forget()
            raise

    async def _forget(self) -> None:
        pages, self._pages = self._pages, None
        if isinstance(pages, AsyncGenerator):
            await pages.aclose()

    def _fresh(self, page: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are new, and remember them."""
        keys = list(zip(page["site"], map(int, page["id"]), strict=True))
        new = []
        for key in keys:
            new.append(key not in self._seen)
            self._seen.add(key)
        return page if all(new) else page[new].reset_index(drop=True)
