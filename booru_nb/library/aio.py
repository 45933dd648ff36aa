"""The verbs that need the network, to be awaited."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import pandas as pd

from booru_nb import frames, loop, search
from booru_nb.errors import ArgumentError, BooruError
from booru_nb.library.progress import bar
from booru_nb.schemas import SUGGESTIONS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from booru_nb.library.state import State
    from booru_nb.post import Post
    from booru_nb.sites import Site


class Aio:
    """What ``lib.aio`` is: the network verbs of a library, to be awaited on any loop.

    Each has a plain twin of the same name on the library, which waits for it.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    async def search(
        self,
        query: str = "",
        *,
        site: str | None = None,
        limit: int | None = 100,
        rating: str | Sequence[str] | None = None,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Return the posts that a site finds for a query.

        What has arrived is never lost: after the stop button or an error in
        mid-search, ``lib.last`` has it, and the error has it as ``.posts``.

        Parameters
        ----------
        query : str
            Tags in the site's own words; none for the newest posts.
        site : str, optional
            A site's name here (default: the library's default site).
        limit : int or None
            How many posts at the most; None for all of them.
        rating : str or list of str, optional
            ``"general"``, ``"sensitive"``, ``"questionable"``, ``"explicit"``, a list
            of these, or ``"any"`` (default: ``lib.rating``, at first ``"general"``).
            A rating in the query replaces it.
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

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=5, progress=False)
        >>> len(posts), set(posts["rating"])
        (5, {'general'})
        """
        target = self._state.site(site)
        question = search.Question(query, self._state.ratings(rating), _limit(limit))
        arrived = self._state.start_search()
        work = _gather(target, question, arrived, progress=progress)
        try:
            await loop.on_app_loop(work)
        except BooruError as error:
            _tell_what_came(error, self._state.frame(arrived), question.limit)
            raise
        return self._state.frame(arrived)

    async def pages(
        self,
        query: str = "",
        *,
        site: str | None = None,
        limit: int | None = None,
        rating: str | Sequence[str] | None = None,
    ) -> AsyncGenerator[pd.DataFrame, None]:
        """Yield the posts that a site finds, page after page as they come.

        Leaving the loop early ends the work.

        Parameters
        ----------
        query, site, limit, rating
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
        target = self._state.site(site)
        question = search.Question(query, self._state.ratings(rating), _limit(limit))
        start = 0
        async with aclosing(loop.each_on_app_loop(_each(target, question))) as each:
            async for posts in each:
                frame = self._state.frame(posts)
                frame.index = pd.RangeIndex(start, start + len(frame))
                start += len(frame)
                yield frame

    async def post(self, post_id: int, *, site: str | None = None) -> pd.DataFrame:
        """Return one post of a site, of any rating.

        Parameters
        ----------
        post_id : int
            Its id.
        site : str, optional
            A site's name here (default: the library's default site).

        Returns
        -------
        DataFrame
            One row, with the columns of `search`.

        Raises
        ------
        NotFoundError
            If the site has no such post.

        Examples
        --------
        >>> newest = lib.search(limit=1, progress=False)["id"].item()
        >>> lib.post(newest)["post_url"].item().endswith(f"/posts/{newest}")
        True
        """
        if isinstance(post_id, bool) or not isinstance(post_id, int) or post_id < 0:
            raise ArgumentError(f"A post's id is a whole number, not {post_id!r}.")
        found = await loop.on_app_loop(search.post(self._state.site(site), post_id))
        return self._state.frame([found])

    async def suggest(
        self, text: str, *, site: str | None = None, limit: int = 10
    ) -> pd.DataFrame:
        """Return how a tag may go on, in the site's order.

        Parameters
        ----------
        text : str
            The beginning of a tag.
        site : str, optional
            A site's name here (default: the library's default site).
        limit : int
            How many at the most.

        Returns
        -------
        DataFrame
            One row a tag. Nothing found gives no rows, and the same columns and
            dtypes.

            ============  =======  ===================================================
            column        dtype    meaning
            ============  =======  ===================================================
            tag           str      as it is searched for
            category      str      missing where the site does not say
            site_count    Int64    how many posts of the site have it
            alias         str      the other name that was typed; mostly missing
            ============  =======  ===================================================

        Examples
        --------
        >>> "lighthouse" in set(lib.suggest("lightho")["tag"])
        True
        """
        target = self._state.site(site)
        found = await loop.on_app_loop(search.suggest(target, text, limit=limit))
        columns: dict[str, list[object]] = {
            "tag": [s.tag for s in found],
            "category": [s.category for s in found],
            "site_count": [s.count for s in found],
            "alias": [s.alias for s in found],
        }
        return frames.from_columns(columns, SUGGESTIONS)

    async def count(
        self,
        query: str = "",
        *,
        site: str | None = None,
        rating: str | Sequence[str] | None = None,
    ) -> int | None:
        """Return how many posts a site finds for a query.

        Parameters
        ----------
        query, site, rating
            As for `search`.

        Returns
        -------
        int or None
            None where the site will not count.

        Examples
        --------
        >>> lib.count("lighthouse") > 0
        True
        """
        question = search.Question(query, self._state.ratings(rating))
        target = self._state.site(site)
        return await loop.on_app_loop(search.count(target, question))


def _limit(limit: int | None) -> int | None:
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        msg = f"A limit is a whole number, or None for everything, not {limit!r}."
        raise ArgumentError(msg)
    return limit


async def _each(
    site: Site, question: search.Question
) -> AsyncGenerator[list[Post], None]:
    async for posts in search.Pages(site, question):
        yield posts


async def _gather(
    site: Site, question: search.Question, arrived: list[Post], *, progress: bool
) -> None:
    """Put posts into a list as they come, under a progress bar."""
    with bar(question.limit, doing=site.name, show=progress) as shown:
        if question.limit is None and progress:
            shown.total = await search.count_if_it_can(site, question)
            shown.refresh()
        try:
            async for posts in search.Pages(site, question):
                arrived += posts
                shown.update(len(posts))
        except asyncio.CancelledError:
            came = _came(len(arrived), question.limit)
            shown.write(f"Stopped: {came}")
            raise


def _tell_what_came(error: BooruError, posts: pd.DataFrame, limit: int | None) -> None:
    """Add to an error what had arrived before it."""
    error.posts = posts
    if len(posts):
        error.args = (f"{error} {_came(len(posts), limit)}",)


def _came(count: int, limit: int | None) -> str:
    return f"{count}{'' if limit is None else f' of {limit}'} arrived; see lib.last."
