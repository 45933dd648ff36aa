"""What the widgets ask of a library."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from booru_nb import search
from booru_nb.errors import MediaError, SiteError
from booru_nb.library.bookmarking import Bookmarking
from booru_nb.library.policies import media_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from booru_nb.library.state import State
    from booru_nb.media import Picture
    from booru_nb.post import Post
    from booru_nb.sites import Site, Suggestion
    from booru_nb.widgets.item import Item

PAGE = 80
"""Posts a page of the explorer: a few screens."""

STILL = frozenset({"jpg", "jpeg", "png", "gif", "webp", "avif"})
"""Extensions that a browser shows as a picture."""


class FramePages:
    """The pages of a search as frames, which go on behind an error."""

    def __init__(self, state: State, site: Site, pages: search.Pages) -> None:
        self._state = state
        self._site = site
        self._pages = pages

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> pd.DataFrame:
        """Return the next posts as a frame."""
        posts = await anext(self._pages)
        # Without patience, since a page is not held up by the categories of its tags.
        return self._state.frame(await self._state.categories.filled(self._site, posts))


class LibraryBackend:
    """A library, as the explorer and the grid see it (`widgets.backend.Backend`).

    Parameters
    ----------
    state : State
        What the library holds.
    wishes : Wishes, optional
        What every search of an explorer is to have.
    """

    def __init__(self, state: State, wishes: search.Wishes | None = None) -> None:
        self._state = state
        self._wishes = wishes or search.Wishes()
        self._bookmarking = Bookmarking(state)

    @property
    def default_site(self) -> str:
        """The site that is searched unless another is chosen."""
        return self._state.default_site

    @property
    def rating(self) -> str:
        """The ratings that are searched for, joined by commas, or ``any``."""
        wanted = self._state.rating
        return wanted if isinstance(wanted, str) else ",".join(wanted)

    def sites(self) -> list[str]:
        """Return the names of the sites to choose from, the default one first."""
        names = sorted(self._state.sites())
        return sorted(names, key=lambda name: name != self.default_site)

    def pages(self, query: str, *, site: str, rating: str | list[str]) -> FramePages:
        """Return the pages of a search."""
        words = rating.split(",") if isinstance(rating, str) else rating
        ratings = self._state.ratings(words[0] if len(words) == 1 else words)
        question = search.Question(query, ratings, limit=None, wishes=self._wishes)
        target = self._state.site(site)
        learnt = self._state.learnt(target)
        pages = search.Pages(target, question, size=PAGE, learnt=learnt)
        return FramePages(self._state, target, pages)

    async def suggest(self, text: str, *, site: str) -> list[Suggestion]:
        """Return tags that complete a beginning, best first."""
        return await search.suggest(self._state.site(site), text)

    async def thumbnail(self, item: Item, /) -> Picture:
        """Return a post's thumbnail, which is kept if the post is bookmarked."""
        if item.preview_url is None:
            raise MediaError(f"{item.site} gives no thumbnail of this post.")
        return await self._picture(item.site, item.preview_url, key=item.key)

    async def preview(self, post: Post, /) -> Picture:
        """Return the largest picture of a post that is not too large to show.

        The sample is tried first, then the original where it is a picture, then the
        thumbnail.
        """
        original = post.file_url if post.ext in STILL else None
        urls = [u for u in (post.sample_url, original, post.preview_url) if u]
        urls = [u for u in dict.fromkeys(urls) if _extension(u) in {*STILL, ""}]
        if not urls:
            raise MediaError(f"{post.site} gives no picture of this post.")
        for url in urls[:-1]:
            try:
                return await self._picture(post.site, url)
            except (MediaError, SiteError):
                continue
        return await self._picture(post.site, urls[-1])

    async def _picture(
        self, site: str, url: str, *, key: tuple[str, int] | None = None
    ) -> Picture:
        kept = key is not None and key in self._state.bookmarked()
        keep = self._state.uuid if kept and not self._state.is_demo else None
        return await self._state.thumbnails.get(
            url, media_policy(self._state, site), keep=keep
        )

    async def bookmark(self, posts: pd.DataFrame, *, folder: str | None = None) -> None:
        """Keep posts; None leaves the folder of those that are kept already."""
        await asyncio.to_thread(self._bookmarking.bookmark, posts, folder=folder)

    async def unbookmark(self, posts: pd.DataFrame) -> None:
        """Keep posts no longer."""
        await asyncio.to_thread(self._bookmarking.unbookmark, posts)

    def bookmarked(self) -> set[tuple[str, int]]:
        """Return the site and id of every bookmark."""
        return set(self._state.bookmarked())

    def on_bookmarks_changed(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the loop when bookmarks change; return the end."""
        return self._state.on_bookmarks_changed(callback)


def _extension(url: str) -> str:
    """Return what stands behind the last dot of an address's path."""
    name = url.split("?", 1)[0].rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""
