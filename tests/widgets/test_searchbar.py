from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import SiteDownError
from booru_nb.loop import forget_app_loop, on_app_thread
from booru_nb.sites import Suggestion
from booru_nb.widgets.asked import RATINGS, Asked
from booru_nb.widgets.searchbar import SearchBar
from tests.support.wire import Pulse, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("app_loop")


class Desk:
    """What is behind a search bar: it writes down what it is asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.cancelled: list[str] = []
        self.on_the_loop: list[bool] = []

    async def suggest(self, text: str, site: str) -> list[Suggestion]:
        self.calls.append(("suggest", text, site))
        if text == "slow":
            try:
                await asyncio.Event().wait()
            finally:
                self.cancelled.append(text)
        if text == "broken":
            raise SiteDownError("danbooru is down.")
        return [Suggestion("sunset", "general", 12, "sundown")]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def bar(desk: Desk) -> Iterator[SearchBar]:
    pulse = Pulse()

    def note(name: str) -> Any:
        def call(*given: object) -> None:
            desk.calls.append((name, *given))
            desk.on_the_loop.append(on_app_thread())
            pulse.beat()

        return call

    bar = SearchBar(
        sites=["danbooru", "e621"],
        asked=Asked(site="danbooru"),
        on_search=note("search"),
        on_stop=note("stop"),
        on_again=note("again"),
        suggest=desk.suggest,
    )
    Wire(bar, pulse)
    yield bar
    bar.close()


@pytest.fixture
def wire(bar: SearchBar) -> Wire:
    assert isinstance(bar.comm, Wire)
    return bar.comm


def test_a_search_is_handed_on(desk: Desk, wire: Wire) -> None:
    wire.say(kind="search", query="sky sea", site="e621", rating="any")
    wire.pulse.until(lambda: desk.calls)

    asked = Asked(query="sky sea", site="e621", rating="any")
    assert desk.calls == [("search", asked)]


def test_a_stop_and_another_try_are_handed_on(desk: Desk, wire: Wire) -> None:
    wire.say(kind="stop")
    wire.say(kind="again")
    wire.pulse.until(lambda: len(desk.calls) == 2)

    assert desk.calls == [("stop",), ("again",)]


def test_a_callback_runs_on_the_loop_from_any_thread(desk: Desk, wire: Wire) -> None:
    wire.say_on_a_thread(kind="stop")
    wire.pulse.until(lambda: desk.calls)

    assert desk.calls == [("stop",)]
    assert desk.on_the_loop == [True]


def test_suggestions_bear_the_number_of_their_question(wire: Wire) -> None:
    wire.say(kind="suggest", view="v", number=7, text="sun", site="danbooru")
    wire.pulse.until(lambda: wire.sent)

    item = {"tag": "sunset", "category": "general", "count": 12, "alias": "sundown"}
    assert wire.heard("suggestions") == [
        {
            "kind": "suggestions",
            "view": "v",
            "number": 7,
            "items": [item],
            "problem": None,
        }
    ]


def test_a_later_question_cancels_an_earlier_one(desk: Desk, wire: Wire) -> None:
    wire.say(kind="suggest", view="v", number=1, text="slow", site="danbooru")
    wire.pulse.settle()
    wire.say(kind="suggest", view="v", number=2, text="sun", site="danbooru")
    wire.pulse.until(lambda: wire.sent)
    wire.pulse.settle()

    assert [m["number"] for m in wire.heard("suggestions")] == [2]
    assert desk.cancelled == ["slow"]


def test_a_failure_to_suggest_is_told_not_hidden(wire: Wire) -> None:
    wire.say(kind="suggest", view="v", number=1, text="broken", site="danbooru")
    wire.pulse.until(lambda: wire.sent)

    assert wire.heard("suggestions")[0]["problem"] == "danbooru is down."


def test_closing_cancels_what_is_being_suggested(
    bar: SearchBar, desk: Desk, wire: Wire
) -> None:
    wire.say(kind="suggest", view="v", number=1, text="slow", site="danbooru")
    wire.pulse.settle()
    bar.close()
    wire.pulse.settle()

    assert desk.cancelled == ["slow"]


def test_progress_crosses_as_one_change_of_state(bar: SearchBar, wire: Wire) -> None:
    bar.say("Asking danbooru …", busy=True)

    assert wire.states == [{"status": "Asking danbooru …", "busy": True}]


def test_a_rating_beside_the_usual_ones_is_offered(bar: SearchBar) -> None:
    asked = Asked(query="sky", site="danbooru", rating="sensitive,explicit")
    bar.ask(asked, sites=["danbooru", "e621"])

    assert bar.ratings[0] == ("sensitive,explicit", "Sensitive + explicit")
    assert tuple(bar.ratings[1:]) == RATINGS


def test_without_a_loop_the_browser_is_told(wire: Wire) -> None:
    forget_app_loop()
    wire.say(kind="stop")

    assert "Open a library first" in wire.heard("adrift")[0]["problem"]
