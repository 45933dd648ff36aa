"""Where a search is typed, started and stopped. Other half: ``static/searchbar.js``.

What crosses the wire, and when:

- to the browser, the traits below, whenever Python changes them, which it does on the
  registered loop only. The browser never writes a trait;
- to the browser, ``{"kind": "suggestions", "view", "number", "items", "problem"}``,
  once for each question that no later one replaced. `items` are ``{"tag", "category",
  "count", "alias"}``; `problem` is a sentence, or null where all went well;
- to Python, ``{"kind": "suggest", "view", "number", "text", "site"}`` when somebody
  pauses in a word. Each view counts its questions, and drops all answers but that to
  its last;
- to Python, ``{"kind": "search", "query", "site", "also", "rating", "filters"}``,
  ``{"kind": "stop"}`` and ``{"kind": "again"}`` (try again, or go on after a stop) at a
  click or a key.

The bar asks no site and keeps no posts: it calls what it was given.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from booru_nb.errors import BooruError, LoopError
from booru_nb.loop import call_on_app_loop, run_on_app_loop
from booru_nb.widgets.asked import MEDIA, ORDERS, RATINGS, Asked
from booru_nb.widgets.modules import joined, styles

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import Awaitable, Callable, Sequence

    from booru_nb.sites import Suggestion

    Suggest = Callable[[str, str], Awaitable[Sequence[Suggestion]]]


class SearchBar(anywidget.AnyWidget):
    """A line to type tags into, with completion, filters, and a word on progress.

    Parameters
    ----------
    sites : sequence of str
        The sites to choose from.
    asked : Asked
        What is chosen at first. A rating that is not among `RATINGS` is offered, too.
    on_search : callable
        Called with what is `Asked` when a search is asked for.
    on_stop, on_again : callable
        Called when the stop button, or the button beside the message, is pressed.
    suggest : callable
        Given the beginning of a tag and a site, it is awaited for suggestions, best
        first. A later question cancels it.

    Notes
    -----
    All of them are called on the registered loop.
    """

    _esm = joined("searchbar.js")
    _css = styles("theme.css", "searchbar.css", "filters.css")

    query = t.Unicode().tag(sync=True)
    """What was last searched for."""

    site = t.Unicode().tag(sync=True)
    """The site that was last searched."""

    also: t.List[str] = t.List(t.Unicode()).tag(sync=True)
    """Further sites that were searched together with it."""

    rating = t.Unicode("general").tag(sync=True)
    """The rating filter of the last search."""

    filters: t.Dict[str, Any] = t.Dict().tag(sync=True)
    """The other filters of the last search, by name; None or empty for none."""

    sites = t.List(t.Unicode()).tag(sync=True)
    """The sites to choose from."""

    ratings: t.List[tuple[str, str]] = t.List().tag(sync=True)
    """The rating filters to choose from: pairs of value and label."""

    choices: t.Dict[str, Any] = t.Dict({"order": ORDERS, "media": MEDIA}).tag(sync=True)
    """What there is to choose from for these filters: pairs of value and label."""

    note = t.Unicode().tag(sync=True)
    """What of the search the site cannot evaluate, in sentences; mostly empty."""

    busy = t.Bool(default_value=False).tag(sync=True)
    """Whether a search is under way, so that there is something to stop."""

    status = t.Unicode().tag(sync=True)
    """One or two sentences on how the search stands."""

    failed = t.Bool(default_value=False).tag(sync=True)
    """Whether `status` tells of an error; it is then announced at once."""

    again = t.Unicode().tag(sync=True)
    """The label of the button beside the status; empty where there is none."""

    def __init__(  # noqa: PLR0913 - a view with this many ways out
        self,
        *,
        sites: Sequence[str],
        asked: Asked,
        on_search: Callable[[Asked], object],
        on_stop: Callable[[], object],
        on_again: Callable[[], object],
        suggest: Suggest,
    ) -> None:
        offered = _offered(asked.rating)
        super().__init__(sites=list(sites), ratings=offered, **_traits(asked))
        self._on_search = on_search
        self._on_stop = on_stop
        self._on_again = on_again
        self._suggest = suggest
        self._suggesting: concurrent.futures.Future[None] | None = None
        self.on_msg(self._receive)

    @property
    def asked(self) -> Asked:
        """What was last searched for, or what is chosen before the first search."""
        return Asked(
            query=self.query,
            site=self.site,
            also=tuple(self.also),
            rating=self.rating,
            **self.filters,
        )

    def ask(self, asked: Asked, *, sites: Sequence[str], note: str = "") -> None:
        """Show what is searched for. Called on the registered loop.

        Parameters
        ----------
        asked : Asked
            What is searched for.
        sites : sequence of str
            The sites to choose from by now.
        note : str, optional
            What of it the site cannot evaluate, in sentences.
        """
        with self.hold_sync():
            self.set_trait("sites", list(sites))
            for name, value in _traits(asked).items():
                self.set_trait(name, value)
            self.note = note
            if asked.rating not in dict(self.ratings):
                self.ratings = _offered(asked.rating)

    def say(
        self, status: str, *, busy: bool = False, failed: bool = False, again: str = ""
    ) -> None:
        """Show how the search stands. Called on the registered loop.

        Parameters
        ----------
        status : str
            One or two sentences.
        busy : bool, default False
            Whether there is something to stop.
        failed : bool, default False
            Whether this tells of an error.
        again : str, optional
            The label of a button that goes on from here (default: no button).
        """
        with self.hold_sync():
            self.status, self.busy = status, busy
            self.failed, self.again = failed, again

    def close(self) -> None:
        """Cancel what is being suggested, and take the bar off the page."""
        if self._suggesting is not None:
            self._suggesting.cancel()
        super().close()

    def _receive(self, _widget: object, content: dict[str, Any], _: object) -> None:
        """Take a message of the browser, on whatever thread it comes."""
        try:
            call_on_app_loop(self._handle, content)
        except LoopError as error:
            # There is no loop on which a trait may be changed; a message may be sent.
            self.send({"kind": "adrift", "problem": str(error)})

    def _handle(self, content: dict[str, Any]) -> None:
        match content:
            case {"kind": "search"}:
                self._on_search(Asked.read(content))
            case {"kind": "stop"}:
                self._on_stop()
            case {"kind": "again"}:
                self._on_again()
            case {"kind": "suggest"}:
                if self._suggesting is not None:
                    self._suggesting.cancel()
                self._suggesting = run_on_app_loop(self._answer(content))

    async def _answer(self, question: dict[str, Any]) -> None:
        """Send the suggestions for a beginning of a tag."""
        answer = {key: question[key] for key in ("view", "number")}
        found: Sequence[Suggestion] = ()
        problem = None
        try:
            found = await self._suggest(question["text"], question["site"])
        except BooruError as error:
            problem = str(error)
        items = [asdict(suggestion) for suggestion in found]
        self.send({"kind": "suggestions", **answer, "items": items, "problem": problem})


def _offered(rating: str) -> list[tuple[str, str]]:
    """Return the rating filters to choose from, with this one among them."""
    known = dict(RATINGS)
    if rating in known:
        return list(RATINGS)
    return [(rating, rating.replace(",", " + ").capitalize()), *RATINGS]


def _traits(asked: Asked) -> dict[str, Any]:
    """Return what is asked for as values of the traits."""
    return {
        "query": asked.query,
        "site": asked.site,
        "also": list(asked.also),
        "rating": asked.rating,
        "filters": asked.filters,
    }
