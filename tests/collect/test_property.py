"""Whatever happens in and between crawls, no post is left out and none is double."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.responses import Response

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn import mishaps
from booru_nb.post import Category
from tests.support.collecting import (
    Board,
    collect,
    ledger_holds,
    opened,
    search,
    standing,
    stop_at_page,
)
from tests.support.dialects import ALL, DANBOORU, HIDDEN, Dialect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

MOST = 70
SIZE = 9

Step = tuple[str, int, int | None]
"""What happens, at which page from here on, and under which limit it is collected."""

each_dialect = pytest.mark.parametrize("dialect", ALL, ids=lambda d: d.name)


@pytest.fixture(scope="module")
def board() -> Iterator[Board]:
    with standing() as board:
        yield board


def steps() -> st.SearchStrategy[list[Step]]:
    kinds = ["new", "short", "empty", "bytes", "busy", "fail", "stop", "reopen"]
    limits = st.one_of(st.none(), st.integers(0, MOST))
    step = st.tuples(st.sampled_from(kinds), st.integers(1, 6), limits)
    return st.lists(step, min_size=1, max_size=6)


def hidden() -> st.SearchStrategy[dict[int, str]]:
    return st.dictionaries(
        st.integers(0, MOST - 1), st.sampled_from(sorted(HIDDEN)), max_size=5
    )


def arrival(board: Board) -> mishaps.Action:
    """Have new posts come just before an answer."""

    async def act(site: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(board.app.booru.publish, 11)
        await site(scope, receive, send)

    return act


def happen(library: bn.Library, board: Board, step: Step) -> pd.DataFrame | None:
    """Collect while something happens; return the frame if it came to its end."""
    kind, page, limit = step
    if kind == "stop":
        stop_at_page(library, board, page, limit=limit)
        return None
    action = {
        "new": arrival(board),
        "short": mishaps.short_page(keep=2),
        "empty": mishaps.empty_page(),
        "bytes": mishaps.instead(Response(b"", media_type="text/html")),
        "busy": mishaps.refuse(429, retry_after=0),
        "fail": mishaps.refuse(403),
        "reopen": mishaps.refuse(429, retry_after=0),
    }[kind]
    board.app.faults.add(action, path=board.dialect.listing, when=board.from_page(page))
    with suppress(errors.SiteError):
        return collect(library, limit=limit)
    return None


def lasting(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts without the categories of tags, which may come later."""
    return posts.drop(columns=[*map(str, Category), "other"])


def check(
    dialect: Dialect, board: Board, gone: dict[int, str], day: list[Step]
) -> None:
    app = board.show(dialect, published=MOST)
    for place, status in gone.items():
        app.booru.change(app.booru.shelf.posts[place].id, status=status)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "mine.booru"
        for step in day:
            with opened(file, board, size=SIZE) as library:
                found = happen(library, board, step)
                app.faults.clear()
                assert ledger_holds(library, board.visible())
                assert found is None or found["id"].is_unique
        with opened(file, board, size=SIZE) as library:
            end = collect(library)
            truth = search(library)
            pd.testing.assert_frame_equal(lasting(end), lasting(truth))
            assert set(end["id"]) == board.visible()
            assert ledger_holds(library, board.visible())
            before = board.asked()
            pd.testing.assert_frame_equal(lasting(collect(library)), lasting(truth))
            assert board.asked() == before + 1


@each_dialect
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(gone=hidden(), day=steps())
def test_every_dialect_ends_with_what_a_search_finds(
    board: Board, dialect: Dialect, gone: dict[int, str], day: list[Step]
) -> None:
    check(dialect, board, gone, day)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(gone=hidden(), day=steps())
def test_any_day_ends_with_what_a_search_finds(
    board: Board, gone: dict[int, str], day: list[Step]
) -> None:
    check(DANBOORU, board, gone, day)
