"""A crawl of any dialect returns every post once, whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.responses import Response

from booru_nb import errors
from booru_nb.drawn import mishaps
from tests.support.dialects import ALL, HIDDEN, Dialect, crawl, standing

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from booru_nb.drawn.app import DemoApp
    from booru_nb.drawn.calls import Call

MOST = 120
EMPTIES = {"gelbooru", "gelbooru02"}
TOLD = {
    "danbooru": frozenset({"restricted", "deleted"}),
    "e621": frozenset({"restricted"}),
    "moebooru": frozenset({"restricted", "deleted"}),
}
"""The hidden posts that an engine lists without their pictures."""

each_dialect = pytest.mark.parametrize("dialect", ALL, ids=lambda d: d.name)


@dataclass(frozen=True)
class Day:
    """What happens during a crawl.

    Attributes
    ----------
    published : int
        How many posts there are at the start.
    size : int
        Posts a page.
    hidden : dict of int to str
        The places of posts that are hidden from the start, and how.
    mishaps : list of (str, int)
        What happens to which page: ``new`` posts come, it is ``short`` or ``empty``
        or has no ``bytes``, or the site is ``busy``.
    """

    published: int
    size: int
    hidden: dict[int, str]
    mishaps: list[tuple[str, int]]


def days(engine: str) -> st.SearchStrategy[Day]:
    kinds = ["new", "new", "short", "busy"]
    # Elsewhere an empty page is the end of a listing.
    kinds += ["empty", "bytes"] if engine in EMPTIES else []
    return st.builds(
        Day,
        published=st.integers(0, MOST),
        size=st.integers(7, 40),
        hidden=st.dictionaries(
            st.integers(0, MOST - 1), st.sampled_from(sorted(HIDDEN)), max_size=6
        ),
        mishaps=st.lists(
            st.tuples(st.sampled_from(kinds), st.integers(0, 7)), max_size=5
        ),
    )


def arrival(app: DemoApp, count: int) -> mishaps.Action:
    """Have new posts come just before an answer."""

    async def act(site: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(app.booru.publish, count)
        await site(scope, receive, send)

    return act


def add(app: DemoApp, path: str, kind: str, nth: int) -> None:
    """Let something happen to the n-th question for a page of a listing."""
    action = {
        "new": arrival(app, 9),
        "short": mishaps.short_page(keep=3),
        "empty": mishaps.empty_page(),
        "bytes": mishaps.instead(Response(b"", media_type="text/html")),
        "busy": mishaps.refuse(429, retry_after=0),
    }[kind]
    asked = 0

    def when(_: Call) -> bool:
        nonlocal asked
        asked += 1
        return asked > nth

    app.faults.add(action, path=path, when=when)


def prepared(dialect: Dialect, day: Day) -> DemoApp:
    app = dialect.app(published=day.published, deepest=dialect.depth)
    posts = app.booru.shelf.posts
    for place, status in day.hidden.items():
        if place < len(posts):
            app.booru.change(posts[place].id, status=status)
    for kind, nth in day.mishaps:
        add(app, dialect.listing, kind, nth)
    return app


@each_dialect
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_post_comes_once(dialect: Dialect, data: st.DataObject) -> None:
    day = data.draw(days(dialect.engine))
    app = prepared(dialect, day)
    unlisted = HIDDEN - TOLD.get(dialect.engine, frozenset())
    wanted = {p.id for p in app.booru.shelf.posts if p.status not in unlisted}

    with standing(dialect, app):
        found = [post.id for post in crawl(dialect.adapter(), size=day.size)]

    assert len(found) == len(set(found))
    assert wanted <= set(found)


@each_dialect
def test_a_crawl_passes_the_last_page(dialect: Dialect) -> None:
    app = dialect.app(published=70, deepest=dialect.depth)
    with standing(dialect, app):
        found = crawl(dialect.adapter(), size=10)

    assert len(app.calls.of(dialect.listing)) >= 7
    assert len(found) >= 60


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("danbooru", "order:score"),
        ("e621", "order:score"),
        ("gelbooru", "sort:score"),
        ("shimmie2", "order=width"),
    ],
)
def test_behind_the_last_page_of_an_order_there_is_an_error(
    name: str, query: str
) -> None:
    dialect = next(d for d in ALL if d.name == name)
    app = dialect.app(published=70, deepest=dialect.depth)

    with (
        standing(dialect, app),
        pytest.raises((errors.PageLimitError, errors.LoginNeededError), match="quay"),
    ):
        crawl(dialect.adapter(), query, size=10)


@pytest.mark.parametrize("name", ["gelbooru", "gelbooru02", "philomena"])
def test_pages_that_stay_empty_are_an_error_where_more_should_come(name: str) -> None:
    dialect = next(d for d in ALL if d.name == name)
    app = dialect.app(published=70)
    app.faults.add(mishaps.empty_page(), count=None)

    with (
        standing(dialect, app),
        pytest.raises(errors.BadAnswerError, match=r"6[0-9] more posts follow"),
    ):
        crawl(dialect.adapter(), size=10)


@pytest.mark.parametrize("name", ["gelbooru02", "gelbooru02-json"])
def test_an_answer_without_bytes_is_asked_for_again(name: str) -> None:
    dialect = next(d for d in ALL if d.name == name)
    app = dialect.app(published=30)
    nothing = mishaps.instead(Response(b"", media_type="text/html"))
    app.faults.add(nothing, path=dialect.listing, count=2)

    with standing(dialect, app):
        found = crawl(dialect.adapter(), size=10)

    assert len(found) >= 25
