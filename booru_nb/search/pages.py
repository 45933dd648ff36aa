"""The posts that a site finds, page after page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.errors import SparseError, TagLimitError
from booru_nb.search import fetching
from booru_nb.search.learnt import Learnt
from booru_nb.search.lookups import tag_counts
from booru_nb.search.plan import DAY, competing, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from booru_nb.post import Post
    from booru_nb.search.plan import Plan
    from booru_nb.search.question import Question
    from booru_nb.sites import Page, Site

    Hide = Callable[[Sequence[Post], int | None], list[Post]]

FRUITLESS = 20
"""Pages in a row of which nothing may be left, before somebody is told."""


def _refuse(error: SparseError) -> None:
    raise error


class Pages:
    """The posts that a site finds, page after page, each post once.

    A short page does not end a listing; a page without rows, or without a post that
    is new, does. After an error the iterator goes on with the page that failed.

    What the site does not evaluate is filtered here, and further pages come in place of
    what falls out. A filter that lets nothing of `FRUITLESS` pages pass is told.

    Parameters
    ----------
    site : Site
        Who is asked.
    question : Question
        What for.
    size : int, optional
        Posts a page (default: as many as the site gives).
    learnt : Learnt, optional
        What is known of the site, to which this adds.
    on_sparse : callable, optional
        Called with a `SparseError` each time that the filters here have let nothing of
        `FRUITLESS` pages pass (default: it is raised; asking again goes on).
    hide : callable, optional
        Is given posts and how many are wanted at the most, and returns those that are
        shown; further pages come in place of the others.

    Attributes
    ----------
    looked_at : int
        How many posts the site has sent, those that were filtered out included.
    """

    def __init__(  # noqa: PLR0913 - each is a part of the listing
        self,
        site: Site,
        question: Question,
        *,
        size: int | None = None,
        learnt: Learnt | None = None,
        on_sparse: Callable[[SparseError], object] = _refuse,
        hide: Hide | None = None,
    ) -> None:
        self.looked_at = 0
        self._on_sparse = on_sparse
        self._fruitless: list[int] = []
        self._site = site
        self._question = question
        self._learnt = learnt or Learnt()
        self._hide = hide
        self._hid = False
        self._plan: Plan | None = None
        self._left = question.limit
        self._cursor: str | None = None
        self._seen: set[int] = set()
        self._over = False
        self._size = min(size or site.page_size, site.page_size)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Post]:
        """Return the next posts; never none.

        Raises
        ------
        BooruError
            Any of `booru_nb.errors` that the site or the way to it gives cause for.
        """
        while not self._over and self._left != 0:
            page, made = await self._page()
            if fit := self._taken(page, made):
                self._fruitless.clear()
                return fit
            if (made.filters or self._hid) and not self._over:
                self._count_fruitless(page, made)
        raise StopAsyncIteration

    def _count_fruitless(self, page: Page, made: Plan) -> None:
        """Count a page of which nothing is left, and tell of too many in a row."""
        self._fruitless.append(page.count)
        if len(self._fruitless) < FRUITLESS:
            return
        posts, name = f"{sum(self._fruitless):,} posts", self._site.name
        self._fruitless.clear()
        names = [part.name for part in made.filters]
        filters = ", ".join([*names, "the blacklist"] if self._hid else names)
        self._on_sparse(
            SparseError(
                f"The last {posts} of {name} have nothing that passes what is "
                f"filtered here: {filters}."
            )
        )

    async def _page(self) -> tuple[Page, Plan]:
        if self._plan is None:
            self._plan = await self._planned()
        try:
            return await self._asked(self._plan), self._plan
        except TagLimitError as refusal:
            self._plan = await self._planned_below(refusal, self._plan)
        return await self._asked(self._plan), self._plan

    async def _asked(self, made: Plan) -> Page:
        return await fetching.page(
            self._site, made.words, cursor=self._cursor, limit=self._rows(made)
        )

    def _rows(self, made: Plan) -> int:
        """Return how many rows a page is to have: as many on each of a listing.

        Numbered pages of different sizes would overlap, or leave posts out.
        """
        wanted = self._question.limit
        if wanted is None or made.narrows or self._hide is not None:
            return self._size
        # Rows that are dropped here would else have to be made up for one by one.
        return min(max(wanted, 20), self._size)

    async def _planned(self) -> Plan:
        """Return how the site is asked, with the counts of tags that tell what for."""
        site, question, learnt = self._site, self._question, self._learnt
        limit = tag_limit(site, learnt)
        if limit is not None:
            names = competing(site, question, limit)
            if len(names) > 1 and site.tag_batch > 1 and not _all_in(names, learnt):
                found = await tag_counts(site, names)
                # What is not found is another tag's second name, or no tag at all.
                missing = dict.fromkeys(names, 0) if found else {}
                learnt.counts.update({**missing, **found})
        return plan(site, question, tag_limit=limit, counts=learnt.counts)

    async def _planned_below(self, refusal: TagLimitError, before: Plan) -> Plan:
        """Return a plan with fewer tags, where the site has said how many it takes."""
        limit = refusal.limit or self._site.tag_limit
        known = tag_limit(self._site, self._learnt)
        if limit is None or (known is not None and known <= limit):
            raise refusal
        self._learnt.tag_limit = limit
        made = await self._planned()
        if made.words == before.words:
            raise refusal
        return made

    def _taken(self, page: Page, made: Plan) -> list[Post]:
        """Return what is wanted of a page, and go on behind it."""
        new = [post for post in page.posts if post.id not in self._seen]
        self._seen.update(post.id for post in new)
        self.looked_at += page.count
        stale = bool(page.posts) and not new
        stuck = page.cursor is None or page.cursor == self._cursor
        self._over = page.count == 0 or stale or stuck or self._is_too_old(page)
        self._cursor = page.cursor
        fit = [post for post in new if made.passes(post)]
        passed = len(fit)
        fit = self._hide(fit, self._left) if self._hide else fit[: self._left]
        self._hid = self._hide is not None and len(fit) < passed
        if self._left is not None:
            self._left -= len(fit)
        return fit

    def _is_too_old(self, page: Page) -> bool:
        """Tell whether nothing behind a page can be young enough."""
        after, cursor = self._question.wishes.after, page.cursor or ""
        # Only below an id all that follows is older; a day is for what came late.
        if after is None or not cursor.startswith("b") or not page.posts:
            return False
        times = [post.created_at for post in page.posts]
        return all(at is not None and at < after - DAY for at in times)


def tag_limit(site: Site, learnt: Learnt) -> int | None:
    """Return how many tags a site takes; None for any number, or if nobody knows.

    What the account of a login may ask for is not known until the site has refused.
    """
    if learnt.tag_limit is not None:
        return learnt.tag_limit
    return site.tag_limit if site.login is None else None


def _all_in(names: list[str], learnt: Learnt) -> bool:
    return all(name in learnt.counts for name in names)
