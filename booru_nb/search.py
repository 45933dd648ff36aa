"""A question sent to a site, its answer read, page after page."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb import http
from booru_nb.errors import ArgumentError, BadAnswerError, BooruError
from booru_nb.post import Rating

if TYPE_CHECKING:
    from typing import Self

    import httpx

    from booru_nb.post import Post
    from booru_nb.sites import Page, Site, Suggestion, TagInfo


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for on a site.

    Parameters
    ----------
    query : str
        In the site's own words.
    ratings : frozenset of Rating, or None
        Which ratings pass; None lets all pass, an unknown one included.
    limit : int or None
        How many posts at the most; None for all.
    """

    query: str
    ratings: frozenset[Rating] | None = frozenset({Rating.GENERAL})
    limit: int | None = 100

    def words(self, site: Site) -> str:
        """Return the query as it is sent, with the ratings in the site's words."""
        query = " ".join(self.query.split())
        if self.ratings is None or site.names_rating(query):
            return query
        return site.with_ratings(query, self.ratings)

    def passes(self, post: Post, site: Site) -> bool:
        """Tell whether a post has a rating that was asked for."""
        if self.ratings is None or site.names_rating(self.query):
            return True
        return post.rating in self.ratings


def ratings(wanted: str | Iterable[str]) -> frozenset[Rating] | None:
    """Return the ratings that a word or a list of words stands for; None for all.

    Raises
    ------
    ArgumentError
        If a word is no rating.
    """
    if wanted == "any":
        return None
    several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
    names: list[Any] = list(wanted) if several else [wanted]
    with suppress(ValueError):
        if names:
            return frozenset(Rating(name) for name in names)
    known = ", ".join(repr(str(r)) for r in Rating)
    msg = f"{wanted!r} is no rating. Known: {known}, a list of these, or 'any'."
    raise ArgumentError(msg)


def policy(site: Site, *, media: bool = False) -> http.Policy:
    """Return how a site wants to be asked, for its API or for its pictures."""
    return http.Policy(
        rate=site.media_rate if media else site.rate,
        allow_private=site.allow_private,
        # What the site sends may name other hosts, which nobody has allowed.
        private_host=site.host,
        referer=site.referer,
        user=site.login.user if site.login and site.names_user else None,
    )


class Pages:
    """The posts that a site finds, page after page, each post once.

    A short page does not end a listing; a page without rows, or without a post that
    is new, does. On sites that send empty or broken pages by mistake, such a page is
    asked for again first. After an error the iterator goes on with the page that
    failed.

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
        for left in reversed(range(self._site.page_retries + 1)):
            try:
                page = await self._read(request)
            except BadAnswerError:
                if left == 0:
                    raise
            else:
                if page.count or page.total == 0:
                    return page
        return self._ended(page, limit)

    def _ended(self, page: Page, limit: int) -> Page:
        """Return an empty page that ends the listing, or say that it cannot be so.

        What a site counts may include some posts that it shows to nobody.
        """
        if page.total is None or page.total <= limit:
            return page
        raise BadAnswerError(
            f"{self._site.name} says that {page.total} more posts follow, but it sends "
            "none. Try again later."
        )

    async def _read(self, request: httpx.Request) -> Page:
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


async def post(site: Site, post_id: int) -> Post:
    """Return one post.

    Raises
    ------
    NotFoundError
        If the site does not have it.
    """
    answer = await http.send(site.post(post_id), policy(site))
    return site.read_post(answer)


async def post_by_md5(site: Site, md5: str) -> Post:
    """Return the post of a file.

    Raises
    ------
    NotFoundError
        If the site does not have it.
    ArgumentError
        If the site cannot find posts by their md5.
    """
    answer = await http.send(site.post_by_md5(md5), policy(site))
    return site.read_post(answer)


async def suggest(site: Site, text: str, *, limit: int = 10) -> list[Suggestion]:
    """Return how a word may go on, in the site's order."""
    answer = await http.send(site.suggest(text, limit=limit), policy(site))
    return site.read_suggestions(answer)[:limit]


async def tags(site: Site, names: Iterable[str]) -> list[TagInfo]:
    """Return what tags are; names that do not exist are not there."""
    wanted = dict.fromkeys(names)
    left = list(wanted)
    found: list[TagInfo] = []
    while left:
        batch, left = left[: site.tag_batch], left[site.tag_batch :]
        answer = await http.send(site.tags(batch), policy(site))
        # Some sites can only be asked for more than these.
        found += [info for info in site.read_tags(answer) if info.tag in wanted]
    return found


async def count(site: Site, question: Question) -> int | None:
    """Return how many posts a site finds; None where it will not count."""
    answer = await http.send(site.count(question.words(site)), policy(site))
    return site.read_count(answer)


async def count_if_it_can(site: Site, question: Question) -> int | None:
    """Return how many posts a site finds; None where that fails for any reason.

    A count only serves the progress bar, so it must not take a search down.
    """
    try:
        return await count(site, question)
    except BooruError:
        return None
