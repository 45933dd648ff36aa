"""Libraries that collect from a demo booru on a socket, and what must hold then."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import booru_nb as bn
from booru_nb import drawn
from booru_nb.drawn import mishaps
from booru_nb.drawn.serving import serve
from tests.support.dialects import DANBOORU, HIDDEN, Dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd
    from starlette.types import Receive, Scope, Send

    from booru_nb.drawn.app import DemoApp
    from booru_nb.drawn.calls import Call

SITE = "quay"
SIZE = 20
"""Posts a page; so few that a small booru has many pages."""

TOLD = {
    "danbooru": frozenset({"restricted", "deleted"}),
    "e621": frozenset({"restricted"}),
    "moebooru": frozenset({"restricted", "deleted"}),
}
"""The hidden posts that an engine lists without their pictures."""


@dataclass
class Board:
    """An address at which one demo booru can take the place of another.

    Attributes
    ----------
    app : DemoApp
        The one that answers now.
    dialect : Dialect
        What it speaks.
    url : str
        The address.
    """

    app: DemoApp = field(default_factory=drawn.create_app)
    dialect: Dialect = DANBOORU
    url: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def show(self, dialect: Dialect = DANBOORU, **options: Any) -> DemoApp:
        """Have a new booru answer, and return it."""
        self.dialect, self.app = dialect, dialect.app(**options)
        return self.app

    def asked(self) -> int:
        """Return how many pages were asked for so far."""
        return sum(map(_is_of_posts, self.app.calls.of(self.dialect.listing)))

    def visible(self) -> set[int]:
        """Return the ids of the posts that any search may find."""
        unlisted = HIDDEN - TOLD.get(self.dialect.engine, frozenset())
        return {p.id for p in self.app.booru.shelf.posts if p.status not in unlisted}

    def from_page(self, number: int) -> Callable[[Call], bool]:
        """Return what tells whether a call is for this page, counted from now, or on.

        The first is number 1.
        """
        before = self.asked()
        return lambda call: _is_of_posts(call) and self.asked() >= before + number


def _is_of_posts(call: Call) -> bool:
    """Tell posts from tags, which have the same path on sites like Gelbooru."""
    return call.query.get("s", "post") == "post"


@contextmanager
def standing() -> Iterator[Board]:
    """Have a board on a socket while the block runs."""
    board = Board()
    with serve(board) as url:
        board.url = url
        yield board


def introduce(
    library: bn.Library,
    board: Board,
    *,
    name: str = SITE,
    size: int = SIZE,
    **facts: object,
) -> None:
    """Make a board known to a library, as a site of small pages."""
    options = {"rate": None, "allow_private": True, "page_size": size, **facts}
    library._state.store.sites.add(
        name,
        url=board.url,
        engine=board.dialect.engine,
        options={**board.dialect.site, **options},
    )
    if name == SITE:
        library.set_default_site(name)


def collect(library: bn.Library, query: str = "", **options: Any) -> pd.DataFrame:
    """Collect posts of any rating, all of them unless a limit is given."""
    usual: dict[str, Any] = {"limit": None, "rating": "any", "progress": False}
    return library.collect(query, **{**usual, **options})


def search(library: bn.Library, query: str = "", **options: Any) -> pd.DataFrame:
    """Search as `collect` does."""
    usual: dict[str, Any] = {"limit": None, "rating": "any", "progress": False}
    return library.search(query, **{**usual, **options})


def stop_at_page(library: bn.Library, board: Board, page: int, **options: Any) -> bool:
    """Collect, and stop while a page is waited for; return whether it was asked for."""
    gate = threading.Event()
    path, last = board.dialect.listing, board.asked() + page
    held = board.app.faults.add(
        mishaps.hold(gate), path=path, when=board.from_page(page), count=None
    )
    usual: dict[str, Any] = {"limit": None, "rating": "any", "progress": False}

    async def stop() -> bool:
        work = asyncio.create_task(library.aio.collect(**{**usual, **options}))
        while board.asked() < last and not work.done():
            await asyncio.wait([work], timeout=0.01)
        work.cancel()
        await asyncio.wait([work])
        return work.cancelled()

    try:
        return asyncio.run(stop())
    finally:
        held.left = 0
        gate.set()


def ledger_holds(library: bn.Library, visible: set[int]) -> bool:
    """Tell whether every visible post in a range of the ledger is kept."""
    crawls = library._state.store.crawls
    kept = set(library.posts()["id"])
    for record in crawls.all():
        for reach in record.reaches:
            known = crawls.below(
                record.site, record.question, reach.high + 1, limit=10_000
            )
            within = {post for post in visible if reach.low <= post <= reach.high}
            found = {post.id for post in known.posts} if known else set()
            if known is None or known.low != reach.low or not within <= found & kept:
                return False
    return True


@contextmanager
def opened(file: Path, board: Board, *, size: int = SIZE) -> Iterator[bn.Library]:
    """Open a library that knows a board."""
    with bn.open(file) as library:
        if SITE not in set(library.sites()["site"]):
            introduce(library, board, size=size)
        yield library
