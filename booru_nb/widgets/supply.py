"""What a grid has to show of its posts: captions and thumbnails."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import numpy as np

from booru_nb.errors import BooruError
from booru_nb.widgets.caption import caption, is_blurred
from booru_nb.widgets.delivery import CONCURRENCY
from booru_nb.widgets.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Container

    from booru_nb.widgets.delivery import Outcome
    from booru_nb.widgets.item import Item, Picture
    from booru_nb.widgets.ordinals import Ordinals
    from booru_nb.widgets.shown import Shown

    Thumbnails = Callable[[Item], Awaitable[Picture]]
    Keys = Container[tuple[str, int]]

NO_PREVIEW = "No thumbnail"


class Supply:
    """What there is to show.

    Parameters
    ----------
    shown : Shown
        The posts.
    thumbnails : callable
        Fetches the thumbnail of an `Item`.
    bookmarked : container of (site, id)
        Which posts are bookmarked.
    blur : collection of str
        Ratings that are blurred.
    """

    def __init__(
        self,
        shown: Shown,
        thumbnails: Thumbnails,
        bookmarked: Keys,
        blur: Collection[str],
    ) -> None:
        self.shown = shown
        self.blur = blur
        self._thumbnails = thumbnails
        self._bookmarked = bookmarked
        self._pictures = Pictures()
        # What the browser was told of a post, and may show now.
        self._told: dict[int, bool] = {}

    def replace(self, shown: Shown) -> None:
        """Show other posts."""
        self.shown = shown
        self._told.clear()

    def thumbnail(self, ordinal: int) -> Outcome | Coroutine[Any, Any, Picture]:
        """Return a post's thumbnail, or why there is none, or what fetches it."""
        item = self.shown.item(ordinal) if 0 <= ordinal < len(self.shown) else None
        if item is None or item.preview_url is None:
            return NO_PREVIEW
        return self._pictures.get(item.key) or self._fetch(item)

    async def _fetch(self, item: Item) -> Picture:
        picture = await self._thumbnails(item)
        self._pictures.put(item.key, picture)
        return picture

    def caption(self, ordinal: int) -> dict[str, Any]:
        """Return what a cell says of a post; nothing of one that must not be shown."""
        item = self.shown.item(ordinal) if 0 <= ordinal < len(self.shown) else None
        if item is None:
            return {}
        kept = self._told[ordinal] = item.key in self._bookmarked
        return caption(item, blurred=is_blurred(item, self.blur), bookmarked=kept)

    def mark(self, keys: Keys) -> tuple[Ordinals, Ordinals]:
        """Take which posts are bookmarked, and return what the browser must be told.

        Returns
        -------
        (array, array)
            The ordinals that are marked now, and those that no longer are.
        """
        self._bookmarked = keys
        on: list[int] = []
        off: list[int] = []
        for ordinal, before in self._told.items():
            item = self.shown.item(ordinal)
            now = item is not None and item.key in keys
            if now != before:
                (on if now else off).append(ordinal)
        self._told |= dict.fromkeys(on, True) | dict.fromkeys(off, False)
        return np.array(on, dtype=np.int64), np.array(off, dtype=np.int64)

    async def tiles(self, count: int) -> list[tuple[Item, Outcome]]:
        """Return the first posts with their thumbnails.

        A text takes the place of a thumbnail that is blurred or cannot be had.
        """
        few = asyncio.Semaphore(CONCURRENCY)

        async def tile(ordinal: int, item: Item) -> tuple[Item, Outcome]:
            async with few:
                return item, await self._tile(ordinal, item)

        items = [self.shown.item(i) for i in range(min(count, len(self.shown)))]
        wanted = [tile(i, item) for i, item in enumerate(items) if item is not None]
        return list(await asyncio.gather(*wanted))

    async def _tile(self, ordinal: int, item: Item) -> Outcome:
        if is_blurred(item, self.blur):
            return f"{item.rating or 'rating unknown'}: not shown"
        found = self.thumbnail(ordinal)
        try:
            return await found if isinstance(found, Coroutine) else found
        except BooruError as error:
            return str(error)
