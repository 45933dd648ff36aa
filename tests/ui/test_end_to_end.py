"""A library, a booru that is really served, and a person at JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from booru_nb import drawn
from booru_nb.drawn import mishaps
from booru_nb.drawn.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from booru_nb.drawn.app import DemoApp
    from tests.support.notebook import Notebook
    from tests.ui.conftest import OpenNotebook

OPEN = """
import booru_nb as bn
lib = bn.open({file!r}, loop={kind!r})
if "quay" not in set(lib.sites()["site"]):
    lib.add_site({url!r}, name="quay", engine="danbooru", rate=None, allow_private=True)
"""
EXPLORE = "explorer = lib.explore(site='quay')\nexplorer"

IMAGES = ".bnb-grid [role=gridcell] img:not([hidden])"
SEEN = f"""() => {{
  const images = [...document.querySelectorAll("{IMAGES}")];
  return images.length > 3 && images.every((image) => image.naturalWidth > 0);
}}"""

SELECTED = "document.querySelectorAll('.bnb-grid [aria-selected=true]')"
STARRED = "document.querySelectorAll('.bnb-grid .bnb-kept')"


@pytest.fixture(scope="module")
def app() -> DemoApp:
    return drawn.create_app()


@pytest.fixture(scope="module")
def booru(app: DemoApp) -> Iterator[str]:
    with serve(app) as url:
        yield url


def typed(notebook: Notebook, query: str) -> None:
    """Type tags as a person does, and wait for the pictures of what is found."""
    page = notebook.page
    page.click(".bnbs-query")
    page.keyboard.press("Control+A")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    found = f"len(explorer.posts) and {query!r} in explorer.posts['tags'].iloc[0]"
    for _ in range(100):
        if number(notebook, f"bool({found})"):
            break
    page.wait_for_function(SEEN)


def number(notebook: Notebook, code: str) -> int:
    return int(notebook.do(f"print(int({code}))"))


@pytest.mark.parametrize("kind", ["kernel", "background"])
def test_from_tags_to_a_bookmark_that_outlives_the_kernel(
    open_notebook: OpenNotebook, booru: str, tmp_path: Path, kind: str
) -> None:
    opening = OPEN.format(file=str(tmp_path / "mine.booru"), kind=kind, url=booru)
    notebook = open_notebook(opening, EXPLORE)
    page = notebook.page
    notebook.run(0)
    notebook.run(1)

    typed(notebook, "lighthouse")
    before = number(notebook, "len(explorer.posts)")
    page.focus(".bnb-scroll")
    page.keyboard.press("Control+End")
    page.wait_for_function(SEEN)
    page.keyboard.press("Control+Home")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_function(f"() => {SELECTED}.length === 2")

    assert before > 20
    lit = "explorer.selected['tags'].str.contains('lighthouse').sum()"
    assert number(notebook, lit) == 2

    page.focus(".bnb-scroll")
    page.keyboard.press("b")
    page.wait_for_function(f"() => {STARRED}.length === 2")
    same = "set(lib.bookmarks()['id']) == set(explorer.selected['id'])"
    assert number(notebook, same) == 1

    notebook.restart()
    notebook.run(0)
    assert number(notebook, "len(lib.bookmarks())") == 2

    notebook.run(1)
    typed(notebook, "lighthouse")
    page.wait_for_function(f"() => {STARRED}.length === 2")


def test_a_grid_selects_both_ways_and_its_stars_are_bookmarks(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(
        "import booru_nb as bn; lib = bn.demo()\n"
        "posts = lib.search('sunset', limit=40, progress=False)",
        "grid = lib.grid(posts.sort_values('score', ascending=False)); grid",
    )
    notebook.run(0)
    notebook.run(1)
    page = notebook.page
    page.wait_for_function(SEEN)

    notebook.do("grid.select(posts['score'] == posts['score'].max())")
    page.wait_for_function(f"() => {SELECTED}.length >= 1")
    notebook.do("kept = lib.bookmark(grid.selected)")
    page.wait_for_function(f"() => {STARRED}.length >= 1")

    page.focus(".bnb-scroll")
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => {SELECTED}.length === 0")
    assert number(notebook, "len(grid.selected)") == 0


def test_an_error_of_the_site_is_shown_and_the_explorer_goes_on(
    open_notebook: OpenNotebook, app: DemoApp, booru: str, tmp_path: Path
) -> None:
    opening = OPEN.format(file=str(tmp_path / "my.booru"), kind="kernel", url=booru)
    notebook = open_notebook(opening, EXPLORE)
    notebook.run(0)
    notebook.run(1)
    page = notebook.page
    page.wait_for_function(SEEN)

    app.faults.add(mishaps.challenge(), path="/posts.json")
    page.fill(".bnbs-query", "sky sea boat")
    page.press(".bnbs-query", "Enter")
    page.wait_for_selector("[role=alert]:has-text('check for browsers')")
    typed(notebook, "sunset")
