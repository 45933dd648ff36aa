"""Searches whose posts are kept, to be awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import loop, search
from booru_nb.errors import BooruError
from booru_nb.library import checks, gathering
from booru_nb.library.crawling import Crawl
from booru_nb.library.progress import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from types import EllipsisType

    import pandas as pd

    from booru_nb.library.state import State
    from booru_nb.sites import Site

GO_ON = "run it again to go on. What came is kept, and in lib.last."
UNORDERED = (
    "Its ids do not descend in this order, so the posts are kept, but not how far they "
    "reach: all of them are asked for again another time."
)


class Collecting:
    """The verb that searches and keeps."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def collect(  # noqa: PLR0913 - each is a filter of its own
        self,
        query: str = "",
        *,
        site: str | Sequence[str] | None = None,
        limit: int | EllipsisType | None = ...,
        rating: str | Sequence[str] | None = None,
        min_score: int | None = None,
        order: str | None = None,
        media: str | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
        refresh: bool = False,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Return what `search` would, and keep the posts and how far they reach.

        The library remembers of which ids it has every post that a question finds.
        Asked again, it asks the site for the newest page and for what it does not have;
        the rest comes from the library. So a crawl that was stopped, or whose kernel
        was killed, goes on where it was when it is run again: no post is left out, and
        none comes twice. A larger limit continues below, and what is new comes first.
        ``lib.crawls()`` shows how far each question has come.

        The same question is the same crawl, whatever the order of its tags. Whole pages
        are kept, so that a few posts more than the limit may be. The blacklist hides
        nothing of it.

        What the library has of a question stays as it was when it came. Whether a post
        was retagged or deleted since is seen on the newest page only, and so is what a
        login shows besides; ``refresh=True`` asks for all of it again.

        In another order than the newest first, and in Moebooru's answers to ``id:`` and
        ``pool:``, ids do not tell what is missing. The posts are kept then, and all of
        them are asked for again each time.

        A site is asked for one page at a time, at its polite rate. For all of a site
        take its dump instead, where it has one (e621: ``/db_export/``; Philomena:
        ``/pages/data_dumps``).

        Parameters
        ----------
        query, site, rating, min_score, order, media, after, before
            As for `search`. Each of several sites has a crawl of its own.
        limit : int or None
            How many posts at the most, of all sites together; None for all of them,
            after their number is shown (default: ``lib.settings["limit"]``, at first
            100).
        refresh : bool
            Whether the sites are asked for all of it again.
        progress : bool
            Whether a progress bar is shown, which tells how many posts come from here
            and how many from the site.

        Returns
        -------
        DataFrame
            As `search` returns: the same posts in the same order.

        Raises
        ------
        UnknownSiteError, SiteError, UnreachableError, ArgumentError
            As `search` does. What came before is kept.
        StoreError
            If the library cannot be written, for example since the disk is full. What
            was kept before stays; nothing is half kept.

        Examples
        --------
        >>> posts = lib.collect("lighthouse", limit=5, progress=False)
        >>> posts.equals(lib.search("lighthouse", limit=5, progress=False))
        True
        >>> lib.crawls()["query"].tolist()
        ['lighthouse rating:g']
        """
        wishes = search.wishes(
            min_score=min_score, order=order, media=media, after=after, before=before
        )
        state = self._state
        most = checks.limit(state.setting("limit") if limit is ... else limit)
        question = search.Question(query, state.ratings(rating), most, wishes)
        targets = state.targets(site)
        crawls = {
            target.name: _crawl(state, target, question, refresh=refresh)
            for target in targets
        }
        work = gathering.Gathering(
            state,
            targets,
            question,
            gathering.joined(crawls, question),
            said=lambda: _shares(crawls.values()),
            advice=GO_ON,
        )
        arrived = state.start_search()
        part = state.slices.begin(question, targets)
        try:
            await loop.on_app_loop(state.held(work.fill(arrived, show=progress)))
        except BooruError as error:
            arrived += [post for crawl in crawls.values() for post in crawl.in_hand]
            gathering.tell_what_came(error, state.frame(arrived), most, GO_ON)
            raise
        finally:
            part.came(arrived)
        part.ended()
        if not all(crawl.is_by_id for crawl in crawls.values()):
            tell(UNORDERED, show=progress)
        return state.frame(arrived)


def _crawl(
    state: State, site: Site, question: search.Question, *, refresh: bool
) -> Crawl:
    goes_on = question.limit is None
    return Crawl(
        site,
        question,
        store=state.store,
        learnt=state.learnt(site),
        refresh=refresh,
        on_sparse=gathering.still_looking if goes_on else search.refuse,
    )


def _shares(crawls: Iterable[Crawl]) -> str:
    """Return how many posts come from here, and how many from the sites."""
    every = list(crawls)
    here, there = (
        sum(getattr(c, n) for c in every) for n in ("from_here", "from_site")
    )
    return f"{here} from here, {there} from the site{'s' * (len(every) > 1)}"
