"""Originals on a real server, which counts who asks, and may kill or hold them."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb import http
from booru_nb.drawn.serving import serve
from tests.export.formats.exports import picture
from tests.support.web import LOCAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from starlette.types import Receive, Scope, Send

HANG = 30.0
"""Seconds after which a wait is a failure."""


@dataclass(frozen=True)
class Fetching:
    """Originals that are fetched, each by an address that says which process asks.

    `apart` is a folder in which each process has a cache of its own, as it would on a
    machine of its own.
    """

    base: str
    policy: http.Policy = LOCAL
    apart: str | None = None

    async def __call__(self, post: Mapping[str, Any]) -> bytes:
        if self.apart:
            os.environ["BOORU_NB_CACHE"] = f"{self.apart}/{os.getpid()}"
        url = f"{self.base}/{post['id']}/{os.getpid()}"
        return (await http.fetch(url, self.policy, max_bytes=2**20)).data


class Shelf:
    """An ASGI app that answers with drawn pictures.

    Attributes
    ----------
    asked : Counter
        How often each post was asked for.
    refused : int
        How many requests were answered with 429.
    reached, left : threading.Event
        Set when a held post is asked for, and when whoever asked has hung up.
    """

    def __init__(
        self,
        *,
        kill: Collection[int] = (),
        hold: Collection[int] = (),
        rate: float | None = None,
        burst: int = 0,
    ) -> None:
        self.asked: Counter[int] = Counter()
        self.refused = 0
        self.reached = threading.Event()
        self.left = threading.Event()
        self.free = threading.Event()
        self._kill = set(kill)
        self._hold = set(hold)
        self._rate, self._burst = rate, burst
        self._first = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _, post, process = scope["path"].split("/")
        number = int(post)
        self.asked[number] += 1
        if number in self._kill:
            self._kill.discard(number)
            os.kill(int(process), signal.SIGKILL)
        if number in self._hold and not self.free.is_set():
            await self._held(receive)
        status = 429 if self._too_many() else 200
        self.refused += status == 429
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": picture(number)[1]})

    async def _held(self, receive: Receive) -> None:
        self.reached.set()
        gone = asyncio.ensure_future(self._gone(receive))
        while not self.free.is_set() and not gone.done():
            await asyncio.wait([gone], timeout=0.02)
        gone.cancel()

    async def _gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.set()

    def _too_many(self) -> bool:
        """Tell whether more have come since the first than the rate allows."""
        if self._rate is None:
            return False
        now = time.monotonic()
        self._first = self._first or now
        allowed = self._burst + (now - self._first) * self._rate
        return self.asked.total() > allowed


@contextmanager
def shelf(**options: Any) -> Iterator[tuple[Shelf, Fetching]]:
    """Serve originals while the block runs."""
    app = Shelf(**options)
    with serve(app) as base:
        try:
            yield app, Fetching(base)
        finally:
            app.free.set()
