"""A grid whose stars are a library's bookmarks."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from booru_nb.widgets.bookmarking import Bookmarking
from booru_nb.widgets.grid import Grid

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.library.backend import LibraryBackend


def grid_of(
    backend: LibraryBackend, posts: pd.DataFrame, *, height: int, size: int
) -> Grid:
    """Return a grid of posts that follows the library's bookmarks, both ways.

    Raises
    ------
    FrameError
        If it is no frame of posts.
    """
    bookmarking = Bookmarking(backend, on_error=lambda error: _say(grid, error))
    grid = Grid(
        posts,
        thumbnails=backend.thumbnail,
        height=height,
        size=size,
        bookmarked=backend.bookmarked(),
        blur=backend.blur,
        on_bookmark=bookmarking.toggle,
    )
    # The library outlives its grids, and must not keep them all.
    shown = weakref.ref(grid)

    def follow() -> None:
        still = shown()
        if still is None or still.comm is None:
            unsubscribe()
        else:
            still.set_bookmarked(backend.bookmarked())

    unsubscribe = backend.on_bookmarks_changed(follow)
    return grid


def _say(grid: Grid, error: BaseException) -> None:
    grid.say(str(error), tone="error")
