"""A question as one site is asked for it, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.errors import TagLimitError
from booru_nb.search import fetching
from booru_nb.search.learnt import Learnt
from booru_nb.search.lookups import tag_counts
from booru_nb.search.plan import DAY, competing, plan

if TYPE_CHECKING:
    from booru_nb.search.plan import Plan
    from booru_nb.search.question import Question
    from booru_nb.sites import Page, Site


class Asker:
    """Asks a site for pages of what a question finds.

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
    """

    def __init__(
        self,
        site: Site,
        question: Question,
        *,
        size: int | None = None,
        learnt: Learnt | None = None,
    ) -> None:
        self.site = site
        self.question = question
        self._learnt = learnt or Learnt()
        self._plan: Plan | None = None
        self._size = min(size or site.page_size, site.page_size)

    async def page(
        self, cursor: str | None, *, wanted: int | None
    ) -> tuple[Page, Plan]:
        """Return a page, and the plan that says which of its posts are meant.

        Parameters
        ----------
        cursor : str or None
            That of the page before.
        wanted : int or None
            How many posts are wanted of it and of all that follow; None for all.

        Raises
        ------
        BooruError
            Any of `booru_nb.errors` that the site or the way to it gives cause for.
        """
        if self._plan is None:
            self._plan = await self._planned()
        try:
            return await self._asked(self._plan, cursor, wanted), self._plan
        except TagLimitError as refusal:
            self._plan = await self._planned_below(refusal, self._plan)
        return await self._asked(self._plan, cursor, wanted), self._plan

    def is_too_old(self, page: Page) -> bool:
        """Tell whether nothing behind a page can be young enough."""
        after, cursor = self.question.wishes.after, page.cursor or ""
        # Only below an id all that follows is older; a day is for what came late.
        if after is None or not cursor.startswith("b") or not page.posts:
            return False
        times = [post.created_at for post in page.posts]
        return all(at is not None and at < after - DAY for at in times)

    async def _asked(self, made: Plan, cursor: str | None, wanted: int | None) -> Page:
        size = self._size
        if wanted is not None and not made.narrows:
            # Rows that are dropped here would else have to be made up for one by one.
            size = min(max(wanted, 20), size)
        return await fetching.page(self.site, made.words, cursor=cursor, limit=size)

    async def _planned(self) -> Plan:
        """Return how the site is asked, with the counts of tags that tell what for."""
        site, question, learnt = self.site, self.question, self._learnt
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
        limit = refusal.limit or self.site.tag_limit
        known = tag_limit(self.site, self._learnt)
        if limit is None or (known is not None and known <= limit):
            raise refusal
        self._learnt.tag_limit = limit
        made = await self._planned()
        if made.words == before.words:
            raise refusal
        return made


def tag_limit(site: Site, learnt: Learnt) -> int | None:
    """Return how many tags a site takes; None for any number, or if nobody knows.

    What the account of a login may ask for is not known until the site has refused.
    """
    if learnt.tag_limit is not None:
        return learnt.tag_limit
    return site.tag_limit if site.login is None else None


def _all_in(names: list[str], learnt: Learnt) -> bool:
    return all(name in learnt.counts for name in names)
