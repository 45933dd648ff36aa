"""Which post of a grid the details show. All of this happens on the registered loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb import frames
from booru_nb.loop import get_app_loop
from booru_nb.widgets.caption import is_blurred

if TYPE_CHECKING:
    import asyncio

    import pandas as pd

    from booru_nb.widgets.backend import Backend
    from booru_nb.widgets.details import Details
    from booru_nb.widgets.grid import Grid

GLANCE = 0.15
"""Seconds that the cursor rests on a post before open details follow it there."""


class Viewing:
    """The details of one post of a grid, which follow the grid's cursor while open.

    Parameters
    ----------
    backend : Backend
        Who knows the bookmarks.
    grid : Grid
        Where the posts stand.
    details : Details
        What shows one of them.
    """

    def __init__(self, backend: Backend, *, grid: Grid, details: Details) -> None:
        self._backend = backend
        self._grid = grid
        self._details = details
        self._place = -1
        self._later: asyncio.TimerHandle | None = None
        self._unblurred = False
        grid.observe(self._follow, "active")

    @property
    def rows(self) -> pd.DataFrame:
        """The row of the post that is shown; no rows where none is."""
        return self._grid.posts.iloc[[self._place] if self._place >= 0 else []]

    @property
    def at_the_end(self) -> bool:
        """Whether no post follows the one that is shown."""
        return self._place + 1 >= len(self._grid.posts)

    def show(self, place: int) -> None:
        """Show the post at a place in the grid, if there is one."""
        self._forget_cursor()
        if place == self._place or not 0 <= place < len(self._grid.posts):
            return
        self._place = place
        [post] = frames.to_posts(self.rows)
        self._details.layout.display = None
        self._grid.opened = True
        self._details.show(
            post,
            kept=self._backend.kept(post.key),
            folders=self._backend.folders(),
            blurred=is_blurred(post, self._backend.blur) and not self._unblurred,
            place=f"{place + 1:,}",
        )

    def refresh(self) -> None:
        """Show what is known by now of the tags of the post that is shown."""
        if self._place >= 0:
            [post] = frames.to_posts(self._backend.learnt(self.rows))
            self._details.amend(post)

    def reveal(self, place: int | None, *, on: bool) -> None:
        """Show a blurred picture, or blur it: that of a place, or with None all."""
        if place is None:
            self._unblurred = on
        post = self._details.post
        if post is not None and place in {None, self._place}:
            self._details.blur(on=is_blurred(post, self._backend.blur) and not on)

    def step(self, by: int) -> None:
        """Show a neighbour of the post that is shown."""
        self.show(self._place + by)

    def shut(self) -> None:
        """Hide the details."""
        self._forget_cursor()
        self._place = -1
        self._grid.opened = False
        self._details.layout.display = "none"
        self._details.show(None)

    def mark(self) -> None:
        """Show whether the post is kept now, where, and with which note."""
        if self._details.post is not None:
            kept = self._backend.kept(self._details.post.key)
            self._details.mark(kept, folders=self._backend.folders())

    def _follow(self, change: dict[str, Any]) -> None:
        if self._place < 0 or change["new"] < 0:
            return
        self._forget_cursor()
        self._later = get_app_loop().call_later(GLANCE, self.show, change["new"])

    def _forget_cursor(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
