"""The posts that a site finds, page after page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.search.asker import Asker
from booru_nb.search.sparse import Sparseness, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from booru_nb.errors import SparseError
    from booru_nb.post import Post
    from booru_nb.search.learnt import Learnt
    from booru_nb.search.plan import Plan
    from booru_nb.search.question import Question
    from booru_nb.sites import Page, Site

    Hide = Callable[[Sequence[Post], int | None], list[Post]]


class Pages:
    """The posts that a site finds, page after page, each post once.

    A short page does not end a listing; a page without rows, or without a post that
    is new, does. After an error the iterator goes on with the page that failed.

    What the site does not evaluate is filtered here, and further pages come in place of
    what falls out. A filter that lets nothing of 20 pages pass is told.

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
        20 pages in a row pass (default: it is raised; asking again goes on).
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
        on_sparse: Callable[[SparseError], object] = refuse,
        hide: Hide | None = None,
    ) -> None:
        self.looked_at = 0
        self._asker = Asker(site, question, size=size, learnt=learnt)
        self._sparseness = Sparseness(site.name, on_sparse)
        self._hide = hide
        self._hid = False
        self._wanted = None if hide else question.limit
        self._left = question.limit
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
            Any of `booru_nb.errors` that the site or the way to it gives cause for.
        """
        while not self._over and self._left != 0:
            # Numbered pages of different sizes would overlap, or leave posts out.
            page, made = await self._asker.page(self._cursor, wanted=self._wanted)
            if fit := self._taken(page, made):
                self._sparseness.over()
                return fit
            if (made.filters or self._hid) and not self._over:
                names = [part.name for part in made.filters]
                hidden = ["the blacklist"] if self._hid else []
                self._sparseness.count(page, [*names, *hidden])
        raise StopAsyncIteration

    def _taken(self, page: Page, made: Plan) -> list[Post]:
        """Return what is wanted of a page, and go on behind it."""
        new = [post for post in page.posts if post.id not in self._seen]
        self._seen.update(post.id for post in new)
        self.looked_at += page.count
        stale = bool(page.posts) and not new
        stuck = page.cursor is None or page.cursor == self._cursor
        too_old = self._asker.is_too_old(page)
        self._over = page.count == 0 or stale or stuck or too_old
        self._cursor = page.cursor
        fit = [post for post in new if made.passes(post)]
        passed = len(fit)
        fit = self._hide(fit, self._left) if self._hide else fit[: self._left]
        self._hid = self._hide is not None and len(fit) < passed
        if self._left is not None:
            self._left -= len(fit)
        return fit
