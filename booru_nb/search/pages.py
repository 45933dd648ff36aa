"""The posts that a site finds, page after page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import http
from booru_nb.search.lookups import policy

if TYPE_CHECKING:
    from typing import Self

    from booru_nb.post import Post
    from booru_nb.search.question import Question
    from booru_nb.sites import Page, Site


class Pages:
    """The posts that a site finds, page after page, each post once.

    A short page does not end a listing; a page without rows, or without a post that
    is new, does. After an error the iterator goes on with the page that failed.

    Parameters
    ----------
    site : Site
        Who is asked.
    question : Question
        What for.
    size : int, optional
        Posts a page (default: as many as the site gives).
    """

    def __init__(
        self, site: Site, question: Question, *, size: int | None = None
    ) -> None:
        self._site = site
        self._question = question
        self._words = question.words(site)
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
            fit = self._taken(await self._page())
            if fit:
                return fit
        raise StopAsyncIteration

    async def _page(self) -> Page:
        size = self._size
        # Rows that are dropped here would else have to be made up for one by one.
        limit = size if self._left is None else min(max(self._left, 20), size)
        request = self._site.search(self._words, cursor=self._cursor, limit=limit)
        answer = await http.send(request, policy(self._site))
        return self._site.read_posts(answer, query=self._words)

    def _taken(self, page: Page) -> list[Post]:
        """Return what is wanted of a page, and go on behind it."""
        new = [post for post in page.posts if post.id not in self._seen]
        self._seen.update(post.id for post in new)
        stale = bool(page.posts) and not new
        stuck = page.cursor is None or page.cursor == self._cursor
        self._over = page.count == 0 or stale or stuck
        self._cursor = page.cursor
        passing = [p for p in new if self._question.passes(p, self._site)]
        fit = passing[: self._left]
        if self._left is not None:
            self._left -= len(fit)
        return fit
