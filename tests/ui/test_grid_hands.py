"""The keyboard and the mouse in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.gridcells import (
    GRID,
    SETUP,
    focus,
    until_active,
    until_counted,
    until_painted,
    until_true,
)

if TYPE_CHECKING:
    from tests.support.notebook import Notebook


def test_the_keyboard_moves_and_selects(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=100))
    focus(notebook.page)
    for key in ("ArrowRight", "l", "Space", "ArrowRight", "Shift+ArrowRight"):
        notebook.page.keyboard.press(key)
    until_active(notebook.page, 4)

    until_counted(notebook.page, "100 posts · 3 selected")
    assert until_true(notebook, "len(grid.selected) == 3") == "True"
    assert notebook.do("print(*grid.selected.id)") == "3 4 5\n"


def test_the_ends_are_one_key_away(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=20_000))
    focus(notebook.page)
    notebook.page.keyboard.press("Control+End")
    until_active(notebook.page, 19_999)
    until_painted(notebook.page)
    notebook.page.keyboard.press("Home")
    notebook.page.keyboard.press("Control+Home")

    until_active(notebook.page, 0)
    until_painted(notebook.page)


def test_keys_in_the_grid_are_not_jupyterlabs(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=100))
    focus(notebook.page)
    for key in "abddxyzm0":
        notebook.page.keyboard.press(key)
    notebook.page.keyboard.press("j")

    cells = "() => jupyterapp.shell.currentWidget.content.widgets.length"
    assert notebook.page.evaluate(cells) == 2
    until_painted(notebook.page)


def test_all_of_twenty_thousand_are_selected_at_once(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=20_000))
    focus(notebook.page)
    notebook.page.keyboard.press("Control+a")
    until_counted(notebook.page, "20,000 posts · 20,000 selected")

    assert until_true(notebook, "len(grid.selected) == 20_000") == "True"
    notebook.page.locator(".bnb-scroll").focus()
    notebook.page.keyboard.press("Escape")
    assert until_true(notebook, "grid.selected.empty") == "True"


def test_the_mouse_selects(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=100))
    until_painted(notebook.page)
    cells = notebook.page.locator(".bnb-cell")
    cells.nth(1).click(modifiers=["Control"])
    cells.nth(3).click()
    cells.nth(5).click(modifiers=["Shift"])
    cells.nth(0).locator(".bnb-check").click()

    until_counted(notebook.page, "100 posts · 4 selected")
    assert until_true(notebook, "len(grid.selected) == 4") == "True"
    assert notebook.do("print(*grid.selected.id)") == "4 5 6 1\n"


def test_python_selects_in_every_view(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=100), "grid")
    until_painted(notebook.page)
    notebook.do("grid.select(grid.posts.id <= 4)")

    selected = ".bnb-cell[aria-selected=true]"
    notebook.until(f"() => document.querySelectorAll('{selected}').length === 8")
    notebook.page.locator(".bnb-cell").nth(0).click(modifiers=["Control"])
    notebook.until(f"() => document.querySelectorAll('{selected}').length === 6")


def test_stars_show_and_toggle_bookmarks(notebook: Notebook) -> None:
    stars = """
    kept = {("demo", 2)}
    def toggle(rows):
        global kept
        kept = kept ^ set(zip(rows.site, rows.id))
        grid.set_bookmarked(kept)
    options = {"bookmarked": kept, "on_bookmark": toggle}
    grid = Grid(frame(50), thumbnails=thumbnails, **options)
    grid
    """
    notebook.show(SETUP, stars)
    until_painted(notebook.page)
    kept = notebook.page.locator(".bnb-kept")
    assert kept.count() == 1
    focus(notebook.page)
    notebook.page.keyboard.press("b")
    notebook.until("() => document.querySelectorAll('.bnb-kept').length === 2")
    notebook.page.locator(".bnb-cell").nth(1).locator(".bnb-star").click()

    notebook.until("() => document.querySelectorAll('.bnb-kept').length === 1")
    assert notebook.do("print(kept)") == "{('demo', 1)}\n"


def test_the_slider_changes_the_columns_and_python_knows(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=500))
    columns = "() => +document.querySelector('.bnb-scroll').ariaColCount"
    columns = columns.replace("ariaColCount", "getAttribute('aria-colcount')")
    before = notebook.page.evaluate(columns)
    notebook.page.locator(".bnb-size").fill("100")
    until_painted(notebook.page)

    assert notebook.page.evaluate(columns) > before
    assert until_true(notebook, "grid.size == 100") == "True"


def test_help_opens_and_gives_the_keyboard_back(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=100))
    focus(notebook.page)
    notebook.page.keyboard.press("?")
    notebook.page.get_by_role("dialog", name="Keys").wait_for()
    notebook.page.keyboard.press("Escape")
    notebook.page.keyboard.press("ArrowRight")

    until_active(notebook.page, 1)


def test_assistive_technology_is_told_what_is_there(notebook: Notebook) -> None:
    notebook.show(SETUP, GRID.format(count=100))
    until_painted(notebook.page)
    focus(notebook.page)
    notebook.page.keyboard.press("Space")
    page = notebook.page
    assert page.get_by_role("grid", name="Posts").count() == 1
    assert page.get_by_role("row").count() >= 4
    cell = page.get_by_role("gridcell", name="demo 1, general", selected=True)
    cell.wait_for()

    assert page.get_by_role("status").first.text_content() == "100 posts · 1 selected"
    assert cell.get_attribute("aria-colindex") == "1"
