"""Pages of posts: numbered ones, and those before or after an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.chance import Chance
from booru_nb.drawn.danbooru.metatags import ORDERS

if TYPE_CHECKING:
    from booru_nb.drawn.posts.history import DemoPost

LAST_PAGE = 1000
MOST = 200
USUAL = 20
MOST_ROWS = 1000


def ordered(posts: list[DemoPost], order: str) -> list[DemoPost]:
    """Return posts as ``order:`` says; ``random`` is another order each time."""
    if order == "random":
        return sorted(posts, key=lambda _: Chance.anyhow())
    return sorted(posts, key=ORDERS.get(order, ORDERS["id_desc"]))
