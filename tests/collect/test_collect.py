"""Posts kept as a site finds them, and asked for once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn import mishaps
from booru_nb.library.aio import Aio
from tests.support.collecting import (
    SITE,
    Board,
    collect,
    introduce,
    ledger_holds,
    search,
    stop_at_page,
)

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send


def closing(library: bn.Library) -> mishaps.Action:
    """Have a library closed just before an answer."""

    async def act(site: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(library.close)
        await site(scope, receive, send)

    return act


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    pd.testing.assert_frame_equal(one, other)
    return True


def test_it_returns_what_a_search_would(own: bn.Library) -> None:
    assert same(collect(own, limit=50), search(own, limit=50))
    assert same(collect(own, "sky", limit=7), search(own, "sky", limit=7))


def test_what_comes_is_kept(own: bn.Library) -> None:
    found = collect(own, limit=60)

    assert set(own.posts()["id"]) == set(found["id"])
    assert own.bookmarks().empty


def test_asked_twice_it_asks_for_the_newest_page_only(
    own: bn.Library, board: Board
) -> None:
    first = collect(own, limit=70)
    before = board.asked()

    assert same(collect(own, limit=70), first)
    assert board.asked() == before + 1
    assert own.posts()["id"].is_unique


def test_a_larger_limit_goes_on_below(own: bn.Library, board: Board) -> None:
    collect(own, limit=40)
    before = board.asked()

    more = collect(own, limit=80)

    assert same(more, search(own, limit=80))
    assert board.asked() - before <= 1 + 2 + 4  # the newest, two new, and the search


def test_new_posts_come_first_and_join_what_is_known(
    own: bn.Library, board: Board
) -> None:
    collect(own)
    board.app.booru.publish(30)
    before = board.asked()

    found = collect(own)

    assert board.asked() == before + 2
    assert same(found, search(own))
    assert own.crawls()["complete"].item()


def test_a_gap_that_a_stop_leaves_is_filled_next_time(
    own: bn.Library, board: Board
) -> None:
    collect(own)
    board.app.booru.publish(70)
    assert stop_at_page(own, board, 3)
    gaps = own.crawls()["gaps"].item()
    before = board.asked()

    found = collect(own)

    assert gaps == 1
    assert board.asked() == before + 1 + 2
    assert same(found, search(own))
    assert own.crawls()["ranges"].item() == f"0-{found['id'].iloc[0]}"


def test_a_stop_keeps_what_came_and_the_next_goes_on(
    own: bn.Library, board: Board
) -> None:
    assert stop_at_page(own, board, 3, limit=80)
    assert len(own.last) == len(own.posts()) == 40
    before = board.asked()

    found = collect(own, limit=80)

    assert board.asked() == before + 1 + 2
    assert same(found, search(own, limit=80))


def test_an_error_says_how_to_go_on(own: bn.Library, board: Board) -> None:
    path, third = board.dialect.listing, board.from_page(3)
    board.app.faults.add(mishaps.refuse(404), path=path, when=third)

    with pytest.raises(errors.NotFoundError, match="40 of 80 arrived; run it again to"):
        collect(own, limit=80)

    assert len(own.last) == len(own.posts()) == 40
    assert same(collect(own, limit=80), search(own, limit=80))


def test_another_session_knows_it(
    own: bn.Library, board: Board, library_file: Path
) -> None:
    first = collect(own)
    own.close()
    before = board.asked()

    with bn.open(library_file) as again:
        assert same(collect(again), first.reset_index(drop=True))

    assert board.asked() == before + 1


def test_refresh_asks_for_all_of_it_again(own: bn.Library, board: Board) -> None:
    first = collect(own)
    gone, retagged = first["id"].iloc[[40, 60]]
    board.app.booru.change(retagged, tags={"lamp": "general"})
    board.app.booru.change(gone, status="flagged")

    found = collect(own, refresh=True)

    assert same(found, search(own))
    assert found.set_index("id").loc[gone, "status"] == "flagged"
    assert same(collect(own), found)


def test_a_post_that_left_the_newest_page_is_left_out(
    own: bn.Library, board: Board
) -> None:
    first = collect(own, "sky")
    retagged = int(first["id"].iloc[1])
    board.app.booru.change(retagged, tags={"lamp": "general"})

    assert same(collect(own, "sky"), search(own, "sky"))
    assert retagged in set(own.posts()["id"])


def test_an_order_is_kept_without_a_ledger(
    own: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    found = collect(own, order="score", progress=True)

    assert same(found, search(own, order="score"))
    assert set(own.posts()["id"]) == set(found["id"])
    assert own.crawls().empty
    assert "ids do not descend" in capsys.readouterr().out


def test_what_is_filtered_here_is_kept_only_where_it_fits(
    board: Board, own: bn.Library
) -> None:
    introduce(own, board, tag_limit=1)

    found = collect(own, "sky cloud")

    assert same(found, search(own, "sky cloud"))
    assert set(own.posts()["id"]) == set(found["id"])
    assert same(collect(own, "cloud sky"), found)
    assert len(own.crawls()) == 1


def test_nothing_found_is_an_empty_frame(own: bn.Library) -> None:
    assert same(collect(own, "no_such_tag"), search(own, "no_such_tag"))
    assert own.crawls().empty


def test_an_empty_page_is_believed_when_it_comes_twice(
    own: bn.Library, board: Board
) -> None:
    path = board.dialect.listing
    board.app.faults.add(mishaps.empty_page(), path=path, when=board.from_page(2))

    assert same(collect(own), search(own))


def test_a_limit_of_none_asks_nothing_of_nobody(own: bn.Library, board: Board) -> None:
    assert collect(own, limit=0).empty
    assert board.asked() == 0


def test_a_post_that_is_gone_from_the_library_is_asked_for_again(
    own: bn.Library, board: Board
) -> None:
    first = collect(own)
    gone = first["id"].iloc[[45, 46, 70]]
    own._state.store.posts.drop([(SITE, int(post)) for post in gone])
    before = board.asked()

    assert same(collect(own), first)
    assert board.asked() == before + 1 + 2
    assert ledger_holds(own, board.visible())


def test_the_blacklist_hides_nothing_of_it(own: bn.Library) -> None:
    own.add_to_blacklist("sky")

    assert same(collect(own), search(own, blacklist=False))
    assert own.hidden.empty


def test_closing_the_library_ends_it_and_keeps_what_came(
    own: bn.Library, board: Board, library_file: Path
) -> None:
    path, close = board.dialect.listing, closing(own)
    board.app.faults.add(close, path=path, when=board.from_page(3))

    with pytest.raises(errors.LibraryError, match="40 of 80 arrived; run it again"):
        collect(own, limit=80)

    with bn.open(library_file) as again:
        assert len(again.posts()) == 40
        assert same(collect(again, limit=80), search(again, limit=80))


def test_the_bar_tells_what_comes_from_here(
    own: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    collect(own, limit=60)
    collect(own, limit=90, progress=True)

    assert "40 from here, 50 from the site" in capsys.readouterr().err


def test_a_plain_collect_is_the_awaited_one() -> None:
    assert bn.Library.collect.__doc__ == Aio.collect.__doc__
