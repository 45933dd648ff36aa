"""The posts that a site finds, kept as they come, so that a crawl goes on where it was.

A listing is walked from the newest post downwards. The newest page is always asked for.
Below it, what is known to be complete comes from the library, and the site is asked for
what lies between. Each page is written together with the ids for which it is complete,
so that wherever a crawl ends, the next one finds every gap.

This holds where ids descend through the listing, which every engine's own order does.
Where they do not, as with ``order:score``, nothing tells what is missing: the posts are
kept, and all is asked again another time.
"""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

from booru_nb.search import Asker, Sparseness, identity, refuse
from booru_nb.store import Reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from booru_nb.errors import SparseError
    from booru_nb.post import Post
    from booru_nb.search import Learnt, Question
    from booru_nb.search.plan import Plan
    from booru_nb.sites import Page, Site
    from booru_nb.store import Store

CHUNK = 1_000
"""Posts that are read from the library at once."""


class Crawl:
    """The posts that a site finds, page after page, each post once and kept.

    After an error the iterator goes on with the page that failed.

    Parameters
    ----------
    site : Site
        Who is asked.
    question : Question
        What for.
    store : Store
        Where posts are kept.
    learnt : Learnt
        What is known of the site, to which this adds.
    refresh : bool
        Whether the site is asked for all of it again.

    on_sparse : callable, optional
        Called as that of `search.Pages` (default: the error is raised).

    Attributes
    ----------
    looked_at : int
        How many posts the site has sent, those that were filtered out included.
    from_here, from_site : int
        How many posts came from the library, and from the site.
    in_hand : list of Post
        What has come, but could not be kept.
    is_by_id : bool
        Whether ids have descended so far, so that the library knows what is complete.
    """

    def __init__(  # noqa: PLR0913 - each is a part of the crawl
        self,
        site: Site,
        question: Question,
        *,
        store: Store,
        learnt: Learnt,
        refresh: bool = False,
        on_sparse: Callable[[SparseError], object] = refuse,
    ) -> None:
        self.looked_at = self.from_here = self.from_site = 0
        self.is_by_id = True
        self.in_hand: list[Post] = []
        self._asker = Asker(site, question, learnt=learnt)
        self._sparseness = Sparseness(site.name, on_sparse)
        self._crawls = store.crawls
        self._identity = identity(site, question)
        self._refresh = refresh
        self._limit = question.limit
        self._left = question.limit
        self._below: int | None = None
        self._cursor: str | None = None
        self._seen: set[int] = set()
        self._over = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Post]:
        """Return the next posts; never none.

        Raises
        ------
        BooruError
            Any of `booru_nb.errors` that the site, the way to it or the library gives
            cause for.
        """
        while not self._over and self._left != 0:
            found = await self._known()
            if found is None:
                found = await self._fetched()
            if found:
                self._sparseness.over()
                return found
        raise StopAsyncIteration

    async def _known(self) -> list[Post] | None:
        """Return what the library knows to come next; None if the site must say."""
        if self._below is None or self._refresh or not self.is_by_id:
            return None
        limit = CHUNK if self._left is None else min(self._left, CHUNK)
        stretch = await asyncio.to_thread(
            self._crawls.below,
            self._asker.site.name,
            self._identity,
            self._below,
            limit=limit,
        )
        if stretch is None:
            return None
        self._go_below(stretch.low)
        self._seen.update(post.id for post in stretch.posts)
        self.from_here += len(stretch.posts)
        return self._cut(stretch.posts)

    async def _fetched(self) -> list[Post]:
        """Return what the site sends next, which is kept then."""
        page, made = await self._page()
        reach = self._reach(page)
        new = [post for post in page.posts if post.id not in self._seen]
        fit = [post for post in new if made.passes(post)]
        self.in_hand = fit[: self._left]
        kept = await asyncio.to_thread(
            self._crawls.keep, self._asker.site.name, self._identity, fit, reach
        )
        # Nothing has changed before this line, so that an error leaves all as it was.
        self.in_hand = []
        self.is_by_id = self.is_by_id and (reach is not None or page.count == 0)
        self.looked_at += page.count
        self._seen.update(post.id for post in new)
        self._go_behind(page, reach, is_stale=bool(page.posts) and not new)
        if made.filters and not kept and not self._over:
            self._sparseness.count(page, [part.name for part in made.filters])
        taken = self._cut(kept)
        self.from_site += len(taken)
        return taken

    async def _page(self) -> tuple[Page, Plan]:
        """Return the next page; an empty one only if it is empty twice.

        What is remembered as complete must not rest on a page that failed once.
        """
        wanted = self._left if self.is_by_id else self._limit
        found = await self._asker.page(self._cursor, wanted=wanted)
        page, _ = found
        is_sure = page.total == 0 or self._asker.site.page_retries
        if page.count or is_sure or not self.is_by_id:
            return found
        return await self._asker.page(self._cursor, wanted=None)

    def _reach(self, page: Page) -> Reach | None:
        """Return for which ids a page is complete; None where they do not descend."""
        ids = [post.id for post in page.posts]
        low = 0 if self._is_last(page) else _lowest(page)
        if not self.is_by_id or low is None or any(a <= b for a, b in pairwise(ids)):
            return None
        if self._below is None:
            # Of a site without posts nothing is known, for there is no newest one.
            return Reach(low, max([*ids, low])) if page.count else None
        high = self._below - 1
        return Reach(low, high) if low <= high and max([*ids, low]) <= high else None

    def _is_last(self, page: Page) -> bool:
        """Tell whether nothing can follow a page."""
        return page.count == 0 or page.cursor is None or self._asker.is_too_old(page)

    def _go_below(self, low: int) -> None:
        self._below = low
        self._cursor = f"b{low}"
        self._over = low == 0

    def _go_behind(self, page: Page, reach: Reach | None, *, is_stale: bool) -> None:
        if reach is not None and self.is_by_id:
            self._go_below(reach.low)
            return
        self._over = is_stale or page.cursor == self._cursor or self._is_last(page)
        self._cursor = page.cursor

    def _cut(self, posts: list[Post]) -> list[Post]:
        """Return as many posts as are wanted still."""
        taken = posts[: self._left]
        if self._left is not None:
            self._left -= len(taken)
        return taken


def _lowest(page: Page) -> int | None:
    """Return the id below which a listing goes on; None where it goes by numbers."""
    cursor = page.cursor or ""
    return int(cursor[1:]) if cursor.startswith("b") else None
