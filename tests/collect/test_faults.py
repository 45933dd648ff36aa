"""Libraries that cannot be written in mid-crawl, and posts that may not be kept."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from starlette.responses import JSONResponse, Response

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn import mishaps
from tests.store.samples import whole
from tests.support.collecting import Board, collect, ledger_holds, search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send


def before_page(board: Board, page: int, work: Callable[[], object]) -> None:
    """Have something done just before a page is answered."""

    async def act(site: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(work)
        await site(scope, receive, send)

    board.app.faults.add(act, path=board.dialect.listing, when=board.from_page(page))


def writer(own: bn.Library) -> sqlite3.Connection:
    db = own._state.store.file._writer._db
    assert db is not None
    return db


def test_a_full_disk_ends_a_crawl_without_a_hole(
    own: bn.Library, board: Board, library_file: Path
) -> None:
    def fill() -> None:
        [pages] = writer(own).execute("pragma page_count").fetchone()
        writer(own).execute(f"pragma max_page_count = {pages}")

    before_page(board, 3, fill)

    with pytest.raises(errors.StoreError, match=r"disk is full.*60 of 80 arrived"):
        collect(own, limit=80)

    assert len(own.last) == 60
    assert len(own.posts()) == 40
    assert ledger_holds(own, board.visible())
    writer(own).execute("pragma max_page_count = 1000000")
    found = collect(own, limit=80)
    pd.testing.assert_frame_equal(found, search(own, limit=80))
    own.close()
    assert whole(library_file)


def test_a_locked_file_ends_a_crawl_without_a_hole(
    own: bn.Library, board: Board, library_file: Path
) -> None:
    writer(own).execute("pragma busy_timeout = 1")
    other = sqlite3.connect(library_file, isolation_level=None, check_same_thread=False)
    before_page(board, 2, lambda: other.execute("begin immediate"))

    with closing(other), pytest.raises(errors.StoreError, match="is in use"):
        collect(own)

    assert len(own.posts()) == 20
    assert ledger_holds(own, board.visible())
    pd.testing.assert_frame_equal(collect(own), search(own))


def test_a_site_that_ignores_where_it_is_to_go_on_is_not_believed(
    own: bn.Library, board: Board
) -> None:
    async def first(site: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        newest = {**scope, "query_string": b"limit=20"}
        await site(newest, receive, send)

    board.app.faults.add(
        first, path=board.dialect.listing, when=board.from_page(2), count=None
    )

    found = collect(own)

    assert len(found) == 20
    assert own.crawls()["complete"].tolist() == [False]
    assert own.crawls()["oldest_id"].item() == found["id"].min()
    board.app.faults.clear()
    pd.testing.assert_frame_equal(collect(own), search(own))


def test_a_page_out_of_order_is_kept_and_not_believed(
    own: bn.Library, board: Board
) -> None:
    path = board.dialect.listing
    board.app.faults.add(turned(), path=path, when=board.from_page(2))

    collect(own, limit=60)

    assert own.crawls()["posts"].item() == 20
    assert len(own.posts()) == 60


def turned() -> mishaps.Action:
    """Answer with the oldest post first."""

    def change(response: Response) -> Response:
        return JSONResponse(json.loads(bytes(response.body))[::-1])

    return mishaps._changed(change)


def test_what_is_withheld_is_neither_kept_nor_counted(
    own: bn.Library, board: Board
) -> None:
    shelf = board.app.booru.shelf
    hidden = [shelf.posts[place].id for place in (-1, -30, 0)]
    for number in hidden:
        board.app.booru.change(number, rating="questionable", tags={"child": "general"})

    found = collect(own)

    assert set(found["id"]) == board.visible() - set(hidden)
    assert set(own.posts()["id"]) == set(found["id"])
    assert own.crawls()["posts"].item() == len(found)
    assert own.crawls()["complete"].item()


def test_what_is_withheld_later_leaves_the_crawl(own: bn.Library, board: Board) -> None:
    first = collect(own)
    number = int(first["id"].iloc[2])
    board.app.booru.change(number, rating="explicit", tags={"toddler": "general"})

    found = collect(own)

    assert number not in set(found["id"])
    assert own.crawls()["posts"].item() == len(first) - 1
    pd.testing.assert_frame_equal(found, search(own))


def test_two_collect_the_same_at_the_same_time(own: bn.Library, board: Board) -> None:
    async def both() -> list[pd.DataFrame]:
        options = {"limit": None, "rating": "any", "progress": False}
        works = [own.aio.collect(**options) for _ in range(3)]  # type: ignore[arg-type]
        return await asyncio.gather(*works)

    one, *others = asyncio.run(both())

    assert all(other.equals(one) for other in others)
    assert ledger_holds(own, board.visible())
    assert own.posts()["id"].is_unique


def test_a_crawl_that_is_forgotten_meanwhile_leaves_no_hole(
    own: bn.Library, board: Board
) -> None:
    def forget() -> None:
        own.forget_crawl(own.crawls()["crawl"])

    before_page(board, 3, forget)

    collect(own)

    assert own.crawls()["oldest_id"].item() == 0
    assert own.crawls()["posts"].item() < len(board.visible())
    assert ledger_holds(own, board.visible())
    pd.testing.assert_frame_equal(collect(own), search(own))
