"""The thumbnails of bookmarks, which are kept for when there is no network."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.media import Thumbnails
    from booru_nb.store import Store


class Shelf:
    """Keeps the thumbnails of bookmarks, one change after the other.

    Parameters
    ----------
    store : Store
        What is bookmarked.
    thumbnails : Thumbnails
        Where thumbnails are.
    library_id : str
        Under which name they are kept.
    """

    def __init__(self, store: Store, thumbnails: Thumbnails, library_id: str) -> None:
        self._store = store
        self._thumbnails = thumbnails
        self._library_id = library_id
        # A thumbnail that is kept and released at once must not end the wrong way.
        self._turn = asyncio.Lock()

    async def sort(self, urls: set[str]) -> None:
        """Keep those of these thumbnails that a bookmark has, release the others."""
        async with self._turn:
            wanted = urls & await asyncio.to_thread(self._of_bookmarks)
            await self._thumbnails.keep(wanted, self._library_id)
            await self._thumbnails.release(urls - wanted, self._library_id)

    def _of_bookmarks(self) -> set[str]:
        columns = self._store.bookmarks.columns(columns=["preview_url"])
        return {url for url in columns["preview_url"] if url}
