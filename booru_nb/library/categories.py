"""The categories of tags, for sites whose posts do not say them.

They are asked for in batches through the site's own list of tags, the most frequent
tags first; where that has no batches, they are read off the pages of the posts that
have most of them. They are kept in the library with a date. Who waits, waits for one
request and not for long; the rest comes in the background, and who shows posts is told.

- A tag that nobody has asked about has no category, which is not the same as "general".
- A failure teaches nothing; it is asked again another time.
- Who asks for the same tag at the same time waits for the same request.

All of this happens on the registered loop.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from booru_nb import search
from booru_nb.errors import BooruError, LoopError, StoreError
from booru_nb.library.tagbatches import Batch, pages, unsaid
from booru_nb.loop import call_on_app_loop, run_on_app_loop
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from booru_nb.appfuture import AppFuture
    from booru_nb.post import Post
    from booru_nb.sites import Site
    from booru_nb.store import Store
    from booru_nb.store.tags import Note

PATIENCE = 6.0
"""Seconds that a search waits for the categories of its most frequent tags."""

MORE = 20
"""Requests that are sent in the background for one search."""

DAY = 24 * 60 * 60 * 1_000_000
KNOWN_FOR = 60 * DAY
"""Microseconds for which a category is taken for granted."""

UNKNOWN_FOR = 7 * DAY
"""The same for a tag that the site did not know."""


class Categories:
    """What sites say of their tags.

    Parameters
    ----------
    store : Store
        Where it is kept.

    Attributes
    ----------
    answers : int
        How many times a site has said something, so that who waits sees a change.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, str | None]] = {}
        self._old: dict[str, dict[str, str | None]] = {}
        self._asked: dict[tuple[str, str], AppFuture[bool]] = {}
        self._works: set[AppFuture[bool]] = set()
        self._pageless: set[str] = set()
        self._listeners: list[Callable[[], None]] = []
        self.answers = 0

    async def filled(
        self, site: Site, posts: Sequence[Post], *, patience: float = 0.0
    ) -> list[Post]:
        """Return posts with the categories of their tags, as far as they are known.

        Parameters
        ----------
        site : Site
            Whose posts they are.
        posts : sequence of Post
            The posts.
        patience : float
            Seconds to wait for a request, if one is needed; it fails nothing.
        """
        names = unsaid(posts) if site.knows_categories else []
        if not names:
            return list(posts)
        await self._recall(site.name, names)
        missing = [name for name in names if name not in self._said(site.name)]
        if missing:
            first, *rest = self._batches(site, posts, missing)
            works = self._begin(site, [first])
            self._begin(site, rest, after=works)
            if patience:
                waited = [asyncio.wrap_future(work) for work in works]
                await asyncio.wait(waited, timeout=patience)
        return self.known(posts)

    def known(self, posts: Iterable[Post]) -> list[Post]:
        """Return posts with what is known by now; nothing is looked up or asked."""
        return [
            post
            if len(post.categories) >= len(post.tags)
            else _with(post, self._old.get(post.site, {}), self._said(post.site))
            for post in posts
        ]

    def on_learnt(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the app loop when a site has said categories.

        Returns
        -------
        callable
            Ends that.
        """
        self._listeners.append(callback)

        def end() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return end

    def close(self) -> None:
        """Ask no further."""
        for work in list(self._works):
            with suppress(LoopError):
                work.cancel()

    def _said(self, site: str) -> dict[str, str | None]:
        return self._known.setdefault(site, {})

    async def _recall(self, site: str, names: Iterable[str]) -> None:
        """Look up in the library what is not in memory."""
        new = [name for name in names if name not in self._said(site)]
        try:
            notes = await asyncio.to_thread(self._store.tags.notes, site, new)
        except StoreError:
            return
        at = now()
        for name, note in notes.items():
            fresh = _is_fresh(note, at)
            memory = self._said(site) if fresh else self._old.setdefault(site, {})
            memory[name] = note.category

    def _batches(
        self, site: Site, posts: Sequence[Post], names: Sequence[str]
    ) -> list[Batch]:
        """Return what is to be asked about tags, the most telling first."""
        if site.says_on_pages and site.name not in self._pageless:
            return pages(posts, names)
        size = site.tag_batch
        starts = range(0, min(len(names), (1 + MORE) * size), size)
        return [Batch(names[start : start + size]) for start in starts]

    def _begin(
        self,
        site: Site,
        batches: Iterable[Batch],
        *,
        after: Iterable[AppFuture[bool]] = (),
    ) -> list[AppFuture[bool]]:
        """Ask for tags; return the works that ask, those of others included."""
        wanted = list(batches)
        asked = {name for site_name, name in self._asked if site_name == site.name}
        new = [left for batch in wanted if (left := batch.without(asked)).names]
        before = list(after)
        if new:
            work = run_on_app_loop(
                self._ask_all(site, new, before), self._works.discard
            )
            self._works.add(work)
            self._asked |= {(site.name, n): work for batch in new for n in batch.names}
        works = (
            self._asked.get((site.name, n)) for batch in wanted for n in batch.names
        )
        return list({id(work): work for work in works if work is not None}.values())

    async def _ask_all(
        self, site: Site, batches: Sequence[Batch], before: Iterable[AppFuture[bool]]
    ) -> bool:
        """Ask batch after batch, until one fails."""
        try:
            for work in before:
                if not await asyncio.wrap_future(work):
                    return False
            for batch in batches:
                if not await self._ask(site, batch):
                    return False
            return True
        finally:
            for name in (name for batch in batches for name in batch.names):
                self._asked.pop((site.name, name), None)

    async def _ask(self, site: Site, batch: Batch) -> bool:
        """Ask for one batch; return whether there was an answer."""
        if batch.page is not None and await self._read_page(site, batch):
            return True
        names = batch.names[: site.tag_batch]
        try:
            found = await search.tag_batch(site, names)
        except BooruError:
            return False
        said = {info.tag: info.category for info in found}
        await self._learn(site, said, {name: said.get(name) for name in names})
        return True

    async def _read_page(self, site: Site, batch: Batch) -> bool:
        """Read the page of a post; return whether it said anything of these tags."""
        if batch.page is None or site.name in self._pageless:
            return False
        try:
            found = await search.page_tags(site, batch.page)
        except BooruError:
            found = []
        said = {info.tag: info.category for info in found}
        learnt = {name: said[name] for name in batch.names if name in said}
        if not learnt:
            # It is kept from programs, or looks otherwise: tags are asked for then.
            self._pageless.add(site.name)
            return False
        await self._learn(site, said, learnt)
        return True

    async def _learn(
        self, site: Site, said: dict[str, str | None], learnt: dict[str, str | None]
    ) -> None:
        """Keep what a site has said of the tags that it was asked about."""
        self._said(site.name).update({**said, **learnt})
        self.answers += 1
        for callback in list(self._listeners):
            call_on_app_loop(callback)
        # What cannot be kept is known until the library is closed, all the same.
        with suppress(StoreError):
            await asyncio.to_thread(self._store.tags.learn, site.name, learnt)


def _is_fresh(note: Note, at: int) -> bool:
    if note.fetched_at is None:
        return note.category is not None
    return at - note.fetched_at < (KNOWN_FOR if note.category else UNKNOWN_FOR)


def _with(post: Post, *said: dict[str, str | None]) -> Post:
    """Return a post with further categories, the last word on a tag counting."""
    known = {t: c for words in said for t in post.tags if (c := words.get(t))}
    new = {t: c for t, c in known.items() if t not in post.categories}
    return replace(post, categories={**post.categories, **new}) if new else post
