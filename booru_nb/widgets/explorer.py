"""The explorer: a search bar, the grid of what it finds, and the details of one post.

It is put together of three widgets, each of which states its own wire; the explorer
itself has none. All that happens here happens on the registered loop.

New work replaces old work: a search cancels the one before, whose results never appear.
A page that fails, and a search that is stopped, keep their place and can be gone on
with.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets as t

from booru_nb import frames
from booru_nb.errors import BooruError, LoopError
from booru_nb.guard import MILD
from booru_nb.loop import choose_app_loop, get_app_loop, run_on_app_loop
from booru_nb.widgets import words
from booru_nb.widgets.bookmarking import Bookmarking
from booru_nb.widgets.details import Details
from booru_nb.widgets.feed import Feed
from booru_nb.widgets.grid import Grid
from booru_nb.widgets.searchbar import SearchBar
from booru_nb.widgets.threads import at_once

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence
    from concurrent.futures import Future

    import pandas as pd

    from booru_nb.appfuture import AppFuture
    from booru_nb.post import Post
    from booru_nb.widgets.backend import Backend

HINT = "Type tags and press Enter. An empty search shows the newest posts."

GLANCE = 0.15
"""Seconds that the cursor rests on a post before open details follow it there."""

_log = logging.getLogger(__name__)


class _Selected(t.TraitType["pd.DataFrame", "pd.DataFrame"]):
    """The rows selected in the explorer's grid; not to be assigned."""

    def get(self, obj: Any, cls: Any = None) -> pd.DataFrame:  # noqa: ANN401, ARG002
        """Return the rows, in the order of selection."""
        return obj.grid.selected  # type: ignore[no-any-return]

    def set(self, obj: Any, value: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse."""
        raise t.TraitError("Use `explorer.grid.select(…)` to select posts.")


class Explorer(ipywidgets.VBox):
    """Search a booru, look through what it finds, and keep what is worth keeping.

    Parameters
    ----------
    backend : Backend
        Where posts, pictures and bookmarks come from.
    query : str, optional
        What to search for at once, in the site's own words (default: nothing, until
        somebody types).
    site : str, optional
        Where to search (default: the backend's default).
    rating : str, optional
        A rating, several joined by commas, or ``"any"`` (default: the backend's).
    height : int, default 600
        Pixels of the grid's height.
    size : int, default 190
        About how many pixels a thumbnail takes.

    Attributes
    ----------
    bar, grid, details : SearchBar, Grid, Details
        What it is put together of.
    """

    selected = _Selected()
    """The rows selected, in the order of selection; it can be observed."""

    def __init__(
        self,
        backend: Backend,
        query: str | None = None,
        *,
        site: str | None = None,
        rating: str | None = None,
        height: int = 600,
        size: int = 190,
    ) -> None:
        choose_app_loop()
        self._backend = backend
        self._feed: Feed | None = None
        self._work: AppFuture[pd.DataFrame | None] | None = None
        self._place = -1
        self._later: asyncio.TimerHandle | None = None
        self.bar = SearchBar(
            sites=backend.sites(),
            site=site or backend.default_site,
            rating=rating or backend.rating,
            on_search=self._search,
            on_stop=self._stop,
            on_again=self._load,
            suggest=lambda text, site: backend.suggest(text, site=site),
        )
        self.grid = Grid(
            frames.from_posts([]),
            thumbnails=backend.thumbnail,
            height=height,
            size=size,
            bookmarked=backend.bookmarked(),
            on_bookmark=self._toggle,
            on_open=self._open,
            on_more=self._more,
        )
        self.details = Details(
            preview=backend.preview,
            on_tag=self._press,
            on_bookmark=self._keep,
            on_step=self._step,
            on_close=self._shut,
            height=height,
        )
        self._bookmarking = Bookmarking(backend, on_error=self._warn)
        self._unsubscribe = backend.on_bookmarks_changed(self._sync)
        self.grid.observe(self._follow, "active")
        self.grid.observe(self._tell_selected, "selected")
        super().__init__(children=(self.bar, self._lay_out()))
        self.bar.status = HINT
        if query is not None:
            self.search(query)

    @property
    def posts(self) -> pd.DataFrame:
        """All posts loaded so far, in the order of arrival; no rows before a search."""
        return self.grid.posts

    def search(
        self,
        query: str,
        site: str | None = None,
        rating: str | Sequence[str] | None = None,
    ) -> None:
        """Search, in place of what is shown. The posts come while the loop is free.

        Parameters
        ----------
        query : str
            In the site's own words; empty for the newest posts.
        site : str, optional
            Where (default: where the last search was).
        rating : str or sequence of str, optional
            A rating, several of them, or ``"any"`` (default: as before).
        """
        if rating is not None and not isinstance(rating, str):
            rating = ",".join(rating)
        at_once(self._search, query, site or self.bar.site, rating or self.bar.rating)

    def close(self) -> None:
        """Cancel what is under way, and take the explorer off the page."""
        if self.comm is None:
            return
        self._unsubscribe()
        # On a loop that has ended nothing is under way any more.
        with suppress(LoopError):
            at_once(self._drop)
            at_once(self._shut)
        self._bookmarking.close()
        for part in (self.bar, self.grid, self.details):
            part.close()
        super().close()

    # Searching

    def _search(self, query: str, site: str, rating: str) -> None:
        self._drop()
        self._shut()
        self.bar.ask(query, site=site, rating=rating)
        self.grid.show(frames.from_posts([]))
        wanted = rating.split(",") if "," in rating else rating
        self._feed = Feed(lambda: self._backend.pages(query, site=site, rating=wanted))
        self._load()

    def _drop(self) -> None:
        """Cancel the search that is under way, so that nothing of it appears."""
        feed, work = self._feed, self._work
        self._feed = self._work = None
        if work is not None:
            work.cancel()
        if feed is not None:
            run_on_app_loop(feed.aclose())

    def _more(self) -> None:
        if self._work is None and self.grid.can_more:
            self._load()

    def _load(self) -> None:
        """Ask for the next page, unless one is on its way."""
        if self._feed is None or self._work is not None:
            return
        more = "more posts" if len(self.posts) else "posts"
        self.bar.say(f"Asking {self.bar.site} for {more} …", busy=True)
        self._work = run_on_app_loop(self._feed.next(), self._ended)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _ended(self, work: Future[pd.DataFrame | None]) -> None:
        """Show what became of a page. A plain callback, so observers may block."""
        if work is not self._work:
            return
        self._work = None
        if work.cancelled():
            self.grid.can_more = False
            came = words.posts(len(self.posts))
            self.bar.say(f"Stopped; {came} came so far.", again="Go on")
        elif (error := work.exception()) is not None:
            self._failed(error)
        else:
            self._arrived(work.result())

    def _failed(self, error: BaseException) -> None:
        self.grid.can_more = False
        text = words.failure(_sentence(error), arrived=len(self.posts))
        self.bar.say(text, failed=True, again="Try again")

    def _arrived(self, page: pd.DataFrame | None) -> None:
        if page is not None:
            self.grid.extend(page, can_more=True)
            self.bar.say("More come as you scroll down.")
            return
        self.grid.can_more = False
        bar = self.bar
        if len(self.posts):
            bar.say("That is all there is.")
        else:
            bar.say(words.found_nothing(bar.query, site=bar.site, rating=bar.rating))

    # The post that is looked at

    def _open(self, _rows: pd.DataFrame) -> None:
        self._show(self.grid.active)

    def _follow(self, change: dict[str, Any]) -> None:
        """Let open details follow the cursor."""
        if self._place < 0 or change["new"] < 0:
            return
        if self._later is not None:
            self._later.cancel()
        self._later = get_app_loop().call_later(GLANCE, self._show, change["new"])

    def _show(self, place: int) -> None:
        if place == self._place or not 0 <= place < len(self.posts):
            return
        self._place = place
        [post] = frames.to_posts(self.posts.iloc[[place]])
        self.details.layout.display = None
        self.details.show(
            post,
            bookmarked=post.key in self._backend.bookmarked(),
            blurred=post.rating not in MILD,
            place=f"{place + 1:,}",
        )

    def _step(self, by: int) -> None:
        self._show(self._place + by)
        if self._place + 1 >= len(self.posts):
            self._more()

    def _shut(self) -> None:
        self._place = -1
        if self._later is not None:
            self._later.cancel()
        self.details.layout.display = "none"
        self.details.show(None)

    def _press(self, tag: str, how: str) -> None:
        query = words.with_tag(self.bar.query, tag, how)
        self._search(query, self.bar.site, self.bar.rating)

    # Bookmarks

    def _toggle(self, rows: pd.DataFrame) -> None:
        self._bookmarking.toggle(rows)

    def _keep(self, post: Post, keep: bool, folder: str | None) -> None:  # noqa: FBT001 - as the details say it
        del post
        rows = self.posts.iloc[[self._place]]
        self._bookmarking.put(rows, keep=keep, folder=folder)

    def _sync(self) -> None:
        kept = self._backend.bookmarked()
        self.grid.set_bookmarked(kept)
        if self.details.post is not None:
            self.details.mark(bookmarked=self.details.post.key in kept)

    def _warn(self, error: BaseException) -> None:
        """Show an error that has nothing to do with the search, which goes on."""
        self.bar.say(
            _sentence(error), busy=self.bar.busy, failed=True, again=self.bar.again
        )

    # What is seen

    def _lay_out(self) -> ipywidgets.Box:
        """Put the details beside the grid where there is room, else below it."""
        # Both may shrink to nothing; the grid takes nearly all the room that is left.
        self.grid.layout = {"flex": "999 1 440px", "min_width": "0"}
        self.details.layout = {"flex": "1 1 330px", "min_width": "0", "display": "none"}
        layout = {"flex_flow": "row wrap", "width": "100%", "grid_gap": "10px"}
        return ipywidgets.Box((self.grid, self.details), layout=layout)

    def _tell_selected(self, change: t.Bunch) -> None:
        self.notify_change(t.Bunch(change, owner=self))

    def __repr__(self) -> str:
        return f"Explorer of {self.bar.site}: {words.posts(len(self.posts))}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401
        bundle = super()._repr_mimebundle_(**kwargs)
        grid = self.grid._repr_mimebundle_(**kwargs)
        if bundle is not None and grid is not None:
            data = bundle[0] if isinstance(bundle, tuple) else bundle
            data["text/html"] = grid[0]["text/html"]
        return bundle


def _sentence(error: BaseException) -> str:
    """Say what went wrong; what is not an error of ours is a defect, and is logged."""
    if isinstance(error, BooruError):
        return str(error)
    _log.error("The explorer met a defect: %s", error, exc_info=error)
    return f"Something in booru_nb is broken. {type(error).__name__}: {error}"
