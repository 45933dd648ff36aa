"""Pages of posts as Danbooru and e621 have them: numbered, or around an id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.refusal import Refusal

PAGE = re.compile(r"(?P<side>[ab])?(?P<number>\d{1,18})")


@dataclass(frozen=True, slots=True)
class Paging:
    """How far pages reach.

    Parameters
    ----------
    last : int
        The last numbered page.
    too_far : callable
        Gives the refusal for the page behind the last one.
    no_page : callable
        Gives the refusal for what is no page at all.
    """

    last: int
    too_far: Callable[[int], Refusal]
    no_page: Callable[[], Refusal]

    def page(
        self,
        posts: list[DemoPost],
        page: str,
        limit: int,
        sort: Callable[[list[DemoPost]], list[DemoPost]],
    ) -> list[DemoPost]:
        """Return one page of posts.

        Parameters
        ----------
        posts : list of DemoPost
            All that match, oldest first.
        page : str
            ``3``, ``b1500`` (older than the post 1500) or ``a1500`` (newer). The last
            two override any order; newest first is how they come.
        limit : int
            How many at most.
        sort : callable
            Puts posts in the order that was asked for.

        Raises
        ------
        Refusal
            If the page is too far back, or none at all.
        """
        found = PAGE.fullmatch(page or "1")
        if found is None:
            raise self.no_page()
        number = int(found["number"])
        if found["side"] == "b":
            return [post for post in reversed(posts) if post.id < number][:limit]
        if found["side"] == "a":
            return [post for post in posts if post.id > number][:limit][::-1]
        if number > self.last:
            raise self.too_far(self.last)
        start = (max(number, 1) - 1) * limit
        return sort(posts)[start : start + limit]


def page_of_rows(
    found: list[dict[str, Any]], page: str, limit: int
) -> list[dict[str, Any]]:
    """Return one page of rows that have an ``id``; what is no page is the first one.

    Parameters
    ----------
    found : list of dict
        All that match, in the order that was asked for.
    page, limit
        As for `Paging.page`.
    """
    asked = PAGE.fullmatch(page)
    number = int(asked["number"]) if asked else 1
    if asked and asked["side"] == "b":
        older = [row for row in found if row["id"] < number]
        return sorted(older, key=lambda row: -row["id"])[:limit]
    if asked and asked["side"] == "a":
        newer = [row for row in found if row["id"] > number]
        return sorted(newer, key=lambda row: row["id"])[:limit][::-1]
    start = (max(number, 1) - 1) * limit
    return found[start : start + limit]
