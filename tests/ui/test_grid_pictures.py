"""Thumbnails in a real browser: what is painted, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.gridcells import (
    GRID,
    SETUP,
    WINDOW,
    focus,
    scroll_to,
    until_active,
    until_counted,
    until_painted,
)

if TYPE_CHECKING:
    from tests.support.notebook import Notebook


def test_pictures_are_painted_with_few_small_messages(notebook: Notebook) -> None:
    notebook.show(SETUP)
    number = notebook.add(GRID.format(count=1000))
    before = notebook.page.evaluate("() => ({ ...__wire })")
    notebook.start(number)
    until_painted(notebook.page)

    after = notebook.page.evaluate("() => ({ ...__wire })")
    assert after["messages"] - before["messages"] <= 20
    assert after["bytes"] - before["bytes"] <= 500_000


def test_only_what_is_near_is_asked_for(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=20_000))
    until_painted(notebook.page)

    assert int(notebook.do("print(len(fetched))")) <= 80


def test_forty_fast_jumps_send_at_most_four_windows(notebook: Notebook) -> None:
    slow = """
    sent = []
    async def slowly(item):
        await asyncio.sleep(0.4)
        return draw(item.id)
    grid = Grid(frame(20_000), thumbnails=slowly)
    send = grid.send
    def counted(content, buffers=None):
        sent.extend(item["id"] for item in content.get("items", []))
        send(content, buffers)
    grid.send = counted
    grid
    """
    notebook.show(SETUP, slow)
    until_painted(notebook.page)
    before = int(notebook.do("print(len(sent))"))
    for jump in range(40):
        scroll_to(notebook.page, 2000 + jump * 1500)
        notebook.page.wait_for_timeout(60)
    until_painted(notebook.page)

    window = notebook.page.evaluate(WINDOW)
    assert int(notebook.do("print(len(sent))")) - before <= 4 * window


def test_the_page_stays_small_however_far_one_scrolls(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=20_000))
    count = "() => document.querySelectorAll('*').length"
    before = notebook.page.evaluate(count)
    notebook.run(1)
    for screen in range(60):
        scroll_to(notebook.page, screen * 600)
        notebook.page.wait_for_timeout(20)
    until_painted(notebook.page)

    assert notebook.page.evaluate(count) - before <= 500


def test_another_frame_takes_the_place_of_the_last(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=2000))
    focus(notebook.page)
    notebook.page.keyboard.press("Control+End")
    notebook.page.keyboard.press("Space")
    notebook.do("grid.show(frame(7))")
    until_counted(notebook.page, "7 posts")

    until_painted(notebook.page)
    label = notebook.page.locator(".bnb-cell").first.get_attribute("aria-label")
    assert str(label).startswith("demo 1, general")
    assert notebook.do("print(len(grid.selected))") == "0\n"


def test_half_a_million_posts_scroll_to_the_very_end(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=500_000))
    notebook.page.locator(".bnb-size").fill("320")
    focus(notebook.page)
    notebook.page.keyboard.press("Control+End")
    until_active(notebook.page, 499_999)
    until_painted(notebook.page)

    height = notebook.page.evaluate(
        "() => document.querySelector('.bnb-pad').offsetHeight"
    )
    assert 10_000_000 < height <= 16_000_000


def test_scrolling_to_the_end_brings_more(notebook: Notebook) -> None:
    endless = """
    def more():
        pages = grid.total // 60
        grid.extend(frame(60), can_more=pages < 4)
    grid = Grid(frame(60), thumbnails=thumbnails, can_more=True, on_more=more)
    grid
    """
    notebook.show(SETUP, endless)
    focus(notebook.page)
    for total in (120, 180, 240, 300):
        notebook.page.keyboard.press("Control+End")
        until_counted(notebook.page, f"{total} posts")

    notebook.page.keyboard.press("Control+End")
    until_active(notebook.page, 299)
    until_painted(notebook.page)
