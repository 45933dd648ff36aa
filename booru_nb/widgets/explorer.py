"""The explorer: a search bar, the grid of what it finds, and the details of one post.

It is put together of three widgets, each of which states its own wire; the explorer
itself has none. All that happens here happens on the registered loop.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

import ipywidgets
import traitlets

from booru_nb import frames
from booru_nb.errors import LoopError
from booru_nb.loop import choose_app_loop
from booru_nb.widgets import words
from booru_nb.widgets.asked import Asked, Filters
from booru_nb.widgets.bookmarking import Bookmarking
from booru_nb.widgets.details import Details
from booru_nb.widgets.grid import Grid
from booru_nb.widgets.learning import Learning, SelectedRows
from booru_nb.widgets.searchbar import SearchBar
from booru_nb.widgets.searching import Searching
from booru_nb.widgets.threads import at_once
from booru_nb.widgets.viewing import Viewing

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from booru_nb.post import Post
    from booru_nb.widgets.backend import Backend, Kept

GRID_BAR = 38
"""Pixels of the line that the grid has above its thumbnails."""

HINT = "Type tags and press Enter. An empty search shows the newest posts."


class Explorer(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets has no types
    """Search a booru, look through what it finds, and keep what is worth keeping.

    Parameters
    ----------
    backend : Backend
        Where posts, pictures and bookmarks come from.
    query : str, optional
        What to search for at once, in the site's own words (default: nothing, until
        somebody types).
    site : str or sequence of str, optional
        Where to search, on several sites together (default: the backend's default).
    rating : str or sequence of str, optional
        A rating, several of them, or ``"any"`` (default: the backend's).
    height : int, default 600
        Pixels of the grid's height.
    size : int, default 190
        About how many pixels a thumbnail takes.
    **filters : Filters
        `min_score`, `order`, `media`, `after` and `before`, as the controls show them
        at first (default: none).

    Attributes
    ----------
    bar, grid, details : SearchBar, Grid, Details
        What it is put together of.
    """

    selected = SelectedRows()
    """The rows selected, in the order of selection; it can be observed."""

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        backend: Backend,
        query: str | None = None,
        *,
        site: str | Sequence[str] | None = None,
        rating: str | Sequence[str] | None = None,
        height: int = 600,
        size: int = 190,
        **filters: Unpack[Filters],
    ) -> None:
        choose_app_loop()
        self._backend = backend
        self._bookmarking = Bookmarking(backend, on_error=self._warn)
        asked = Asked(site=backend.default_site, rating=backend.rating)
        self.bar = self._make_bar(asked.at(site).rated(rating).but(filters))
        self.grid = self._make_grid(height, size)
        self.details = self._make_details(height)
        self._searching = Searching(backend, bar=self.bar, grid=self.grid)
        self._viewing = Viewing(backend, grid=self.grid, details=self.details)
        self._learning = Learning(backend, grid=self.grid, viewing=self._viewing)
        self._unsubscribe = backend.on_bookmarks_changed(self._sync)
        self.grid.observe(self._tell_selected, "selected")
        super().__init__(children=(self.bar, self._lay_out()))
        self.grid.say(HINT)
        if query is not None:
            self.search(query)

    def _make_bar(self, asked: Asked) -> SearchBar:
        return SearchBar(
            sites=self._backend.sites(),
            asked=asked,
            on_search=self._search,
            on_stop=self._stop,
            on_again=self._go_on,
            suggest=lambda text, site: self._backend.suggest(text, site=site),
        )

    def _make_grid(self, height: int, size: int) -> Grid:
        return Grid(
            frames.from_posts([]),
            thumbnails=self._backend.thumbnail,
            height=height,
            size=size,
            bookmarked=self._backend.bookmarked(),
            blur=self._backend.blur,
            on_bookmark=self._bookmarking.toggle,
            on_open=self._open,
            on_more=self._more,
            on_shut=self._shut,
            on_reveal=self._reveal,
        )

    def _make_details(self, height: int) -> Details:
        return Details(
            preview=self._backend.preview,
            on_tag=self._press,
            on_bookmark=self._keep,
            on_step=self._step,
            on_close=self._shut,
            height=height + GRID_BAR,
        )

    @property
    def posts(self) -> pd.DataFrame:
        """All posts loaded so far, in the order of arrival; no rows before a search.

        The categories of their tags are those that are known by now.
        """
        self._learning.catch_up()
        return self.grid.posts

    def search(
        self,
        query: str,
        site: str | Sequence[str] | None = None,
        rating: str | Sequence[str] | None = None,
        **filters: Unpack[Filters],
    ) -> None:
        """Search, in place of what is shown. The posts come while the loop is free.

        Parameters
        ----------
        query : str
            In the site's own words; empty for the newest posts.
        site : str or sequence of str, optional
            Where, on several sites together (default: where the last search was).
        rating : str or sequence of str, optional
            A rating, several of them, or ``"any"`` (default: as before).
        **filters : Filters
            `min_score`, `order`, `media`, `after` and `before`; None takes one away,
            and what is not named stays as it is.
        """
        asked = replace(self.bar.asked, query=query)
        at_once(self._search, asked.at(site).rated(rating).but(filters))

    def close(self) -> None:
        """Cancel what is under way, and take the explorer off the page."""
        if self.comm is None:
            return
        self._unsubscribe()
        self._learning.close()
        # On a loop that has ended nothing is under way any more.
        with suppress(LoopError):
            at_once(self._searching.drop)
            at_once(self._viewing.shut)
        self._bookmarking.close()
        for part in (self.bar, self.grid, self.details):
            part.close()
        super().close()

    def _search(self, asked: Asked) -> None:
        self._viewing.shut()
        self._searching.begin(asked)

    # The parts call each other through here, since none of them knows the others.

    def _stop(self) -> None:
        self._searching.stop()

    def _go_on(self) -> None:
        self._searching.go_on()

    def _more(self) -> None:
        self._searching.more()

    def _warn(self, error: BaseException) -> None:
        self._searching.warn(error)

    def _open(self, _rows: pd.DataFrame) -> None:
        self._viewing.show(self.grid.active)

    def _shut(self) -> None:
        self._viewing.shut()

    def _press(self, tag: str, how: str) -> None:
        asked = self.bar.asked
        self._search(replace(asked, query=words.with_tag(asked.query, tag, how)))

    def _step(self, by: int) -> None:
        self._viewing.step(by)
        if self._viewing.at_the_end:
            self._searching.more()

    def _reveal(self, place: int | None, on: bool) -> None:  # noqa: FBT001 - as the grid says it
        self._viewing.reveal(place, on=on)

    def _keep(self, _post: Post, kept: Kept | None) -> None:
        self._bookmarking.put(self._viewing.rows, kept)

    def _sync(self) -> None:
        self.grid.set_bookmarked(self._backend.bookmarked())
        self._viewing.mark()

    def _lay_out(self) -> ipywidgets.Box:
        """Put the details beside the grid where there is room, else below it."""
        # Both may shrink to nothing; the grid takes nearly all the room that is left.
        self.grid.layout = {"flex": "999 1 440px", "min_width": "0"}
        self.details.layout = {"flex": "1 1 330px", "min_width": "0", "display": "none"}
        layout = {"flex_flow": "row wrap", "width": "100%", "grid_gap": "10px"}
        return ipywidgets.Box((self.grid, self.details), layout=layout)

    def _tell_selected(self, change: traitlets.Bunch) -> None:
        self.notify_change(traitlets.Bunch(change, owner=self, new=self.selected))

    def __repr__(self) -> str:
        sites = ", ".join(self.bar.asked.sites)
        return f"Explorer of {sites}: {words.posts(len(self.posts))}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401
        bundle = super()._repr_mimebundle_(**kwargs)
        grid = self.grid._repr_mimebundle_(**kwargs)
        if bundle is not None and grid is not None:
            data = bundle[0] if isinstance(bundle, tuple) else bundle
            data["text/html"] = grid[0]["text/html"]
        return bundle
