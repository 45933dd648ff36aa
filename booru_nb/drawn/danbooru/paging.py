"""Pages of posts: numbered ones, and those before or after an id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.drawn.chance import Chance
from booru_nb.drawn.danbooru.errors import Refusal, too_far
from booru_nb.drawn.danbooru.metatags import ORDERS

if TYPE_CHECKING:
    from booru_nb.drawn.posts.history import DemoPost

LAST_PAGE = 1000
MOST = 200
USUAL = 20
PAGE = re.compile(r"(?P<side>[ab])?(?P<number>\d{1,18})")


def whole(text: str | None, usual: int, most: int) -> int:
    """Return how many are asked for: from 1 to `most`, without a complaint."""
    try:
        asked = int(text) if text else usual
    except ValueError:
        asked = usual
    return min(max(asked, 1), most)


def page_of(posts: list[DemoPost], page: str, limit: int, order: str) -> list[DemoPost]:
    """Return one page of posts.

    Parameters
    ----------
    posts : list of DemoPost
        All that match, oldest first.
    page : str
        ``3``, ``b1500`` (older than the post 1500) or ``a1500`` (newer). The last two
        override any order; newest first is how all three come.
    limit : int
        How many at most.
    order : str
        What ``order:`` says; empty or unknown for the newest first.

    Raises
    ------
    Refusal
        If the page is too far back, or none at all.
    """
    found = PAGE.fullmatch(page or "1")
    if found is None:
        raise Refusal(
            410, "PaginationExtension::PaginationError", "Invalid page number."
        )
    number = int(found["number"])
    if found["side"] == "b":
        return [post for post in reversed(posts) if post.id < number][:limit]
    if found["side"] == "a":
        return [post for post in posts if post.id > number][:limit][::-1]
    if number > LAST_PAGE:
        raise too_far(LAST_PAGE)
    start = (max(number, 1) - 1) * limit
    return ordered(posts, order)[start : start + limit]


def ordered(posts: list[DemoPost], order: str) -> list[DemoPost]:
    """Return posts as ``order:`` says; ``random`` is another order each time."""
    if order == "random":
        return sorted(posts, key=lambda _: Chance.anyhow())
    return sorted(posts, key=ORDERS.get(order, ORDERS["id_desc"]))
