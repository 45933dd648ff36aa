"""What the grid shows when all is not plain, in a real browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.ui.gridcells import GRID, SETUP, focus, place, scroll_to, until_painted

if TYPE_CHECKING:
    from tests.support.notebook import Notebook
    from tests.ui.conftest import OpenNotebook


def test_a_failed_thumbnail_says_why_and_is_tried_again_on_a_click(
    notebook: Notebook,
) -> None:
    flaky = """
    from booru_nb.errors import SiteDownError
    broken = True
    async def flaky(item):
        if item.id == 3 and broken:
            raise SiteDownError("demo failed with 503 Service Unavailable.")
        return draw(item.id)
    grid = Grid(frame(8), thumbnails=flaky)
    grid
    """
    notebook.show(SETUP, flaky)
    note = notebook.page.locator(".bnb-fail .bnb-note")
    note.wait_for()
    assert note.text_content() == "demo failed with 503 Service Unavailable."
    notebook.do("broken = False")
    note.click()

    until_painted(notebook.page)


def test_a_blurred_thumbnail_is_shown_on_request_only(notebook: Notebook) -> None:
    posts = "frame(4, rating=['general', 'questionable', 'explicit', None])"
    notebook.show(SETUP, f"grid = Grid({posts}, thumbnails=thumbnails)\ngrid")
    until_painted(notebook.page)
    blurred = notebook.page.locator(".bnb-blur")
    assert blurred.count() == 3
    style = "e => getComputedStyle(e.querySelector('img')).filter"
    assert "blur" in blurred.first.evaluate(style)
    focus(notebook.page)
    notebook.page.keyboard.press("ArrowRight")
    notebook.page.keyboard.press("v")

    assert blurred.count() == 2
    notebook.page.keyboard.press("Shift+V")
    assert blurred.count() == 0


def test_what_a_site_sends_is_text(notebook: Notebook) -> None:
    hostile = """
    bad = "<img src=x onerror='window.__hit=1'>"
    async def refuse(item):
        from booru_nb.errors import SiteDownError
        raise SiteDownError(bad)
    grid = Grid(frame(3, site=bad, ext=bad, tags=bad, rating=None), thumbnails=refuse)
    grid.say(bad, tone="error")
    grid
    """
    notebook.show(SETUP, hostile)
    notebook.page.locator(".bnb-fail").first.wait_for()

    assert notebook.page.evaluate("() => window.__hit") is None
    assert "<img" in str(notebook.page.locator(".bnb-status").text_content())


BACKGROUND = """grid => {
  const probe = document.createElement("div");
  probe.style.background = "var(--jp-layout-color1)";
  document.body.append(probe);
  const colours = [grid, probe].map((e) => getComputedStyle(e).backgroundColor);
  probe.remove();
  return colours;
}"""


def test_the_grid_wears_the_labs_theme(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=8))
    backgrounds = []
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        notebook.use_theme(theme)
        backgrounds.append(notebook.page.locator(".bnb-grid").evaluate(BACKGROUND))

    assert backgrounds == [["rgb(33, 33, 33)"] * 2, ["rgb(255, 255, 255)"] * 2]


def test_a_saved_notebook_stays_small_and_readable(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(SETUP, GRID.format(count=20_000))
    notebook.run(0)
    notebook.run(1)
    until_painted(notebook.page)
    focus(notebook.page)
    notebook.page.keyboard.press("Control+a")
    saved = notebook.save()

    assert saved.stat().st_size <= 20_000
    [output] = json.loads(saved.read_text())["cells"][1]["outputs"]
    assert output["data"]["text/plain"] == ["Grid of 20,000 posts"]
    assert "<table>" in "".join(output["data"]["text/html"])


def test_a_grid_without_an_answer_says_so_until_there_is_one(
    open_notebook: OpenNotebook,
) -> None:
    deaf = """
    from IPython.display import display
    grid = Grid(frame(50), thumbnails=thumbnails)
    display(grid)
    gate = threading.Event()
    threading.Timer(7, gate.set).start()
    gate.wait()
    """
    notebook = open_notebook(SETUP, deaf)
    notebook.run(0)
    notebook.start(1)
    notice = notebook.page.locator(".bnb-notice")
    notice.wait_for(timeout=20_000)
    assert "No kernel answers" in str(notice.text_content())
    notebook.wait()

    until_painted(notebook.page)
    assert not notice.is_visible()


def test_a_grid_that_was_hidden_comes_back_where_it_was(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=2000))
    until_painted(notebook.page)
    scroll_to(notebook.page, 5000)
    until_painted(notebook.page)
    output = notebook.page.locator(".jp-OutputArea-output").last
    output.evaluate("e => { e.style.display = 'none'; }")
    notebook.page.wait_for_timeout(200)
    output.evaluate("e => { e.style.display = ''; }")
    until_painted(notebook.page)

    assert place(notebook.page) == 5000


def test_what_is_no_picture_says_so(notebook: Notebook) -> None:
    notebook.show(
        SETUP,
        """
        from tests.support.pictures import Drawn
        async def nonsense(item):
            return Drawn(b"no picture")
        grid = Grid(frame(1), thumbnails=nonsense)
        grid
        """,
    )
    note = notebook.page.locator(".bnb-fail .bnb-note")
    note.wait_for()

    assert note.text_content() == "Not a picture"
