"""Make the pictures of the README: ``python -m tests.ui.screenshots``.

They show the demo booru in a real JupyterLab, and are kept in ``notebooks/images``.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.support.lab import Lab
from tests.support.notebook import Notebook, chromium, write_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parents[2] / "notebooks" / "images"
CELLS = (
    "import booru_nb as bn\n\nlib = bn.demo()",
    'explorer = lib.explore("scenery")\nexplorer',
    "explorer.selected[['id', 'rating', 'score', 'artist', 'tags']]",
)
PICTURES = ".bnb-grid [role=gridcell] img:not([hidden])"
SEEN = f"""() => {{
  const images = [...document.querySelectorAll("{PICTURES}")];
  return images.length > 6 && images.every((image) => image.naturalWidth > 0);
}}"""


def main() -> None:
    """Make them all."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, chromium() as browser:
        lab = Lab(Path(folder)).wait()
        try:
            for dark in (False, True):
                take(lab, browser, dark=dark)
        finally:
            lab.stop()


def take(lab: Lab, browser: Browser, *, dark: bool) -> None:
    """Make one picture: the explorer with two posts selected, and one looked at."""
    name = "explorer-dark" if dark else "explorer"
    write_notebook(lab.folder / f"{name}.ipynb", CELLS)
    page = browser.new_page(viewport={"width": 1400, "height": 1040})
    notebook = Notebook(lab, page, f"{name}.ipynb").open()
    notebook.use_theme("JupyterLab Dark" if dark else "JupyterLab Light")
    notebook.command("application:toggle-left-area")
    notebook.run(0)
    notebook.run(1)
    page.wait_for_function(SEEN)
    page.focus(".bnb-scroll")
    for key in ("Control+Home", "Space", "ArrowRight", "Space", "b", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector(".bnbd-frame img:not([hidden])")
    page.wait_for_selector(".bnb-kept")
    notebook.run(2)
    page.wait_for_selector(".bnb-searchbar[aria-busy=false]")
    page.wait_for_function(SEEN)
    page.screenshot(path=IMAGES / f"{name}.png")
    notebook.close()


if __name__ == "__main__":
    main()
