from __future__ import annotations

import asyncio
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
import traitlets

from booru_nb import loop
from booru_nb.errors import FolderNameError, FrameError
from tests.support.drawn import frame
from tests.widgets.grids import Browser

pytestmark = pytest.mark.usefixtures("app_loop")


def test_what_the_browser_selects_is_the_frames_own_rows() -> None:
    posts = frame(9, mine=1.5).set_index(pd.Index(list("abcdefghi")))
    browser = Browser(posts)

    browser.select("add", (5, 6))
    browser.select("add", (1, 3))

    pd.testing.assert_frame_equal(browser.grid.selected, posts.loc[["f", "b", "c"]])


def test_what_the_browser_unselects_is_gone() -> None:
    browser = Browser()
    browser.select("set", (0, 5))
    browser.select("remove", (1, 4))

    assert browser.grid.selected["id"].tolist() == [1, 5]


def test_a_selection_is_told_to_all_views() -> None:
    browser = Browser()
    browser.select("add", (3, 4))

    told = browser.wire.heard("selected")[-1]
    assert (told["view"], told["how"], told["ranges"]) == ("one", "add", [[3, 4]])


def test_a_new_view_is_told_what_is_selected() -> None:
    browser = Browser()
    browser.grid.select(np.arange(100) < 90)
    before = len(browser.wire.heard("selected"))
    browser.need(view="another")

    [told] = browser.wire.heard("selected")[before:]
    assert (told["how"], told["ranges"]) == ("set", [(0, 90)])


def test_selecting_replaces_unless_it_adds() -> None:
    grid = Browser().grid
    grid.select([("demo", 3)])
    grid.select([("demo", 9)])
    grid.select([("demo", 4), ("demo", 9)], add=True)

    assert grid.selected["id"].tolist() == [9, 4]


def test_a_selection_finds_its_place_in_the_users_frame() -> None:
    posts = frame(6, keep=False)
    grid = Browser(posts).grid
    grid.select(posts["score"] > 4)
    posts.loc[grid.selected.index, "keep"] = True

    assert posts["keep"].tolist() == [False] * 4 + [True] * 2


def test_twenty_thousand_are_one_small_message() -> None:
    browser = Browser(20_000)
    browser.select("set", (0, 20_000))

    assert len(browser.grid.selected) == 20_000
    assert len(json.dumps(browser.wire.heard("selected"))) < 300


def test_an_observer_is_told_of_each_selection() -> None:
    browser = Browser()
    browser.grid.observe(lambda change: browser.note(len(change["new"])), "selected")
    browser.select("add", (1, 4))
    browser.grid.select([])

    browser.until_seen(3, 0)


def test_an_observer_may_block() -> None:
    async def answer() -> str:
        await asyncio.sleep(0)
        return "answer"

    browser = Browser()
    browser.grid.observe(lambda _: browser.note(loop.run(answer())), "selected")
    browser.select("add", (1, 2))

    browser.until_seen("answer")


def test_an_observer_may_block_when_our_own_work_selects() -> None:
    browser = Browser()

    async def answer() -> str:
        return "answer"

    async def work() -> None:
        browser.grid.select([("demo", 1)])

    browser.grid.observe(lambda _: browser.note(loop.run(answer())), "selected")
    loop.run_on_app_loop(work())

    browser.until_seen("answer")


def test_an_observer_that_selects_is_told_afterwards() -> None:
    browser = Browser()

    def keep_two(change: dict[str, Any]) -> None:
        rows = change["new"]
        if len(rows) > 2:
            browser.grid.select(rows.head(2))
        browser.note(rows["id"].tolist())

    browser.grid.observe(keep_two, "selected")
    browser.select("set", (0, 5))

    browser.until_seen([1, 2, 3, 4, 5], [1, 2])


def test_an_error_of_ours_in_an_observer_is_shown() -> None:
    def refuse(_change: object) -> None:
        raise FolderNameError("A folder cannot be named '../x'.")

    browser = Browser()
    browser.grid.observe(refuse, "selected")
    browser.select("add", (1, 2))

    assert browser.grid.status == "A folder cannot be named '../x'."
    assert browser.grid.tone == "error"


def test_a_message_on_another_thread_is_done_on_the_loops() -> None:
    browser = Browser()
    browser.grid.observe(lambda _: browser.note(loop.on_app_thread()), "selected")
    said = {"kind": "select", "view": "one", "epoch": 0, "how": "add"}
    browser.wire.say_on_a_thread(**said, ranges=[[1, 2]])

    browser.until_seen(True)  # noqa: FBT003 (what was seen)


def test_a_selection_from_another_thread_is_there_when_the_call_returns() -> None:
    browser = Browser()

    def work() -> list[int]:
        browser.grid.select([("demo", 5)])
        return browser.grid.selected["id"].tolist()

    assert loop.run(asyncio.to_thread(work)) == [5]


def test_selected_is_not_assigned() -> None:
    with pytest.raises(traitlets.TraitError, match=r"grid.select\(…\)"):
        Browser().grid.selected = frame(1)


def test_another_frame_starts_anew() -> None:
    browser = Browser()
    browser.select("add", (1, 4))
    browser.grid.show(frame(7), can_more=True)

    assert len(browser.grid.selected) == 0
    [state] = [s for s in browser.wire.states if "epoch" in s]
    assert state == {"epoch": 1, "total": 7, "can_more": True}


def test_a_selection_of_the_last_frame_is_not_heard() -> None:
    browser = Browser()
    browser.grid.show(frame(7))
    browser.say("select", how="add", ranges=[[0, 1]], epoch=0)

    assert len(browser.grid.selected) == 0


def test_a_frame_that_is_none_leaves_the_last_one() -> None:
    grid = Browser(5).grid
    with pytest.raises(FrameError):
        grid.show(frame(3).drop(columns="id"))

    assert len(grid.posts) == 5


def test_further_posts_change_no_ordinal() -> None:
    browser = Browser(5)
    browser.select("add", (4, 5))
    browser.grid.extend(frame(9).tail(4))

    assert browser.grid.selected["id"].tolist() == [5]
    assert browser.grid.posts["id"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert browser.grid.total == 9


def test_more_is_asked_for_once_a_length_by_however_many_views() -> None:
    asked: list[int] = []

    def more() -> None:
        asked.append(browser.grid.total)

    browser: Browser = Browser(5, can_more=True, on_more=more)
    for view in ("one", "two"):
        browser.say("more", view=view, again=False)
    browser.grid.extend(frame(3))
    browser.say("more", again=False)

    assert asked == [5, 8]


def test_a_person_may_ask_for_more_again() -> None:
    asked: list[int] = []
    browser = Browser(5, can_more=True, on_more=lambda: asked.append(1))
    browser.say("more", again=False)
    browser.say("more", again=True)

    assert asked == [1, 1]


def test_a_star_hands_over_the_row_or_the_selection() -> None:
    asked: list[list[int]] = []
    browser = Browser(on_bookmark=lambda rows: asked.append(rows["id"].tolist()))
    browser.say("bookmark", ranges=[[6, 7]])
    browser.select("set", (0, 2))
    browser.say("bookmark", ranges=None)

    assert asked == [[7], [1, 2]]


def test_opening_hands_over_the_row() -> None:
    opened: list[pd.DataFrame] = []
    browser = Browser(on_open=opened.append)
    browser.say("open", id=3)

    assert opened[0]["id"].tolist() == [4]
    assert browser.grid.active == 3


def test_a_bookmark_is_told_of_what_the_browser_knows() -> None:
    browser = Browser(bookmarked={("demo", 1)})
    browser.need(0, 1, 2)
    browser.until_arrived(0, 1, 2)
    browser.grid.set_bookmarked({("demo", 3), ("demo", 70)})

    [told] = browser.wire.heard("bookmarked")
    assert (told["on"], told["off"]) == ([(2, 3)], [(0, 1)])


def test_unsafe_and_unknown_ratings_are_blurred() -> None:
    ratings = ["general", "sensitive", "questionable", "explicit", None]
    browser = Browser(frame(5, rating=ratings))
    browser.need(*range(5))
    browser.until_arrived(*range(5))

    items = [item for m in browser.wire.heard("thumbs") for item in m["items"]]
    blurred = {item["id"]: item["blurred"] for item in items}
    assert [blurred[i] for i in range(5)] == [False, False, True, True, True]


def test_the_saved_state_is_small_and_does_not_grow() -> None:
    few, many = (Browser(count).grid for count in (10, 5_000))
    many.select(np.ones(5_000, dtype=bool))
    sizes = [len(json.dumps(g.get_state())) for g in (few, many)]
    text = len(json.dumps([many._esm, many._css]))

    assert sizes[1] - sizes[0] < 10
    assert sizes[1] - text < 2_000
    assert sizes[1] < 60_000


def test_what_stands_without_a_kernel_is_escaped() -> None:
    posts = frame(8, tags="<script>alert(1)</script>")
    bundle, _ = Browser(posts).grid._repr_mimebundle_()

    assert bundle["text/plain"] == "Grid of 8 posts"
    assert "&lt;script&gt;" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]
    assert bundle["text/html"].count("<tr>") == 6


def test_a_contact_sheet_holds_pictures_but_no_blurred_ones() -> None:
    posts = frame(3, rating=["general", "explicit", "general"])
    sheet = Browser(posts).grid.snapshot(n=3)

    assert sheet.data.count("data:image/jpeg;base64,") == 2
    assert "explicit: not shown" in sheet.data


def test_a_withheld_post_is_in_nothing_that_is_shown() -> None:
    posts = frame(2, rating=["explicit", "general"], tags=["shota", "sky"])
    browser = Browser(posts)

    assert browser.grid.posts["id"].tolist() == [2]
    assert browser.grid.total == 1
    assert "shota" not in browser.grid._repr_mimebundle_()[0]["text/html"]
