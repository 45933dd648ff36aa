"""Thumbnails, from who fetches them to the browser: what is wanted now, and no other.

Each view of a grid says the whole list of ordinals that it wants, which replaces its
last one. What no view wants any more is cancelled, or dropped before it is sent. All
of this happens on the app loop only.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Coroutine
from itertools import chain
from typing import TYPE_CHECKING, Any

from booru_nb import loop
from booru_nb.errors import BooruError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from booru_nb.widgets.item import Picture

    Outcome = Picture | str
    Fetch = Callable[[int], "Outcome | Coroutine[Any, Any, Picture]"]
    Send = Callable[[int, list[tuple[int, Outcome]]], None]

CONCURRENCY = 12
MOST_PICTURES = 16
MOST_BYTES = 512_000
PATIENCE = 0.03  # seconds that a thumbnail waits for others to go with it
REMEMBERED = 64  # messages that may still be on their way to a browser

_log = logging.getLogger(__name__)


class Delivery:
    """The thumbnails on their way to the views of one grid.

    Parameters
    ----------
    fetch : callable
        Given an ordinal, returns its thumbnail, or why there is none, or a coroutine
        that fetches it.
    send : callable
        Given the number of a batch and its pairs of ordinal and outcome, sends them.
    """

    def __init__(self, fetch: Fetch, send: Send) -> None:
        self._fetch = fetch
        self._send = send
        self._wanted: dict[str, dict[int, None]] = {}
        self._jobs: dict[int, Future[Picture]] = {}
        self._ready: dict[int, Outcome] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._sent: deque[tuple[int, frozenset[int]]] = deque(maxlen=REMEMBERED)
        self._number = 0

    def want(self, view: str, ordinals: Sequence[int], *, got: int | None) -> None:
        """Take the whole list of what a view wants, most urgent first.

        Parameters
        ----------
        view : str
            Which view.
        ordinals : sequence of int
            What it wants now.
        got : int or None
            The number of the last batch that it has received; None before the first.
        """
        coming: set[int] = set()
        if got is not None:
            coming.update(*(sent for number, sent in self._sent if number > got))
        self._wanted[view] = dict.fromkeys(i for i in ordinals if i not in coming)
        if not ordinals:
            del self._wanted[view]
        union = self._union()
        for ordinal in [i for i in self._jobs if i not in union]:
            self._jobs.pop(ordinal).cancel()
        self._fill()

    def restart(self) -> None:
        """Drop everything: what was wanted, what runs, and what waits to be sent."""
        jobs, self._jobs = self._jobs, {}
        for job in jobs.values():
            job.cancel()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        self._wanted.clear()
        self._ready.clear()
        self._sent.clear()

    def _union(self) -> dict[int, None]:
        return dict.fromkeys(chain.from_iterable(self._wanted.values()))

    def _fill(self) -> None:
        """Start what is wanted most, as far as there is room."""
        for ordinal in self._union():
            if len(self._jobs) >= CONCURRENCY:
                return
            if ordinal in self._jobs or ordinal in self._ready:
                continue
            found = self._fetch(ordinal)
            if isinstance(found, Coroutine):
                self._start(ordinal, found)
            else:
                self._arrived(ordinal, found)

    def _start(self, ordinal: int, coro: Coroutine[Any, Any, Picture]) -> None:
        def ended(job: Future[Picture]) -> None:
            # After a cancellation there may be a newer job for the same post.
            if self._jobs.get(ordinal) is not job:
                return
            del self._jobs[ordinal]
            self._arrived(ordinal, _outcome(job))
            self._fill()

        self._jobs[ordinal] = loop.run_on_app_loop(coro, ended)

    def _arrived(self, ordinal: int, outcome: Outcome) -> None:
        self._ready[ordinal] = outcome
        weight = sum(map(_weight, self._ready.values()))
        if len(self._ready) >= MOST_PICTURES or weight >= MOST_BYTES:
            self._ship()
        elif self._timer is None:
            self._timer = loop.get_app_loop().call_later(PATIENCE, self._ship)

    def _ship(self) -> None:
        """Send what is ready and still wanted."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        union = self._union()
        batch = [(i, outcome) for i, outcome in self._ready.items() if i in union]
        self._ready.clear()
        for wanted in self._wanted.values():
            for ordinal, _ in batch:
                wanted.pop(ordinal, None)
        for part in _parts(batch):
            self._number += 1
            self._sent.append((self._number, frozenset(i for i, _ in part)))
            self._send(self._number, part)


def _outcome(job: Future[Picture]) -> Outcome:
    """Return the thumbnail, or why there is none."""
    if job.cancelled():
        return "Cancelled."
    error = job.exception()
    if error is None:
        return job.result()
    if not isinstance(error, BooruError):
        _log.error("A thumbnail could not be fetched: %s", error, exc_info=error)
    return str(error) or type(error).__name__


def _weight(outcome: Outcome) -> int:
    return 0 if isinstance(outcome, str) else len(outcome.data)


def _parts(batch: list[tuple[int, Outcome]]) -> list[list[tuple[int, Outcome]]]:
    """Split a batch so that the last picture makes no message too heavy."""
    if len(batch) > 1 and sum(_weight(outcome) for _, outcome in batch) > MOST_BYTES:
        return [batch[:-1], batch[-1:]]
    return [batch] if batch else []
