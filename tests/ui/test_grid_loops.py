"""The grid and what the kernel is busy with, in a real JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.gridcells import (
    GRID,
    SETUP,
    focus,
    scroll_to,
    until_counted,
    until_painted,
    until_true,
)

if TYPE_CHECKING:
    from tests.support.notebook import Notebook
    from tests.ui.conftest import OpenNotebook


def test_a_callback_on_a_subshell_thread_acts_on_the_loops(notebook: Notebook) -> None:
    watch = """
    arrived, observed = set(), set()
    grid.on_msg(lambda *_: arrived.add(threading.current_thread()))
    grid.observe(lambda _: observed.add(threading.current_thread()), "selected")
    """
    notebook.show(SETUP, GRID.format(count=100), watch)
    focus(notebook.page)
    for _ in range(6):
        notebook.page.keyboard.press("Space")
        notebook.page.keyboard.press("ArrowRight")
    assert until_true(notebook, "len(grid.selected) == 6") == "True"

    main = "threading.main_thread()"
    assert notebook.do(f"print(observed == {{{main}}})") == "True\n"
    assert notebook.do(f"print(bool(arrived - {{{main}}}))") == "True\n"


def test_the_grid_lives_while_a_cell_waits(open_notebook: OpenNotebook) -> None:
    waiting = """
    from booru_nb import loop
    gate = asyncio.Event()
    loop.run(gate.wait())
    """
    opener = "grid.observe(lambda _: gate.set(), 'selected')"
    notebook = open_notebook(SETUP, GRID.format(count=2000), opener, waiting)
    for number in range(3):
        notebook.run(number)
    until_painted(notebook.page)
    notebook.start(3)
    scroll_to(notebook.page, 20_000)
    until_painted(notebook.page)
    focus(notebook.page)
    notebook.page.keyboard.press("Space")

    notebook.wait()


def test_on_the_background_loop_thumbnails_come_while_a_cell_computes(
    open_notebook: OpenNotebook,
) -> None:
    background = "from booru_nb import loop\nloop.choose_app_loop('background')"
    busy = "grid.observe(lambda _: done.set(), 'selected')\ndone.wait(60)"
    notebook = open_notebook(
        SETUP, background, GRID.format(count=2000), f"done = threading.Event()\n{busy}"
    )
    for number in range(3):
        notebook.run(number)
    until_painted(notebook.page)
    notebook.start(3)
    scroll_to(notebook.page, 20_000)
    until_painted(notebook.page)
    focus(notebook.page)
    notebook.page.keyboard.press("Space")

    notebook.wait()
    assert notebook.do("print(done.is_set())") == "True\n"


def test_the_stop_button_ends_the_wait_and_the_grid_goes_on(
    open_notebook: OpenNotebook,
) -> None:
    waiting = """
    from booru_nb import loop
    loop.run(asyncio.sleep(1e6))
    """
    notebook = open_notebook(SETUP, GRID.format(count=2000), waiting)
    notebook.run(0)
    notebook.run(1)
    until_painted(notebook.page)
    notebook.start(2)
    notebook.wait_for_busy()
    notebook.command("notebook:interrupt-kernel")
    notebook.wait()
    [output] = notebook.outputs(2)
    assert output["ename"] == "KeyboardInterrupt"

    scroll_to(notebook.page, 20_000)
    until_painted(notebook.page)


def test_a_restarted_kernel_leaves_the_page_alive(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(SETUP, GRID.format(count=2000))
    notebook.run(0)
    notebook.run(1)
    until_painted(notebook.page)
    notebook.restart()
    scroll_to(notebook.page, 20_000)
    focus(notebook.page)
    notebook.page.keyboard.press("Space")
    notebook.run(0)
    notebook.run(1)

    until_painted(notebook.page)


def test_a_reloaded_page_shows_the_grid_as_it_was(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(SETUP, GRID.format(count=100))
    notebook.run(0)
    notebook.run(1)
    focus(notebook.page)
    notebook.page.keyboard.press("Space")
    until_counted(notebook.page, "100 posts · 1 selected")
    notebook.save()
    notebook.open()

    until_painted(notebook.page)
    until_counted(notebook.page, "100 posts · 1 selected")
