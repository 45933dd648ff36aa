"""Several sites in one call, filters of their own, and pages with an end."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from booru_nb import errors
from booru_nb.drawn import mishaps
from tests.support.collecting import Board, collect, introduce, search, standing
from tests.support.dialects import ALL, DANBOORU

if TYPE_CHECKING:
    from collections.abc import Iterator

    import booru_nb as bn

E621 = next(dialect for dialect in ALL if dialect.name == "e621")
BOTH = ["quay", "harbour"]


@pytest.fixture
def harbour(own: bn.Library) -> Iterator[Board]:
    """Another booru, with newer and fewer posts of the same pictures."""
    with ExitStack() as stack:
        board = stack.enter_context(standing())
        board.show(E621, published=40)
        introduce(own, board, name="harbour")
        yield board


def test_several_sites_are_merged_as_a_search_does(
    own: bn.Library, harbour: Board
) -> None:
    found = collect(own, site=BOTH, limit=80)

    pd.testing.assert_frame_equal(found, search(own, site=BOTH, limit=80))
    assert (found["also_on"] != "").any()
    assert set(own.crawls()["site"]) == set(BOTH)
    assert harbour.asked() > 0


def test_each_of_several_sites_goes_on_by_itself(
    own: bn.Library, board: Board, harbour: Board
) -> None:
    collect(own, site=BOTH)
    before = board.asked(), harbour.asked()

    found = collect(own, site=BOTH)

    assert (board.asked(), harbour.asked()) == (before[0] + 1, before[1] + 1)
    pd.testing.assert_frame_equal(found, search(own, site=BOTH))


def test_a_site_that_fails_leaves_the_others(own: bn.Library, harbour: Board) -> None:
    harbour.app.faults.add(mishaps.refuse(403), count=None)

    with pytest.warns(errors.SiteWarning, match="harbour"):
        found = collect(own, site=BOTH)

    pd.testing.assert_frame_equal(found, search(own, site="quay"))


def test_a_full_disk_is_no_fault_of_a_site(own: bn.Library, harbour: Board) -> None:
    db = own._state.store.file._writer._db
    assert db is not None
    [pages] = db.execute("pragma page_count").fetchone()
    db.execute(f"pragma max_page_count = {pages}")

    with pytest.raises(errors.StoreError, match="disk is full"):
        collect(own, site=BOTH)

    assert harbour.asked() == 1


def test_dates_end_a_crawl_for_good(own: bn.Library, board: Board) -> None:
    every = search(own)
    after = every["created_at"].iloc[30]
    found = collect(own, after=after)
    before = board.asked()

    again = collect(own, after=after)

    pd.testing.assert_frame_equal(found, search(own, after=after))
    pd.testing.assert_frame_equal(again, found)
    assert own.crawls()["complete"].item()
    assert board.asked() - before == 1 + len(found) // 20 + 1 + 1


def test_a_crawl_passes_the_last_page(own: bn.Library, board: Board) -> None:
    board.show(DANBOORU, published=90, deepest=2)

    assert set(collect(own)["id"]) == board.visible()


def test_behind_the_last_page_of_an_order_there_is_an_error(
    own: bn.Library, board: Board
) -> None:
    board.show(DANBOORU, published=90, deepest=2)

    with pytest.raises(errors.PageLimitError, match="40 of 80 arrived"):
        collect(own, order="score", limit=80)

    assert len(own.posts()) == 40


def test_ratings_have_crawls_of_their_own(own: bn.Library) -> None:
    collect(own, rating="general")
    collect(own, rating=["general", "sensitive"])
    collect(own, rating=["sensitive", "general"])

    assert own.crawls()["rating"].tolist() == ["general sensitive", "general"]
