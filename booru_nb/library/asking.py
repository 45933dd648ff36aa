"""The searches, to be awaited."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

import pandas as pd

from booru_nb import loop, search
from booru_nb.errors import BooruError
from booru_nb.library import checks, gathering
from booru_nb.library.hiding import Hiding

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from datetime import date
    from types import EllipsisType

    from booru_nb.library.state import State


class Asking:
    """The verbs that search."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def search(  # noqa: PLR0913 - each is a filter of its own
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
        blacklist: bool | None = None,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Return the posts that a site, or several, find for a query.

        What has arrived is never lost: after the stop button or an error in
        mid-search, ``lib.last`` has it, and the error has it as ``.posts``.

        What the site has no words for, or takes no further tag for, is filtered here,
        and more pages are fetched in its place; ``lib.explain(…)`` tells what. If the
        filters here let nothing of 20 pages in a row pass, the search ends with an
        `errors.SparseError`; with ``limit=None`` it warns instead, and goes on.

        Of several sites the posts are merged, newest first, undated ones last. The same
        work is one row, of the site named first, and `also_on` has the others. A site
        that fails is told by a `errors.SiteWarning`; only if all fail there is an
        error.

        Parameters
        ----------
        query : str
            Tags in the site's own words; none for the newest posts.
        site : str or list of str, optional
            A site's name here, or several (default: the library's default site).
        limit : int or None
            How many posts at the most, of all sites together; None for all of them
            (default: ``lib.settings["limit"]``, at first 100).
        rating : str or list of str, optional
            ``"general"``, ``"sensitive"``, ``"questionable"``, ``"explicit"``, a list
            of these, or ``"any"`` (default: ``lib.rating``, at first ``"general"``).
            A rating in the query replaces it.
        min_score : int, optional
            The lowest score.
        order : {"newest", "oldest", "score", "favorites", "random"}, optional
            What comes first (default: what the query says, else the newest).
        media : {"image", "animated", "video"}, optional
            The kind of file.
        after, before : str, date or datetime, optional
            The first day (or moment) of upload, and the one behind the last, in UTC.
        blacklist : bool, optional
            Whether posts that are on the blacklist are left out, with further ones in
            their place (default: ``lib.settings["blacklist"]``, at first True).
            ``lib.hidden`` has them.
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            One row a post, in the site's order, with a default index. No posts give
            no rows, and the same columns and dtypes.

            ============  ===================  =======================================
            column        dtype                meaning
            ============  ===================  =======================================
            site          str                  the site's name here
            id            int64                unique within the site
            also_on       str                  `site:id` of the same work elsewhere
            rating        category             `general` < `sensitive` <
                                               `questionable` < `explicit`
            score         Int64                up minus down votes
            favorites     Int64                missing where the site does not say
            tags          str                  separated by blanks, sorted
            artist        str                  the tags of this category, sorted
            character     str                  likewise
            copyright     str                  likewise
            species       str                  likewise
            general       str                  likewise
            meta          str                  likewise
            other         str                  further ones, as `category:tag`
            width         Int64                pixels of the original
            height        Int64                pixels of the original
            ext           str                  of the original
            md5           str                  of the original
            file_size     Int64                bytes of the original
            source        str                  where the uploader says it is from
            parent_id     Int64                the post of which it is a variant
            uploader      str                  name or id
            created_at    datetime64[us, UTC]  when it was uploaded
            preview_url   str                  the thumbnail
            sample_url    str                  a larger picture
            file_url      str                  the original
            post_url      str                  the post's page
            status        category             `active`, `pending`, `flagged`,
                                               `deleted` or `restricted`
            ============  ===================  =======================================

        Raises
        ------
        UnknownSiteError
            If no site has this name.
        SiteError
            If the site refuses or fails; the classes tell how.
        UnreachableError
            If there is no answer.
        SparseError
            If what is filtered here lets hardly any post pass.
        ArgumentError
            If a site can do something that is asked for neither itself nor here.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=5, progress=False)
        >>> len(posts), set(posts["rating"])
        (5, {'general'})
        >>> best = lib.search("sky", min_score=10, order="score", progress=False)
        >>> best["score"].is_monotonic_decreasing
        True
        """
        wishes = search.wishes(
            min_score=min_score, order=order, media=media, after=after, before=before
        )
        question = search.Question(
            query, self._state.ratings(rating), checks.limit(self._limit(limit)), wishes
        )
        targets = self._state.targets(site)
        hiding = self._hiding(blacklist=blacklist)
        arrived = self._state.start_search(hiding)
        work = gathering.gather(
            self._state, targets, question, arrived, hiding, show=progress
        )
        try:
            await loop.on_app_loop(self._state.held(work))
        except BooruError as error:
            gathering.tell_what_came(error, self._state.frame(arrived), question.limit)
            raise
        return self._state.frame(arrived)

    async def pages(  # noqa: PLR0913 - each is a filter of its own
        self,
        query: str = "",
        *,
        site: str | Sequence[str] | None = None,
        limit: int | None = None,
        rating: str | Sequence[str] | None = None,
        min_score: int | None = None,
        order: str | None = None,
        media: str | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
        blacklist: bool | None = None,
    ) -> AsyncGenerator[pd.DataFrame, None]:
        """Yield the posts that a site, or several, find, page after page as they come.

        Leaving the loop early ends the work; ``lib.last`` is what has come. Of several
        sites a work comes once; what is found of it later, on another of them, is not
        told any more.

        Parameters
        ----------
        query, site, limit, rating, min_score, order, media, after, before, blacklist
            As for `search`; without a limit all posts come.

        Yields
        ------
        DataFrame
            As `search` returns; the index goes on from page to page. There is no
            empty page.

        Examples
        --------
        >>> sizes = [len(page) for page in lib.pages("lighthouse", limit=30)]
        >>> sum(sizes)
        30
        """
        wishes = search.wishes(
            min_score=min_score, order=order, media=media, after=after, before=before
        )
        question = search.Question(
            query, self._state.ratings(rating), checks.limit(limit), wishes
        )
        start = 0
        targets = self._state.targets(site)
        pages = gathering.each(
            self._state, targets, question, self._hiding(blacklist=blacklist)
        )
        async with aclosing(loop.each_on_app_loop(pages)) as each:
            async for posts in each:
                frame = self._state.frame(posts)
                frame.index = pd.RangeIndex(start, start + len(frame))
                start += len(frame)
                yield frame

    async def count(  # noqa: PLR0913 - each is a filter of its own
        self,
        query: str = "",
        *,
        site: str | Sequence[str] | None = None,
        rating: str | Sequence[str] | None = None,
        min_score: int | None = None,
        media: str | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
    ) -> int | None:
        """Return how many posts a site, or several together, find for a query.

        Parameters
        ----------
        query, site, rating, min_score, media, after, before
            As for `search`; dates are the site's own days here.

        Returns
        -------
        int or None
            None where a site will not count, or where a part of the question would be
            filtered here. A work that is on several sites counts on each.

        Examples
        --------
        >>> lib.count("lighthouse") > 0
        True
        """
        wishes = search.wishes(
            min_score=min_score, media=media, after=after, before=before
        )
        question = search.Question(query, self._state.ratings(rating), wishes=wishes)
        return await loop.on_app_loop(
            gathering.count(self._state, self._state.targets(site), question)
        )

    def _limit(self, limit: int | EllipsisType | None) -> int | None:
        return self._state.setting("limit") if limit is ... else limit

    def _hiding(self, *, blacklist: bool | None) -> Hiding | None:
        """Return what hides posts, unless nothing is to be hidden."""
        store, wanted = self._state.store, self._state.hides(blacklist)
        return Hiding(store) if wanted and not store.blacklist.is_empty() else None
