"""A chart of statistics in JupyterLab: a click on a mark filters the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.notebook import Notebook
    from tests.ui.conftest import OpenNotebook

OPEN = """
import booru_nb as bn
lib = bn.demo()
posts = lib.search("", limit=120, progress=False)
stats = lib.tag_stats(posts)
grid = lib.grid(posts, height=300)
"""
LINK = "chart = bn.link(stats.counts().booru.plot(limit=10), grid)\nchart"
BAR = ".bnbp-mark[aria-label^='sky,']"


def until_said(notebook: Notebook, text: str) -> None:
    """Return when the line below the chart says so."""
    notebook.page.wait_for_selector(f".bnbp-said:has-text({text!r})")


def shown(notebook: Notebook, condition: str) -> bool:
    return notebook.do(f"print(bool({condition}))").strip() == "True"


HAS = "grid.posts['tags'].str.split().map(lambda tags: 'sky' in tags)"


def test_a_click_on_a_bar_filters_the_grid(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(OPEN, LINK, "grid")
    for number in range(3):
        notebook.run(number)
    page = notebook.page

    page.locator(BAR).first.click()
    until_said(notebook, "posts: sky")
    assert shown(notebook, f"{HAS}.all() and len(grid.posts) < 120")

    page.locator(BAR).first.click(modifiers=["Shift"])
    until_said(notebook, "posts: without sky")
    assert shown(notebook, f"len(grid.posts) and not {HAS}.any()")

    page.locator(".bnbp-plane").click(position={"x": 4, "y": 4})
    until_said(notebook, "120 posts: all")
    assert shown(notebook, "len(grid.posts) == 120")


def test_the_keyboard_goes_from_bar_to_bar(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(OPEN, LINK)
    notebook.run(0)
    notebook.run(1)
    page = notebook.page

    page.focus(".bnbp-mark[tabindex='0']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".bnbp-mark[data-row='1'].bnbp-without[aria-pressed=true]")
    page.keyboard.press("Escape")
    until_said(notebook, "120 posts: all")


def test_a_chart_asks_nobody_but_jupyter(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(OPEN, LINK, "stats.counts().booru.plot(limit=5)")
    asked: list[str] = []
    notebook.page.on("request", lambda request: asked.append(request.url))
    for number in range(3):
        notebook.run(number)
    notebook.page.wait_for_selector(".jp-RenderedVegaLite canvas")
    notebook.page.wait_for_selector(BAR)

    ours = (notebook.lab.url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []
