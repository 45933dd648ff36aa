"""Cells of notebooks that show a grid of drawn thumbnails, and what is read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.notebook import Notebook

SETUP = """
import asyncio, threading
import pandas as pd
from booru_nb.widgets.grid import Grid
from tests.support.drawn import draw, fetched, frame, thumbnails
fetched.clear()
"""

GRID = "grid = Grid(frame({count}), thumbnails=thumbnails)\ngrid"

PAINTED = """() => {
  const scroll = document.querySelector(".bnb-scroll");
  if (!scroll) return false;
  const box = scroll.getBoundingClientRect();
  const seen = (cell) => {
    const at = cell.getBoundingClientRect();
    return cell.id && at.bottom > box.top && at.top < box.bottom;
  };
  const cells = [...scroll.querySelectorAll(".bnb-cell:not([hidden])")].filter(seen);
  return cells.length > 0 && cells.every((cell) => {
    const img = cell.querySelector("img");
    return img.complete && img.naturalWidth > 0 && !img.hidden;
  });
}"""
"""Tells whether each cell in sight shows its thumbnail."""


def until_painted(page: Page) -> None:
    """Return when each cell in sight shows its thumbnail."""
    page.wait_for_function(PAINTED, timeout=20_000, polling=20)


def scroll_to(page: Page, top: float) -> None:
    """Scroll the grid."""
    page.evaluate("top => document.querySelector('.bnb-scroll').scrollTop = top", top)


def focus(page: Page) -> None:
    """Give the grid the keyboard, with its first post active."""
    page.locator(".bnb-scroll").focus()
    page.keyboard.press("Control+Home")


def active(page: Page) -> int:
    """Return the ordinal of the active post, as assistive technology is told it."""
    cell = page.locator(".bnb-scroll").get_attribute("aria-activedescendant") or "-0"
    return int(cell.rsplit("-", 1)[1])


def until_active(page: Page, ordinal: int) -> None:
    """Return when a post is the active one."""
    page.wait_for_function(
        "end => document.querySelector('.bnb-scroll')"
        ".getAttribute('aria-activedescendant')?.endsWith(end)",
        arg=f"-{ordinal}",
        timeout=10_000,
    )


def until_counted(page: Page, text: str) -> None:
    """Return when the line above the thumbnails counts so."""
    page.wait_for_function(
        "text => document.querySelector('.bnb-count').textContent === text",
        arg=text,
        timeout=10_000,
    )


def until_true(notebook: Notebook, expression: str) -> str:
    """Have the kernel wait until something holds; return it as the kernel prints it."""
    wait = f"while not ({expression}): await asyncio.sleep(0.01)"
    return notebook.do(f"{wait}\nprint({expression})").strip()


def place(page: Page) -> float:
    """Return how far the grid is scrolled."""
    top: float = page.evaluate("() => document.querySelector('.bnb-scroll').scrollTop")
    return top


WINDOW = """() => {
  const scroll = document.querySelector(".bnb-scroll");
  const columns = Number(scroll.getAttribute("aria-colcount"));
  const rows = scroll.clientHeight / document.querySelector(".bnb-row").offsetHeight;
  return columns * (Math.ceil(rows) + 1 + 2 * 3);
}"""
"""Tells how many thumbnails a view asks for at once: what is seen and what is near."""
