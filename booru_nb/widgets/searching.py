"""One search at a time: its pages on their way into the grid, and what is said of it.

New work replaces old work: a search cancels the one before, whose results never appear.
A page that fails, and a search that is stopped, keep their place and can be gone on
with. All of this happens on the registered loop.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from booru_nb import frames
from booru_nb.errors import ArgumentError, BooruError, SparseError
from booru_nb.loop import run_on_app_loop
from booru_nb.widgets import words
from booru_nb.widgets.feed import Feed

if TYPE_CHECKING:
    from concurrent.futures import Future

    import pandas as pd

    from booru_nb.appfuture import AppFuture
    from booru_nb.widgets.asked import Asked
    from booru_nb.widgets.backend import Backend
    from booru_nb.widgets.grid import Grid
    from booru_nb.widgets.searchbar import SearchBar

_log = logging.getLogger(__name__)


class Searching:
    """The search of an explorer.

    Parameters
    ----------
    backend : Backend
        Who is asked for the pages.
    bar : SearchBar
        What shows the question, and what went wrong.
    grid : Grid
        What shows the posts, and how it goes.
    """

    def __init__(self, backend: Backend, *, bar: SearchBar, grid: Grid) -> None:
        self._backend = backend
        self._bar = bar
        self._grid = grid
        self._asked: Asked | None = None
        self._told: list[str] = []
        self._feed: Feed | None = None
        self._work: AppFuture[pd.DataFrame | None] | None = None
        self._warning = ""

    def begin(self, asked: Asked) -> None:
        """Search, in place of what is shown."""
        self.drop()
        self._warning = ""
        self._asked, self._told = asked, []
        self._bar.ask(asked, sites=self._backend.sites(), note=self._note())
        self._grid.show(frames.from_posts([]))
        self._feed = Feed(lambda: self._backend.pages(asked, on_failure=self._left_out))
        self.go_on()

    def _left_out(self, problem: str) -> None:
        """Take that one of several sites failed, and the others go on."""
        self._told.append(problem)

    def _note(self) -> str:
        """Return what cannot be evaluated where it is asked, and who is left out."""
        asked = self._asked
        said = [] if asked is None else self._backend.notes(asked)
        return " ".join([*said, *self._told])

    def drop(self) -> None:
        """Cancel the search, so that nothing of it appears any more."""
        feed, work = self._feed, self._work
        self._feed = self._work = None
        if work is not None:
            work.cancel()
        if feed is not None:
            run_on_app_loop(feed.aclose())

    def more(self) -> None:
        """Ask for the next page, unless the search has ended or was halted."""
        if self._grid.can_more:
            self.go_on()

    def go_on(self) -> None:
        """Ask for the next page, unless one is on its way."""
        if self._feed is None or self._work is not None:
            return
        more = "more posts" if len(self._grid.posts) else "posts"
        whom = " and ".join(self._bar.asked.sites)
        self._tell(f"Asking {whom} for {more} …", busy=True)
        self._work = run_on_app_loop(self._feed.next(), self._ended)

    def stop(self) -> None:
        """Stop waiting for the page that is on its way; what came stays."""
        if self._work is not None:
            self._work.stop()

    def warn(self, error: BaseException) -> None:
        """Show an error that has nothing to do with the search, which goes on."""
        bar = self._bar
        self._warning = sentence(error)
        bar.say(self._warning, busy=bar.busy, failed=True, again=bar.again)

    def _ended(self, work: Future[pd.DataFrame | None]) -> None:
        """Show what became of a page."""
        if work is not self._work:
            return
        self._work = None
        if work.cancelled():
            self._halt("Stopped.", again="Go on")
        elif (error := work.exception()) is not None:
            self._halt(sentence(error), failed=True, again=_way_on(error))
        else:
            self._arrived(work.result())

    def _arrived(self, page: pd.DataFrame | None) -> None:
        # What a site takes is learnt from its answers.
        self._bar.note = self._note()
        if page is not None:
            self._grid.extend(page, can_more=True)
            self._tell(f"More come as you scroll down.{self._hidden()}")
            return
        self._grid.can_more = False
        if len(self._grid.posts):
            self._tell(f"That is all there is.{self._hidden()}")
        else:
            self._tell(f"{words.found_nothing(self._bar.asked)}{self._hidden()}")

    def _hidden(self) -> str:
        """Say how many posts are not shown, where there are any."""
        hidden = 0 if self._feed is None else self._feed.hidden
        return f" {words.posts(hidden)} hidden by the blacklist." if hidden else ""

    def _halt(self, text: str, *, again: str, failed: bool = False) -> None:
        """Say that the search goes on only when somebody wants it to."""
        self._grid.can_more = False
        arrived = len(self._grid.posts)
        self._grid.say("" if arrived else "Nothing has arrived.")
        said = words.halted(text, arrived=arrived)
        self._bar.say(said, failed=failed, again=again)

    def _tell(self, text: str, *, busy: bool = False) -> None:
        """Say how the search stands, beside the number of posts."""
        # A page that arrives must not wipe away a warning before it is read.
        self._bar.say(self._warning, busy=busy, failed=bool(self._warning))
        self._grid.say(text, tone="busy" if busy else "")


def _way_on(error: BaseException) -> str:
    """Return what a button offers after an error; empty where it would be the same."""
    if isinstance(error, SparseError):
        return "Go on"
    return "" if isinstance(error, ArgumentError) else "Try again"


def sentence(error: BaseException) -> str:
    """Say what went wrong; what is not an error of ours is a defect, and is logged."""
    if isinstance(error, BooruError):
        return str(error)
    _log.error("The explorer met a defect: %s", error, exc_info=error)
    return f"Something in booru_nb is broken. {type(error).__name__}: {error}"
