"""What the widgets ask of a library."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from booru_nb import frames, search
from booru_nb.errors import BooruError, MediaError, SiteError
from booru_nb.library import explaining, gathering
from booru_nb.library.blacklisting import Blacklisting
from booru_nb.library.bookmarking import Bookmarking
from booru_nb.library.hiding import Hiding
from booru_nb.library.policies import media_policy
from booru_nb.library.records import remember
from booru_nb.widgets.backend import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from booru_nb.library.state import State
    from booru_nb.media import Picture
    from booru_nb.post import Post
    from booru_nb.sites import Site, Suggestion
    from booru_nb.widgets.asked import Asked
    from booru_nb.widgets.item import Item

PAGE = 80
"""Posts a page of the explorer: a few screens."""

STILL = frozenset({"jpg", "jpeg", "png", "gif", "webp", "avif"})
"""Extensions that a browser shows as a picture."""


class FramePages:
    """The pages of a search as frames, which go on behind an error."""

    def __init__(
        self,
        state: State,
        targets: Sequence[Site],
        question: search.Question,
        hiding: Hiding | None,
        on_failure: Callable[[str], object],
    ) -> None:
        self._state = state
        self._targets = targets
        self._question = question
        self._hiding = hiding
        self._is_new = True
        self._slice = state.slices.begin(question, targets)
        self._pages = gathering.listing(
            state, targets, question, hiding=hiding, size=PAGE, on_failure=on_failure
        )

    @property
    def hidden(self) -> int:
        """How many posts the blacklist has left out so far."""
        return 0 if self._hiding is None else self._hiding.count

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> pd.DataFrame:
        """Return the next posts as a frame."""
        self._state.check_open()
        try:
            posts = await self._state.held(anext(self._pages))
        except StopAsyncIteration:
            await self._remember()
            raise
        await self._remember()
        self._slice.came(posts)
        # Without patience, since a page is not held up by the categories of its tags.
        filled = await gathering.with_categories(self._state, self._targets, posts)
        return self._state.frame(filled)

    async def _remember(self) -> None:
        if self._is_new:
            self._is_new = False
            await remember(self._state, self._targets, self._question)


class LibraryBackend:
    """A library, as the explorer and the grid see it (`widgets.backend.Backend`).

    Parameters
    ----------
    state : State
        What the library holds.
    blacklist : bool, optional
        Whether posts that are on the blacklist are left out (default: as it is set).
    """

    def __init__(self, state: State, *, blacklist: bool | None = None) -> None:
        self._state = state
        self._blacklist = blacklist
        self._bookmarking = Bookmarking(state)
        self._blacklisting = Blacklisting(state)

    @property
    def default_site(self) -> str:
        """The site that is searched unless another is chosen."""
        return self._state.default_site

    @property
    def rating(self) -> str:
        """The ratings that are searched for, joined by commas, or ``any``."""
        wanted = self._state.rating
        return wanted if isinstance(wanted, str) else ",".join(wanted)

    @property
    def blur(self) -> frozenset[str]:
        """The ratings whose pictures are blurred."""
        return frozenset(self._state.setting("blur"))

    def sites(self) -> list[str]:
        """Return the names of the sites to choose from, the default one first."""
        names = sorted(self._state.sites())
        return sorted(names, key=lambda name: name != self.default_site)

    def pages(self, asked: Asked, *, on_failure: Callable[[str], object]) -> FramePages:
        """Return the pages of a search."""
        targets = self._state.targets(asked.sites)
        # What is put on the blacklist meanwhile is left out of the pages that follow.
        hides = self._state.hides(self._blacklist)
        hiding = Hiding(self._state.store) if hides else None
        question = self._question(asked)
        return FramePages(self._state, targets, question, hiding, on_failure)

    async def add_to_blacklist(self, what: str | pd.DataFrame) -> None:
        """Have searches leave out what a rule holds for, or posts."""
        await asyncio.to_thread(self._blacklisting.add_to_blacklist, what)

    def notes(self, asked: Asked) -> list[str]:
        """Return what of a search its sites cannot evaluate, in sentences."""
        # What cannot be asked at all is said by the search itself.
        with suppress(BooruError):
            targets = self._state.targets(asked.sites)
            return explaining.notes(self._state, targets, self._question(asked))
        return []

    def _question(self, asked: Asked) -> search.Question:
        wishes = search.wishes(
            min_score=asked.min_score,
            order=asked.order or None,
            media=asked.media or None,
            after=asked.after or None,
            before=asked.before or None,
        )
        ratings = self._state.ratings(asked.ratings)
        return search.Question(asked.query, ratings, limit=None, wishes=wishes)

    @property
    def answers(self) -> int:
        """How many times a site has said something about its tags."""
        return self._state.categories.answers

    def learnt(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Return posts with the categories of their tags that are known by now."""
        known = self._state.categories.known(frames.to_posts(posts))
        return frames.with_categories(posts, known)

    def on_learnt(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the loop when a site has said categories."""
        return self._state.categories.on_learnt(callback)

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

    async def bookmark(
        self, posts: pd.DataFrame, *, folder: str | None = None, note: str | None = None
    ) -> None:
        """Keep posts; None leaves folder or note of those that are kept already."""
        keep = self._bookmarking.bookmark
        await asyncio.to_thread(keep, posts, folder=folder, note=note)

    async def unbookmark(self, posts: pd.DataFrame) -> None:
        """Keep posts no longer."""
        await asyncio.to_thread(self._bookmarking.unbookmark, posts)

    def bookmarked(self) -> set[tuple[str, int]]:
        """Return the site and id of every bookmark."""
        return set(self._state.bookmarked())

    def kept(self, key: tuple[str, int]) -> Kept | None:
        """Return the folder and the note of a bookmark; None where there is none."""
        found = self._state.store.bookmarks.by_keys([key])
        rows = zip(found["folder"], found["note"], strict=True)
        return next((Kept(folder, note) for folder, note in rows), None)

    def folders(self) -> list[str]:
        """Return the names of the folders into which bookmarks can be put."""
        return self._state.store.folders.destinations()

    def on_bookmarks_changed(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the loop when bookmarks change; return the end."""
        return self._state.on_bookmarks_changed(callback)


def _extension(url: str) -> str:
    """Return what stands behind the last dot of an address's path."""
    name = url.split("?", 1)[0].rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""
