from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import MediaError
from booru_nb.post import Post, Rating
from booru_nb.widgets.backend import Kept
from booru_nb.widgets.details import NO_PICTURE, Details
from tests.support.pictures import Drawn, drawn
from tests.support.wire import Pulse, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("app_loop")


def post(number: int, **fields: Any) -> Post:
    url = f"https://x.test/{number}.jpg"
    return Post(**{"site": "x", "id": number, "sample_url": url, **fields})


class Desk:
    """What is behind the details: pictures, some behind a gate, and a note of calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.fetched: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.broken: set[int] = set()

    async def preview(self, wanted: Post) -> Drawn:
        self.fetched.append(wanted.id)
        if wanted.id in self.gates:
            await self.gates[wanted.id].wait()
        if wanted.id in self.broken:
            raise MediaError("x 3 is no picture.")
        return drawn(wanted.id)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def details(desk: Desk) -> Iterator[Details]:
    pulse = Pulse()

    def note(name: str) -> Any:
        def call(*given: Any) -> None:
            desk.calls.append((name, *given))
            pulse.beat()

        return call

    details = Details(
        preview=desk.preview,
        on_tag=note("tag"),
        on_bookmark=note("bookmark"),
        on_step=note("step"),
        on_close=note("close"),
    )
    Wire(details, pulse)
    yield details
    details.close()


@pytest.fixture
def wire(details: Details) -> Wire:
    assert isinstance(details.comm, Wire)
    return details.comm


def test_a_picture_follows_its_post(details: Details, wire: Wire) -> None:
    details.show(post(1), place="1 of 2")
    wire.pulse.until(lambda: wire.heard("picture"))

    [(told, _), (_, [data])] = wire.sent
    assert (told["kind"], told["number"], told["post"]["id"]) == ("post", 1, 1)
    assert data == drawn(1).data


def test_a_later_post_cancels_the_picture_of_an_earlier(
    details: Details, desk: Desk, wire: Wire
) -> None:
    desk.gates[1] = asyncio.Event()
    details.show(post(1))
    wire.pulse.settle()
    details.show(post(2))
    desk.gates[1].set()
    wire.pulse.until(lambda: wire.heard("picture"))
    wire.pulse.settle()

    assert [m["number"] for m in wire.heard("picture")] == [2]


def test_a_picture_that_cannot_be_had_says_why(
    details: Details, desk: Desk, wire: Wire
) -> None:
    desk.broken.add(3)
    details.show(post(3))
    wire.pulse.until(lambda: wire.heard("problem"))

    [message] = wire.heard("problem")
    assert (message["problem"], message["final"]) == ("x 3 is no picture.", False)


def test_another_try_fetches_again(details: Details, desk: Desk, wire: Wire) -> None:
    desk.broken.add(3)
    details.show(post(3))
    wire.pulse.until(lambda: wire.heard("problem"))
    desk.broken.clear()
    wire.say(kind="again")
    wire.pulse.until(lambda: wire.heard("picture"))

    assert desk.fetched == [3, 3]


def test_a_post_without_a_picture_is_not_fetched(
    details: Details, desk: Desk, wire: Wire
) -> None:
    details.show(post(4, sample_url=None))
    wire.pulse.settle()

    assert desk.fetched == []
    assert wire.heard("problem")[0]["problem"] == NO_PICTURE


def test_a_post_that_the_guard_withholds_is_not_shown(
    details: Details, desk: Desk, wire: Wire
) -> None:
    details.show(post(5, rating=Rating.EXPLICIT, tags=("child",)))
    wire.pulse.settle()

    assert desk.fetched == []
    assert wire.heard("post")[0]["post"] is None


def test_a_new_page_is_told_everything(details: Details, wire: Wire) -> None:
    details.show(post(1))
    wire.pulse.until(lambda: wire.heard("picture"))
    before = list(wire.sent)
    wire.sent.clear()
    wire.say(kind="ready")
    wire.pulse.until(lambda: wire.heard("picture"))

    assert wire.sent == before


def test_a_bookmark_is_told_once(details: Details, wire: Wire) -> None:
    details.show(post(1))
    details.mark(Kept("skies", ""), folders=["skies"])
    details.mark(Kept("skies", ""), folders=["skies"])

    told = [(m["kept"], m["folders"]) for m in wire.heard("kept")]
    assert told == [({"folder": "skies", "note": ""}, ["skies"])]


def test_what_is_pressed_is_handed_on(details: Details, desk: Desk, wire: Wire) -> None:
    details.show(post(1))
    wire.say_on_a_thread(kind="tag", tag="sky", how="exclude")
    wire.say(kind="bookmark", number=1, on=True, folder="skies")
    wire.say(kind="step", by=-1)
    wire.say(kind="close")
    wire.pulse.until(lambda: len(desk.calls) == 4)

    assert desk.calls == [
        ("tag", "sky", "exclude"),
        ("bookmark", post(1), Kept("skies", None)),
        ("step", -1),
        ("close",),
    ]


def test_a_star_for_a_post_that_is_gone_is_dropped(
    details: Details, desk: Desk, wire: Wire
) -> None:
    details.show(post(1))
    details.show(post(2))
    wire.say(kind="bookmark", number=1, on=True, folder=None)
    wire.pulse.settle()

    assert desk.calls == []


def test_closing_cancels_the_fetch(details: Details, desk: Desk, wire: Wire) -> None:
    desk.gates[1] = asyncio.Event()
    details.show(post(1))
    wire.pulse.settle()
    details.close()
    desk.gates[1].set()
    wire.pulse.settle()

    assert wire.heard("picture") == []


def test_a_note_is_handed_on(details: Details, desk: Desk, wire: Wire) -> None:
    details.show(post(1), kept=Kept("skies", "old"))
    wire.say(kind="bookmark", number=1, on=True, folder="skies", note="new")
    wire.pulse.until(lambda: desk.calls)

    assert desk.calls == [("bookmark", post(1), Kept("skies", "new"))]


def test_categories_that_come_later_are_told(details: Details, wire: Wire) -> None:
    details.show(post(1, tags=("anna_alder",)))
    known = post(1, tags=("anna_alder",), categories={"anna_alder": "artist"})
    details.amend(known)
    details.amend(known)

    told = [[g["title"] for g in m["groups"]] for m in wire.heard("groups")]
    assert told == [["Artists"]]
    assert details.post == known


def test_categories_of_another_post_are_not_told(details: Details, wire: Wire) -> None:
    details.show(post(1, tags=("sky",)))
    details.amend(post(2, tags=("sky",), categories={"sky": "general"}))

    assert wire.heard("groups") == []
