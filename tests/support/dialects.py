"""The demo booru in each of its dialects, and the adapters that speak them."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from booru_nb import drawn, frames, http
from booru_nb.search import Pages, Question
from booru_nb.sites import ENGINES, Login, Site
from tests.support.web import on_a_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from booru_nb.drawn.app import DemoApp
    from booru_nb.post import Post

LOGIN = Login("demo", "demo-key")


@dataclass(frozen=True)
class Dialect:
    """A dialect, and how it is asked.

    Attributes
    ----------
    name : str
        Of the test case.
    engine : str
        Of the adapter and the demo booru alike.
    listing : str
        The path of its listing of posts.
    demo, site : dict
        What the demo booru and the adapter are made with.
    depth : int
        A small cap on pages, so that crawls pass it.
    """

    name: str
    engine: str
    listing: str
    demo: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    depth: int = 20

    @property
    def host(self) -> str:
        """Where it is in this process."""
        return f"{self.name}.invalid"

    def app(self, **options: Any) -> DemoApp:
        """Return the demo booru that speaks it."""
        return drawn.create_app(dialect=self.engine, **self.demo, **options)

    def adapter(self, url: str | None = None, **options: Any) -> Site:
        """Return the adapter that asks it."""
        return ENGINES[self.engine](
            name="quay",
            url=url or f"http://{self.host}",
            rate=None,
            **{"tag_limit": None, **self.site, **options},
        )


INDEX = "/index.php"
DANBOORU = Dialect("danbooru", "danbooru", "/posts.json", {"tag_limit": None}, depth=2)
OTHERS = (
    Dialect("e621", "e621", "/posts.json", depth=2),
    Dialect("gelbooru", "gelbooru", INDEX),
    Dialect("gelbooru-xml", "gelbooru", INDEX, {"form": "xml"}),
    Dialect("gelbooru02", "gelbooru02", INDEX),
    Dialect("gelbooru02-json", "gelbooru02", INDEX, {"form": "json"}),
    Dialect(
        "moebooru",
        "moebooru",
        "/post.json",
        # Each site of this engine says what its numbers mean.
        site={"types": ("general", "artist", "", "copyright", "character", "meta")},
    ),
    Dialect(
        "philomena",
        "philomena",
        "/api/v1/json/search/images",
        site={"filter_id": 56027},
    ),
    Dialect("szurubooru", "szurubooru", "/api/posts/"),
    Dialect("shimmie2", "shimmie2", "/api/danbooru/find_posts"),
)
ALL = (DANBOORU, *OTHERS)


PUBLISHED = 80
STATUSES = {1003: "restricted", 1010: "deleted", 1021: "flagged", 1030: "pending"}
HIDDEN = frozenset({"restricted", "deleted"})


@contextmanager
def standing(dialect: Dialect, app: DemoApp) -> Iterator[None]:
    """Have an app answer for its dialect in this process."""
    http.in_process(dialect.host, app)
    try:
        yield
    finally:
        http.not_in_process(dialect.host)


def with_login(site: Site) -> Site:
    """Return a site as a user of it asks it."""
    return dataclasses.replace(site, login=LOGIN)


def crawl(
    site: Site, query: str = "", *, limit: int | None = None, size: int | None = None
) -> list[Post]:
    """Return what a site finds, page after page, of all ratings."""

    async def whole() -> list[Post]:
        pages = Pages(site, Question(query, None, limit), size=size)
        return [post async for page in pages for post in page]

    return on_a_loop(whole)


def demo(dialect: Dialect) -> DemoApp:
    """Return a small demo booru with a post of each status."""
    app = dialect.app(published=PUBLISHED)
    for number, status in STATUSES.items():
        app.booru.change(number, status=status)
    return app


@cache
def told(dialect_name: str) -> pd.DataFrame:
    """Return all posts as a dialect tells them, by their ids."""
    dialect = next(d for d in ALL if d.name == dialect_name)
    with standing(dialect, demo(dialect)):
        found = frames.from_posts(crawl(dialect.adapter()))
    return found.set_index("id").sort_index()


def shown(posts: pd.DataFrame) -> pd.DataFrame:
    """Return the posts whose pictures every dialect shows."""
    status = told("danbooru")["status"].reindex(posts.index)
    return posts[~status.isin(HIDDEN)]
