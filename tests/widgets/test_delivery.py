import pytest

from booru_nb import loop
from booru_nb.errors import SiteDownError
from booru_nb.widgets.delivery import CONCURRENCY
from booru_nb.widgets.item import Item
from tests.support.drawn import draw, frame
from tests.support.pictures import Drawn
from tests.widgets.grids import Browser, Held

pytestmark = pytest.mark.usefixtures("app_loop")


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def browser(held: Held) -> Browser:
    """A grid whose thumbnails come when `held` lets them go."""
    return Browser(thumbnails=held)


def test_thumbnails_come_in_batches_of_at_most_sixteen() -> None:
    browser = Browser()

    browser.need(*range(40))
    browser.until_arrived(*range(40))

    batches = [len(m["items"]) for m in browser.wire.heard("thumbs")]
    assert max(batches) == 16
    assert len(batches) <= 5


def test_a_thumbnail_is_the_picture_of_its_post() -> None:
    browser = Browser()

    browser.need(4, 2)
    browser.until_arrived(4, 2)

    [(message, buffers)] = [m for m in browser.wire.sent if m[0]["kind"] == "thumbs"]
    pictures = {item["id"]: buffers[item["at"]] for item in message["items"]}
    assert pictures == {4: draw(5).data, 2: draw(3).data}


def test_no_message_is_too_heavy() -> None:
    async def heavy(_item: Item) -> Drawn:
        return Drawn(bytes(200_000))

    browser = Browser(thumbnails=heavy)
    browser.need(*range(10))
    browser.until_arrived(*range(10))

    assert all(sum(map(len, buffers)) <= 512_000 for _, buffers in browser.wire.sent)


def test_only_so_many_are_asked_for_at_once(browser: Browser, held: Held) -> None:
    browser.need(*range(40))

    assert held.asked == [i + 1 for i in range(CONCURRENCY)]


def test_a_new_list_cancels_what_is_not_on_it(browser: Browser, held: Held) -> None:
    browser.need(0, 1, 2)
    browser.need(2, 3)

    assert sorted(held.cancelled) == [1, 2]
    assert held.asked == [1, 2, 3, 4]


def test_what_scrolled_away_is_not_sent(browser: Browser, held: Held) -> None:
    browser.need(0, 1, 2)
    loop.call_on_app_loop(held.let_go)
    said = {"view": "one", "epoch": 0, "ids": [50], "got": None}
    loop.call_on_app_loop(lambda: browser.wire.say(kind="need", **said))

    browser.until_arrived(50)


def test_what_two_views_want_is_taken_together(browser: Browser, held: Held) -> None:
    browser.need(0, 1, view="one")
    browser.need(1, 2, view="two")
    browser.need(1, view="one")

    assert held.asked == [1, 2, 3]
    assert held.cancelled == [1]


def test_what_is_on_its_way_is_not_sent_again() -> None:
    browser = Browser()
    browser.need(0, 1)
    browser.until_arrived(0, 1)
    browser.need(0, 1, 2, got=0)
    browser.until_arrived(0, 1, 2)

    assert browser.arrived()[2:] == [2]


def test_what_a_view_has_lost_is_sent_again() -> None:
    browser = Browser()
    browser.need(0)
    browser.until_arrived(0)
    browser.need(0, got=1)

    browser.until_arrived(0, 0)


def test_nobody_is_asked_twice_for_a_thumbnail() -> None:
    held = Held()
    browser = Browser(thumbnails=held)
    loop.call_on_app_loop(held.let_go)
    browser.need(0)
    browser.until_arrived(0)
    browser.need(0, got=1)
    browser.until_arrived(0, 0)

    assert held.asked == [1]


def test_a_failure_is_told_with_its_reason_and_no_other_suffers() -> None:
    async def flaky(item: Item) -> Drawn:
        if item.id == 2:
            raise SiteDownError("demo failed with 503 Service Unavailable.")
        return draw(item.id)

    browser = Browser(thumbnails=flaky)
    browser.need(0, 1, 2)
    browser.until_arrived(0, 1, 2)

    items = [item for m in browser.wire.heard("thumbs") for item in m["items"]]
    assert {item["id"]: item.get("why") for item in items} == {
        0: None,
        1: "demo failed with 503 Service Unavailable.",
        2: None,
    }


def test_a_surprise_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_item: Item) -> Drawn:
        raise KeyError("surprise")

    browser = Browser(thumbnails=broken)
    browser.need(0)
    browser.until_arrived(0)

    [batch] = browser.wire.heard("thumbs")
    assert "surprise" in batch["items"][0]["why"]
    assert "could not be fetched" in caplog.text


def test_a_post_without_a_preview_asks_nobody() -> None:
    held = Held()
    browser = Browser(frame(1, preview_url=None), thumbnails=held)
    browser.need(0)
    browser.until_arrived(0)

    [batch] = browser.wire.heard("thumbs")
    assert batch["items"][0]["final"]
    assert held.asked == []


def test_another_frame_cancels_what_was_for_the_last(
    browser: Browser, held: Held
) -> None:
    browser.need(0, 1)
    browser.grid.show(frame(3))
    browser.pulse.settle()

    assert sorted(held.cancelled) == [1, 2]


def test_a_need_of_the_last_frame_is_not_heard(browser: Browser, held: Held) -> None:
    browser.grid.show(frame(3))
    browser.say("need", ids=[0], got=None, epoch=0)

    assert held.asked == []


def test_a_closed_grid_has_nothing_on_its_way(browser: Browser, held: Held) -> None:
    browser.need(0, 1)
    browser.grid.close()
    browser.pulse.settle()

    assert sorted(held.cancelled) == [1, 2]
