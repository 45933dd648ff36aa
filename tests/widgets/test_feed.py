from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

import pytest

from booru_nb import frames
from booru_nb.errors import SiteDownError
from booru_nb.loop import run
from booru_nb.widgets.feed import Feed
from tests.support.shelf import page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pandas as pd

pytestmark = pytest.mark.usefixtures("app_loop")


class Turns:
    """Pages of an iterator that goes on behind an error."""

    def __init__(self) -> None:
        self.begun = 0
        self._pages: list[pd.DataFrame | SiteDownError] = [
            frames.from_posts(page(6, 3)),
            SiteDownError("down"),
            frames.from_posts(page(3, 3)),
        ]

    def __aiter__(self) -> Self:
        self.begun += 1
        return self

    async def __anext__(self) -> pd.DataFrame:
        if not self._pages:
            raise StopAsyncIteration
        found = self._pages.pop(0)
        if isinstance(found, SiteDownError):
            raise found
        return found


def ids(found: pd.DataFrame | None) -> list[int]:
    return [] if found is None else [int(number) for number in found["id"]]


def test_an_iterator_that_goes_on_is_not_begun_anew() -> None:
    opened: list[Turns] = []

    def open_pages() -> Turns:
        opened.append(Turns())
        return opened[-1]

    feed = Feed(open_pages)
    first = run(feed.next())
    with pytest.raises(SiteDownError):
        run(feed.next())

    assert ids(first) == [6, 5, 4]
    assert ids(run(feed.next())) == [3, 2, 1]
    assert run(feed.next()) is None
    assert len(opened) == 1


def test_a_page_without_a_new_post_is_passed_over() -> None:
    async def pages() -> AsyncIterator[pd.DataFrame]:
        for first in (6, 6, 3):
            yield frames.from_posts(page(first, 3))

    feed = Feed(pages)

    assert ids(run(feed.next())) == [6, 5, 4]
    assert ids(run(feed.next())) == [3, 2, 1]


def test_closing_waits_for_the_step_that_winds_up() -> None:
    ended: list[str] = []

    async def pages() -> AsyncIterator[pd.DataFrame]:
        try:
            await asyncio.Event().wait()
            yield frames.from_posts([])
        finally:
            await asyncio.sleep(0)
            ended.append("pages")

    async def scenario() -> None:
        feed = Feed(pages)
        step = asyncio.ensure_future(feed.next())
        await asyncio.sleep(0)
        step.cancel()
        await feed.aclose()
        ended.append("feed")

    run(scenario())

    assert ended == ["pages", "feed"]
