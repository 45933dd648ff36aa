"""Cells of notebooks that show a grid of drawn thumbnails, and what is read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETUP = """
import asyncio, threading
import pandas as pd
from booru_nb.widgets.grid import Grid
from tests.support.drawn import draw, fetched, frame, thumbnails
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
