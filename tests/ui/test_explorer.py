"""The explorer as a person uses it, with posts and pictures from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.notebook import Notebook, write_notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.support.lab import Lab

SETUP = """
import asyncio, datetime, threading
from booru_nb import frames
from booru_nb.errors import SiteDownError
from booru_nb.widgets.grid import Grid
from booru_nb.post import Rating
from booru_nb.widgets.explorer import Explorer
from tests.support.shelf import Shelf, page

if "explorer" in globals():
    explorer.close()
gate = asyncio.Event()
day = datetime.date(2024, 3, 1)
shelf = Shelf({
    "sky": [page(300, 60), page(240, 60), page(180, 10)],
    "sea": [page(20, 10)],
    "fox -sunset ": [page(9, 5)],
    "fox -sunset": [page(9, 5)],
    "broken": [page(300, 8), SiteDownError("meadow is down (503)."), page(292, 8)],
    "plain": [page(20, 4, categories={})],
    "shy": [page(20, 4, rating=Rating.QUESTIONABLE)],
    "busy": [page(300, 12), gate, page(288, 12)],
})
explorer = Explorer(shelf)
"""

IMAGES = ".bnb-grid [role=gridcell] img:not([hidden])"
SEEN = f"""() => {{
  const images = [...document.querySelectorAll("{IMAGES}")];
  return images.length > 3 && images.every((image) => image.naturalWidth > 0);
}}"""
"""Tells whether pictures are there, and all of them are whole."""


@pytest.fixture(scope="module")
def shared_notebook(lab: Lab, browser: Browser) -> Iterator[Notebook]:
    """A notebook whose kernel serves all tests that leave it as they found it."""
    write_notebook(lab.folder / "explorer.ipynb", (SETUP, "explorer"))
    page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    notebook = Notebook(lab, page, "explorer.ipynb").open()
    yield notebook
    notebook.close()
    assert notebook.errors == []


@pytest.fixture
def notebook(shared_notebook: Notebook) -> Notebook:
    """A notebook that shows a new explorer of posts in memory."""
    return shown(shared_notebook)


@pytest.fixture
def page(notebook: Notebook) -> Page:
    """The page of the notebook that shows the explorer."""
    return notebook.page


def shown(notebook: Notebook) -> Notebook:
    """Run the cells that make and show an explorer."""
    notebook.run(0)
    notebook.run(1)
    notebook.page.wait_for_selector(".bnbs-query")
    return notebook


def search(page: Page, query: str) -> None:
    page.fill(".bnbs-query", query)
    page.press(".bnbs-query", "Enter")


def open_second(page: Page) -> None:
    """Open the second post by keyboard: the grid has the cursor."""
    page.wait_for_function(SEEN)
    page.focus(".bnb-scroll")
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(".bnbd-frame img:not([hidden])")


def test_typing_tags_shows_pictures(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    page.wait_for_function(SEEN)

    assert int(notebook.do("print(len(explorer.posts))")) >= 60


def test_a_completion_is_picked_by_keyboard(notebook: Notebook, page: Page) -> None:
    page.focus(".bnbs-query")
    page.keyboard.type("fox -sun")
    page.wait_for_selector(".bnbs-suggestions [role=option]")
    page.keyboard.press("ArrowDown")
    marked = page.get_attribute(".bnbs-query", "aria-activedescendant")

    assert page.inner_text(f"#{marked} .bnbs-tag") == "sunset"

    page.keyboard.press("Enter")

    assert page.input_value(".bnbs-query") == "fox -sunset "

    page.keyboard.press("Enter")
    page.wait_for_function(SEEN)

    assert notebook.do("print(explorer.bar.query)").strip() == "fox -sunset"


def test_the_word_under_the_cursor_is_completed(page: Page) -> None:
    page.fill(".bnbs-query", "su fox")
    page.evaluate("document.querySelector('.bnbs-query').setSelectionRange(2, 2)")
    page.keyboard.type("n")
    page.wait_for_selector(".bnbs-suggestions [role=option]")
    page.keyboard.press("Tab")

    assert page.input_value(".bnbs-query") == "sunset fox"


def test_an_alias_is_told_and_escape_closes_the_list(page: Page) -> None:
    page.focus(".bnbs-query")
    page.keyboard.type("sund")
    page.wait_for_selector(".bnbs-alias")

    assert page.inner_text(".bnbs-suggestions li") == "sundown →\nsunset\n6K"

    page.keyboard.press("Escape")

    assert page.get_attribute(".bnbs-query", "aria-expanded") == "false"


def test_scrolling_down_loads_more(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    page.wait_for_function(SEEN)
    for _ in range(6):
        page.evaluate("document.querySelector('.bnb-scroll').scrollBy(0, 4000)")
        page.wait_for_timeout(100)
    page.wait_for_selector("text=That is all there is.")

    assert notebook.do("print(len(explorer.posts))").strip() == "130"


def test_details_show_the_picture_and_the_tags(page: Page) -> None:
    search(page, "sky")
    open_second(page)

    assert page.inner_text(".bnbd-title") == "meadow 299"
    headings = page.locator(".bnbd-group h4").all_inner_texts()
    assert headings[:2] == ["Artists", "Characters"]
    width = "document.querySelector('.bnbd-frame img').naturalWidth"
    assert page.evaluate(width) == 600


def test_details_follow_the_cursor_and_step(page: Page) -> None:
    search(page, "sky")
    open_second(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("text=meadow 298")
    page.click("[aria-label^='Next post']")
    page.wait_for_selector("text=meadow 297")
    page.keyboard.press("Escape")
    page.wait_for_selector(".bnb-details", state="hidden")


def test_a_click_on_a_tag_searches_for_it(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    open_second(page)
    page.click(".bnbd-tag >> text=sea")
    page.wait_for_selector(".bnb-details", state="hidden")

    assert page.input_value(".bnbs-query") == "sea"
    assert notebook.do("print(len(explorer.posts))").strip() == "10"


def test_clicks_with_keys_add_and_exclude_a_tag(page: Page) -> None:
    search(page, "sky")
    open_second(page)
    page.click(".bnbd-tag >> text=sea", modifiers=["Alt"])
    page.wait_for_function("document.querySelector('.bnbs-query').value === 'sky -sea'")


def test_a_bookmark_is_kept_and_follows_the_kernel(
    notebook: Notebook, page: Page
) -> None:
    search(page, "sky")
    open_second(page)
    page.fill(".bnbd-folder", "skies")
    page.press(".bnbd-folder", "Enter")
    page.wait_for_selector(".bnbd-star[aria-pressed=true]")

    assert notebook.do("print(shelf.kept_in)").strip() == "{('meadow', 299): 'skies'}"

    notebook.do("await shelf.unbookmark(explorer.posts.iloc[1:2])")
    page.wait_for_selector(".bnbd-star[aria-pressed=false]")


def test_b_in_the_grid_bookmarks(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    open_second(page)
    page.focus(".bnb-scroll")
    page.keyboard.press("b")
    page.wait_for_selector(".bnbd-star[aria-pressed=true]")

    assert notebook.do("print(shelf.bookmarked())").strip() == "{('meadow', 299)}"


def test_filters_are_set_by_keyboard(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    page.wait_for_function(SEEN)
    page.focus(".bnbs-toggle")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Filters (1)")

    assert notebook.do("print(explorer.bar.asked.min_score)").strip() == "20"
    assert page.input_value("[data-filter=min_score]") == "20"

    page.focus("[data-filter=min_score]")
    page.keyboard.press("Escape")

    assert page.get_attribute(".bnbs-toggle", "aria-expanded") == "false"
    assert page.evaluate("document.activeElement.className").startswith("bnbs-toggle")


def test_filters_of_a_cell_are_shown_and_cleared(
    notebook: Notebook, page: Page
) -> None:
    notebook.do("explorer.search('sky', media='video', after='2024', before=day)")
    page.click("text=Filters (3)")

    assert page.input_value("[data-filter=media]") == "video"
    assert page.input_value("[data-filter=after]") == "2024"
    assert page.get_attribute("[data-filter=before]", "type") == "date"

    page.click(".bnbs-clear")
    page.wait_for_function(SEEN)

    assert notebook.do("print(explorer.bar.asked.after == '')").strip() == "True"


def test_further_sites_are_ticked(notebook: Notebook, page: Page) -> None:
    page.click(".bnbs-toggle")
    page.check("text=harbour >> visible=true")
    page.wait_for_function("document.querySelector('.bnbs-on')")
    search(page, "sky")
    page.wait_for_function(SEEN)

    sites = notebook.do("print(explorer.bar.asked.sites)").strip()
    assert sites == "('meadow', 'harbour')"


def test_a_number_that_is_none_is_told(notebook: Notebook, page: Page) -> None:
    page.click(".bnbs-toggle")
    page.fill("[data-filter=min_score]", "1.5")
    page.click(".bnbs-toggle")
    search(page, "sky")

    assert page.evaluate("document.querySelector('[data-filter]:invalid') !== null")
    assert page.is_visible("[data-filter=min_score]")
    assert notebook.do("print(shelf.asked)").strip() == "[]"


def test_a_note_is_kept_when_it_is_left(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    open_second(page)
    page.click(".bnbd-star")
    page.wait_for_selector(".bnbd-star[aria-pressed=true]")
    page.fill(".bnbd-note", "for the cover")
    page.focus(".bnb-scroll")
    notebook.do("while not any(shelf.notes_on.values()): await asyncio.sleep(0.01)")

    noted = notebook.do("print(shelf.notes_on)").strip()
    assert noted == "{('meadow', 299): 'for the cover'}"


def test_escape_closes_the_details_from_the_grid(page: Page) -> None:
    search(page, "sky")
    open_second(page)
    page.keyboard.press("Escape")

    page.wait_for_selector(".bnb-details", state="hidden")


def test_the_list_of_keys_has_what_there_is(notebook: Notebook, page: Page) -> None:
    search(page, "sky")
    page.wait_for_function(SEEN)
    page.click("[title='Keys (?)']")

    assert "close what is open" in page.inner_text(".bnb-help")

    notebook.do("explorer.close(); Grid(frames.from_posts([]), thumbnails=None)")
    page.click("[title='Keys (?)']")

    said = page.inner_text(".bnb-help")
    assert ("open" in said, "bookmark" in said) == (False, False)


def test_showing_what_is_blurred_reaches_the_details(page: Page) -> None:
    search(page, "shy")
    open_second(page)
    page.keyboard.press("Shift+V")

    page.wait_for_function(
        "getComputedStyle(document.querySelector('.bnbd-frame img')).filter === 'none'"
    )


def test_categories_that_come_later_are_shown(notebook: Notebook, page: Page) -> None:
    search(page, "plain")
    open_second(page)

    assert page.locator(".bnbd-group h4").all_inner_texts() == ["Tags"]

    notebook.do("shelf.learn(anna_alder='artist')")

    page.wait_for_selector(".bnbd-group h4 >> text=Artists")


def test_an_error_is_read_out_and_can_be_tried_again(
    notebook: Notebook, page: Page
) -> None:
    search(page, "broken")
    page.wait_for_selector("[role=alert] >> text=meadow is down (503). The 8 posts")
    page.click(".bnbs-again")
    page.wait_for_selector("text=That is all there is.")

    assert notebook.do("print(len(explorer.posts))").strip() == "16"


def test_an_empty_result_says_what_to_try(page: Page) -> None:
    search(page, "sunsett")

    page.wait_for_selector("text=Check the spelling")


def test_the_stop_button_keeps_what_came(notebook: Notebook, page: Page) -> None:
    search(page, "busy")
    page.wait_for_selector(".bnbs-stop")
    page.wait_for_function(SEEN)
    page.click(".bnbs-stop")
    page.wait_for_selector("text=Stopped. The 12 posts that came stay here.")

    assert page.inner_text(".bnbs-go") == "Search"

    notebook.do("gate.set()")
    page.click(".bnbs-again")
    page.wait_for_selector("text=That is all there is.")

    assert notebook.do("print(len(explorer.posts))").strip() == "24"


def test_a_questionable_picture_is_blurred_until_asked_for(page: Page) -> None:
    search(page, "shy")
    open_second(page)
    blur = "getComputedStyle(document.querySelector('.bnbd-frame img')).filter"

    assert page.evaluate(blur) == "blur(28px)"

    page.click(".bnbd-veil")

    assert page.evaluate(blur) == "none"


def test_a_query_is_recalled_with_the_arrow(page: Page) -> None:
    search(page, "sky")
    search(page, "sea")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")

    assert page.input_value(".bnbs-query") == "sky"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    assert page.input_value(".bnbs-query") == "sea"


def test_keys_in_the_bar_are_no_commands_of_jupyterlab(
    notebook: Notebook, page: Page
) -> None:
    count = "jupyterapp.shell.currentWidget.content.widgets.length"
    before = page.evaluate(count)
    page.focus(".bnbs-query")
    page.keyboard.type("dd a b x")

    assert page.evaluate(count) == before
    assert notebook.page.input_value(".bnbs-query") == "dd a b x"


def test_it_works_while_a_cell_awaits(open_notebook: Callable[..., Notebook]) -> None:
    notebook = shown(open_notebook(SETUP, "explorer"))
    page = notebook.page
    notebook.do("done = asyncio.Event()")
    notebook.page.evaluate(
        """() => {
          const { content } = jupyterapp.shell.currentWidget;
          const cells = content.model.sharedModel;
          const source = "await done.wait()";
          cells.insertCell(cells.cells.length, { cell_type: "code", source });
          content.activeCellIndex = cells.cells.length - 1;
          jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    search(page, "sky")

    page.wait_for_function(SEEN)


def test_messages_come_on_a_thread_of_their_own(notebook: Notebook, page: Page) -> None:
    note = "lambda *_: threads.add(threading.current_thread())"
    notebook.do(f"threads = set(); explorer.bar.on_msg({note})")
    for query in ("sky", "sea", "sky", "sea"):
        search(page, query)
        page.wait_for_function(SEEN)
    page.wait_for_selector("text=That is all there is.")

    assert notebook.do("print(len(explorer.posts))").strip() == "10"
    others = "print(threads - {threading.main_thread()} != set())"
    assert notebook.do(others).strip() == "True"


def test_a_second_view_shows_what_the_first_does(
    notebook: Notebook, page: Page
) -> None:
    search(page, "sky")
    open_second(page)
    notebook.do("explorer")

    page.wait_for_function(
        """() => {
          const titles = [...document.querySelectorAll(".bnbd-title")];
          const images = [...document.querySelectorAll(".bnbd-frame img")];
          return titles.length === 2 && titles[1].textContent === "meadow 299"
            && images[1].naturalWidth === 600;
        }"""
    )


def test_a_closed_explorer_leaves_the_page(notebook: Notebook, page: Page) -> None:
    search(page, "busy")
    page.wait_for_selector(".bnbs-stop")
    notebook.do("explorer.close()")
    page.wait_for_selector(".bnbs-query", state="detached")

    assert notebook.do("print(shelf.closed)").strip() == "['busy']"


@pytest.mark.parametrize("width", [500, 900])
def test_it_fits_a_narrow_page(
    open_notebook: Callable[..., Notebook], width: int
) -> None:
    notebook = shown(open_notebook(SETUP, "explorer", width=width))
    page = notebook.page
    page.click(".bnbs-toggle")
    search(page, "sky")
    open_second(page)
    overflow = """() => {
      const area = document.querySelector(".jp-OutputArea-output:has(.bnb-grid)");
      return area.scrollWidth - area.clientWidth;
    }"""

    assert page.evaluate(overflow) <= 0
