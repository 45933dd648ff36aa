from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import ArgumentError, SiteDownError, SparseError, StoreError
from booru_nb.loop import run
from booru_nb.post import Rating
from booru_nb.widgets.explorer import Explorer
from tests.support.shelf import Shelf, page
from tests.support.wire import Pulse, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Make = Callable[..., "Bench"]

pytestmark = pytest.mark.usefixtures("app_loop")

DOWN = "meadow is down (503). Try again later."


class Bench:
    """An explorer with the wires of its parts, as a browser holds them."""

    def __init__(self, shelf: Shelf, **given: Any) -> None:
        self.shelf = shelf
        self.explorer = Explorer(shelf, **given)
        self.pulse = Pulse()
        self.bar = Wire(self.explorer.bar, self.pulse)
        self.grid = Wire(self.explorer.grid, self.pulse)
        self.details = Wire(self.explorer.details, self.pulse)

    def type(self, query: str, **given: Any) -> None:
        asked = {"query": query, "site": "meadow", "rating": "general", **given}
        self.bar.say(kind="search", **asked)

    def press(self, kind: str, **given: Any) -> None:
        self.grid.say(kind=kind, epoch=self.explorer.grid.epoch, **given)

    def until_said(self, text: str) -> None:
        self.pulse.until(lambda: text in self.said)

    def until_idle(self) -> None:
        self.pulse.settle()
        self.pulse.until(lambda: not self.explorer.bar.busy)

    def search(self, query: str, **given: Any) -> None:
        self.type(query, **given)
        self.until_idle()

    @property
    def ids(self) -> list[int]:
        return [int(number) for number in self.explorer.posts["id"]]

    @property
    def said(self) -> str:
        return f"{self.explorer.bar.status} {self.explorer.grid.status}".strip()


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Bench] = []

    def bench(pages: dict[str, list[Any]] | None = None, **given: Any) -> Bench:
        made.append(Bench(Shelf(pages), **given))
        return made[-1]

    yield bench
    for bench_made in made:
        bench_made.explorer.close()


def test_a_search_fills_the_grid(make: Make) -> None:
    bench = make({"sky": [page(60)]})
    bench.search("sky", site="harbour", rating="general,sensitive")

    assert bench.ids == list(range(60, 0, -1))
    assert bench.shelf.asked == [("sky", "harbour", ["general", "sensitive"])]


def test_a_search_of_a_cell_shows_in_the_bar(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.explorer.search("sky", rating=["general", "explicit"])
    bench.until_idle()

    assert (bench.explorer.bar.query, len(bench.ids)) == ("sky", 3)
    assert bench.explorer.bar.rating == "general,explicit"


def test_a_query_given_at_first_is_searched_at_once(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]}, query="sky", site="harbour", rating="any")
    bench.until_idle()

    assert bench.shelf.asked == [("sky", "harbour", "any")]


def test_without_a_query_nothing_is_asked(make: Make) -> None:
    bench = make()
    bench.pulse.settle()

    assert bench.shelf.asked == []
    assert bench.said.startswith("Type tags")


def test_scrolling_brings_the_next_page(make: Make) -> None:
    bench = make({"sky": [page(60), page(0 + 30, 30)]})
    bench.search("sky")
    bench.press("more", again=False)
    bench.until_said("all there is")

    assert bench.ids[:2] == [60, 59]
    assert len(bench.ids) == len(set(bench.ids)) == 60


def test_pages_are_asked_for_one_at_a_time(make: Make) -> None:
    gate = asyncio.Event()
    bench = make({"sky": [page(9, 3), gate, page(6, 3), page(3, 3)]})
    bench.search("sky")
    bench.press("more", again=False)
    bench.press("more", again=True)
    bench.pulse.settle()
    gate.set()
    bench.until_idle()

    assert bench.ids == [9, 8, 7, 6, 5, 4]


def test_a_post_that_moved_to_the_next_page_is_there_once(make: Make) -> None:
    bench = make({"sky": [page(9, 3), page(8, 3)]})
    bench.search("sky")
    bench.press("more", again=False)
    bench.until_idle()

    assert bench.ids == [9, 8, 7, 6]


def test_nothing_of_a_replaced_search_appears(make: Make) -> None:
    gate = asyncio.Event()
    bench = make({"slow": [gate, page(900, 5)], "fast": [page(5, 5)]})
    bench.type("slow")
    bench.pulse.settle()
    bench.search("fast")
    gate.set()
    bench.pulse.settle()

    assert bench.ids == [5, 4, 3, 2, 1]
    assert "slow" in bench.shelf.closed


def test_a_search_replaced_at_once_never_begins_to_show(make: Make) -> None:
    bench = make({"a": [page(900, 5)], "b": [page(5, 5)]})
    bench.type("a")
    bench.type("b")
    bench.until_idle()

    assert bench.ids == [5, 4, 3, 2, 1]


def test_a_new_search_empties_the_grid_at_once(make: Make) -> None:
    bench = make({"sky": [page(9, 3)], "slow": [asyncio.Event()]})
    bench.search("sky")
    bench.type("slow")
    bench.pulse.settle()

    assert bench.ids == []
    assert bench.explorer.bar.busy


def test_an_error_is_said_and_the_search_can_be_tried_again(make: Make) -> None:
    bench = make({"sky": [SiteDownError(DOWN), page(3, 3)]})
    bench.search("sky")
    bar = bench.explorer.bar

    assert (bar.status, bar.failed, bar.again) == (DOWN, True, "Try again")

    bench.bar.say(kind="again")
    bench.until_idle()

    assert bench.ids == [3, 2, 1]
    assert not bar.failed


def test_a_failed_page_keeps_what_came_and_its_place(make: Make) -> None:
    bench = make({"sky": [page(9, 3), SiteDownError(DOWN), page(6, 3)]})
    bench.search("sky")
    bench.press("more", again=False)
    bench.until_said("The 3 posts that came stay here")
    bench.press("more", again=True)
    bench.pulse.settle()

    assert bench.ids == [9, 8, 7]

    bench.bar.say(kind="again")
    bench.until_idle()

    assert bench.ids == [9, 8, 7, 6, 5, 4]


def test_a_defect_is_said_and_logged(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    bench = make({"sky": [ZeroDivisionError("by nought")]})
    bench.search("sky")

    assert "ZeroDivisionError: by nought" in bench.said
    assert "met a defect" in caplog.text


def test_stopping_keeps_what_came_and_can_be_gone_on_with(make: Make) -> None:
    bench = make({"sky": [page(9, 3), asyncio.Event(), page(6, 3)]})
    bench.search("sky")
    bench.press("more", again=False)
    bench.pulse.settle()
    bench.bar.say(kind="stop")
    bench.until_said("Stopped. The 3 posts that came stay here.")

    assert bench.ids == [9, 8, 7]

    bench.shelf.found["sky"] = [page(9, 3), page(6, 3)]
    bench.bar.say(kind="again")
    bench.until_idle()

    assert bench.ids == [9, 8, 7, 6, 5, 4]


def test_stopping_when_nothing_runs_does_nothing(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    before = bench.said
    bench.bar.say(kind="stop")
    bench.pulse.settle()

    assert bench.said == before


def test_an_empty_result_says_what_to_try(make: Make) -> None:
    bench = make()
    bench.search("sunsett")

    assert bench.said == (
        "No posts for 'sunsett' on meadow rated general. "
        "Check the spelling, use fewer tags or choose another rating."
    )
    assert not bench.explorer.bar.failed


def test_an_opened_post_is_shown_with_its_picture(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("open", id=1)
    bench.pulse.until(lambda: bench.details.heard("picture"))

    assert bench.details.heard("post")[-1]["post"]["id"] == 2
    assert bench.explorer.details.layout.display is None


def test_a_picture_rated_questionable_is_blurred(make: Make) -> None:
    bench = make({"sky": [page(1, 1, rating=Rating.QUESTIONABLE)]})
    bench.search("sky")
    bench.press("open", id=0)
    bench.pulse.settle()

    assert bench.details.heard("post")[-1]["post"]["blurred"]


def test_open_details_follow_the_cursor(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("open", id=0)
    bench.press("active", id=2)
    bench.pulse.until(lambda: bench.details.heard("post")[-1]["post"]["id"] == 1)


def test_closed_details_stay_closed_when_the_cursor_moves(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("active", id=2)
    run(asyncio.sleep(0.2))

    assert bench.explorer.details.post is None


def test_steps_go_to_the_neighbours_and_no_further(make: Make) -> None:
    bench = make({"sky": [page(2, 2)]})
    bench.search("sky")
    bench.press("open", id=0)
    for by in (-1, 1, 1):
        bench.details.say(kind="step", by=by)
    bench.pulse.settle()

    assert bench.explorer.details.post is not None
    assert bench.explorer.details.post.id == 1


def test_closing_the_details_hides_them(make: Make) -> None:
    bench = make({"sky": [page(2, 2)]})
    bench.search("sky")
    bench.press("open", id=0)
    bench.details.say(kind="close")
    bench.pulse.settle()

    assert bench.explorer.details.layout.display == "none"


def test_a_new_search_closes_the_details(make: Make) -> None:
    bench = make({"sky": [page(2, 2)], "sea": [page(2, 2)]})
    bench.search("sky")
    bench.press("open", id=0)
    bench.search("sea")

    assert bench.explorer.details.post is None


@pytest.mark.parametrize(
    ("how", "query"),
    [("search", "sea"), ("add", "sky sea"), ("exclude", "sky -sea")],
)
def test_a_tag_that_is_pressed_is_searched_for(
    make: Make, how: str, query: str
) -> None:
    bench = make({"sky": [page(2, 2)]})
    bench.search("sky")
    bench.details.say(kind="tag", tag="sea", how=how)
    bench.until_idle()

    assert bench.explorer.bar.query == query


def test_a_star_keeps_a_post_and_shows_it(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("need", view="v", ids=[0, 1, 2], got=None)
    bench.pulse.until(lambda: bench.grid.heard("thumbs"))
    bench.press("bookmark", ranges=[[1, 2]])
    bench.pulse.until(lambda: bench.grid.heard("bookmarked"))

    assert bench.shelf.bookmarked() == {("meadow", 2)}
    assert bench.grid.heard("bookmarked")[-1]["on"] == [(1, 2)]


def test_two_presses_of_the_star_undo_each_other(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("bookmark", ranges=[[1, 2]])
    bench.press("bookmark", ranges=[[1, 2]])
    bench.pulse.settle()

    assert bench.shelf.bookmarked() == set()


def test_a_mixed_selection_is_kept_as_a_whole(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.shelf.kept_in[("meadow", 2)] = ""
    bench.search("sky")
    bench.press("bookmark", ranges=[[0, 3]])
    bench.pulse.settle()

    assert len(bench.shelf.bookmarked()) == 3


def test_the_details_keep_a_post_in_a_folder(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("open", id=0)
    bench.pulse.settle()
    number = bench.details.heard("post")[-1]["number"]
    bench.details.say(kind="bookmark", number=number, on=True, folder="skies")
    bench.pulse.until(lambda: bench.details.heard("kept"))

    assert bench.shelf.kept_in == {("meadow", 3): "skies"}


def test_a_bookmark_of_a_cell_shows_as_a_star(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("open", id=0)
    bench.pulse.settle()
    run(bench.shelf.bookmark(bench.explorer.posts.iloc[:1]))
    bench.pulse.settle()

    assert bench.details.heard("kept")[-1]["kept"] == {"folder": "", "note": ""}


def test_a_bookmark_that_fails_is_said_and_the_search_goes_on(make: Make) -> None:
    gate = asyncio.Event()
    bench = make({"sky": [page(9, 3), gate, page(6, 3)]})
    bench.shelf.errors["bookmark"] = StoreError("The disk is full.")
    bench.search("sky")
    bench.press("more", again=False)
    bench.press("bookmark", ranges=[[0, 1]])
    bench.until_said("disk is full")

    assert (bench.explorer.bar.failed, bench.explorer.bar.busy) == (True, True)

    gate.set()
    bench.until_idle()

    assert len(bench.ids) == 6
    assert "disk is full" in bench.said

    bench.search("sky")

    assert "disk is full" not in bench.said


def test_the_selection_is_the_grids_and_can_be_observed(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    told: list[Any] = []
    bench.explorer.observe(told.append, "selected")
    bench.press("select", view="v", how="add", ranges=[[1, 3]])
    bench.pulse.settle()

    assert list(bench.explorer.selected["id"]) == [2, 1]
    assert told[0]["owner"] is bench.explorer
    assert list(told[0]["new"]["id"]) == [2, 1]


def test_an_observer_may_block(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    done: list[str] = []

    async def work() -> str:
        await asyncio.sleep(0)
        return "done"

    bench.explorer.observe(lambda _: done.append(run(work())), "selected")
    bench.press("select", view="v", how="add", ranges=[[0, 1]])
    bench.pulse.settle()

    assert done == ["done"]


def test_closing_ends_the_search_and_the_subscription(make: Make) -> None:
    bench = make({"slow": [asyncio.Event()]})
    bench.type("slow")
    bench.pulse.settle()
    bench.explorer.close()
    bench.pulse.settle()

    assert bench.shelf.closed == ["slow"]
    assert bench.shelf.watched == 0


def test_messages_may_come_on_another_thread(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.bar.say_on_a_thread(
        kind="search", query="sky", site="meadow", rating="general"
    )
    bench.until_idle()

    assert bench.ids == [3, 2, 1]


def test_a_saved_notebook_shows_a_table(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")

    text = bench.explorer._repr_mimebundle_()["text/html"]
    assert "<table>" in text
    assert "number_3" in text


def test_filters_of_a_cell_show_in_the_bar_and_are_searched_with(make: Make) -> None:
    after = date(2024, 3, 1)
    bench = make(query="sky", min_score=5, order="score", media="video", after=after)
    bench.until_idle()

    wanted = {"min_score": 5, "order": "score", "media": "video"}
    wanted |= {"after": "2024-03-01", "before": ""}
    assert bench.explorer.bar.filters == wanted
    assert bench.shelf.questions[0].filters == wanted


def test_a_filter_that_is_changed_holds_for_the_next_search(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]}, query="sky", min_score=5)
    bench.search("sky", filters={"min_score": None, "before": "2024"})
    bench.details.say(kind="tag", tag="sea", how="add")
    bench.until_idle()

    assert [q.min_score for q in bench.shelf.questions] == [5, None, None]
    assert [q.before for q in bench.shelf.questions] == ["", "2024", "2024"]


def test_a_search_of_a_cell_changes_the_filters_that_it_names(make: Make) -> None:
    bench = make(min_score=5, order="score")
    bench.explorer.search("sky", order=None)
    bench.until_idle()

    asked = bench.explorer.bar.asked
    assert (asked.order, asked.min_score) == ("", 5)


def test_an_unknown_filter_is_refused(make: Make) -> None:
    with pytest.raises(ArgumentError, match="no filter 'size'"):
        make().explorer.search("sky", size=3)  # type: ignore[call-arg]


def test_several_sites_are_searched_together(make: Make) -> None:
    bench = make(site=["harbour", "meadow"])
    bench.search("sky", also=["harbour", "meadow"])

    assert bench.shelf.questions[0].sites == ("meadow", "harbour")
    assert repr(bench.explorer).startswith("Explorer of meadow, harbour: ")


def test_a_site_that_is_left_out_is_said(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.shelf.failing = ["harbour is left out from here on."]
    bench.search("sky")

    assert bench.explorer.bar.note == "harbour is left out from here on."


def test_what_a_site_cannot_evaluate_is_said(make: Make) -> None:
    bench = make({"sky": [asyncio.Event()]})
    bench.shelf.said = ["Filtered here, not by meadow: media=video."]
    bench.type("sky")
    bench.pulse.settle()

    assert bench.explorer.bar.note == "Filtered here, not by meadow: media=video."


def test_a_search_that_finds_hardly_anything_can_be_gone_on_with(make: Make) -> None:
    bench = make({"sky": [SparseError("Nothing passes."), page(3, 3)]})
    bench.search("sky")
    bar = bench.explorer.bar

    assert (bar.status, bar.again) == ("Nothing passes.", "Go on")

    bench.bar.say(kind="again")
    bench.until_idle()

    assert bench.ids == [3, 2, 1]


def test_what_cannot_be_asked_is_not_tried_again(make: Make) -> None:
    bench = make({"sky": [ArgumentError("order is one of newest, oldest.")]})
    bench.search("sky")

    assert bench.explorer.bar.failed
    assert bench.explorer.bar.again == ""


def test_an_empty_result_names_the_filters(make: Make) -> None:
    bench = make(min_score=0)
    bench.search("", rating="any", filters={"min_score": 0})

    assert bench.said == "No posts on meadow with these filters. Loosen the filters."


UNKNOWN: dict[str, Any] = {"categories": {}}


def test_categories_that_come_later_reach_the_details(make: Make) -> None:
    bench = make({"sky": [page(3, 3, **UNKNOWN)]})
    bench.search("sky")
    bench.press("open", id=1)
    bench.pulse.settle()
    bench.shelf.learn(anna_alder="artist")
    bench.pulse.until(lambda: bench.details.heard("groups"))

    assert bench.details.heard("groups")[-1]["groups"][0]["tags"] == ["anna_alder"]
    assert len(bench.details.heard("post")) == 2


def test_categories_that_come_later_are_in_the_frame_when_it_is_read(
    make: Make,
) -> None:
    bench = make({"sky": [page(3, 3, **UNKNOWN)]})
    bench.search("sky")
    bench.press("select", view="v", how="set", ranges=[[0, 1]])
    bench.pulse.settle()

    assert set(bench.explorer.posts["artist"]) == {""}

    bench.shelf.learn(anna_alder="artist")

    assert set(bench.explorer.posts["artist"]) == {"anna_alder"}
    assert bench.explorer.selected["artist"].tolist() == ["anna_alder"]


def test_escape_in_the_grid_closes_the_details_first(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.search("sky")
    bench.press("open", id=1)
    bench.pulse.settle()

    assert bench.explorer.grid.opened

    bench.press("shut")
    bench.pulse.settle()

    assert bench.explorer.details.post is None
    assert not bench.explorer.grid.opened


def test_showing_all_blurred_posts_reaches_the_details(make: Make) -> None:
    bench = make({"shy": [page(2, 2, rating=Rating.QUESTIONABLE)]})
    bench.search("shy")
    bench.press("open", id=0)
    bench.press("reveal", id=None, on=True)
    bench.pulse.until(lambda: bench.details.heard("blurred"))
    bench.details.say(kind="step", by=1)
    bench.pulse.settle()

    assert bench.details.heard("blurred")[-1]["blurred"] is False
    assert bench.details.heard("post")[-1]["post"]["blurred"] is False


def test_showing_one_blurred_post_reaches_its_details_only(make: Make) -> None:
    bench = make({"shy": [page(2, 2, rating=Rating.QUESTIONABLE)]})
    bench.search("shy")
    bench.press("open", id=0)
    bench.press("reveal", id=1, on=True)
    bench.pulse.settle()

    assert bench.details.heard("blurred") == []


def test_the_details_know_folder_note_and_the_other_folders(make: Make) -> None:
    bench = make({"sky": [page(3, 3)]})
    bench.shelf.kept_in = {("meadow", 3): "skies", ("meadow", 1): "sea"}
    bench.shelf.notes_on = {("meadow", 3): "for the cover"}
    bench.search("sky")
    bench.press("open", id=0)
    bench.pulse.settle()

    told = bench.details.heard("post")[-1]["post"]
    assert told["kept"] == {"folder": "skies", "note": "for the cover"}
    assert told["folders"] == ["sea", "skies"]
