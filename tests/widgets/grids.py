"""Grids whose wire ends in a test, and thumbnails that come when the test says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from booru_nb.widgets.grid import Grid
from tests.support.drawn import draw, frame, thumbnails
from tests.support.wire import Pulse, Wire

if TYPE_CHECKING:
    from booru_nb.widgets.item import Item
    from tests.support.pictures import Drawn


class Browser:
    """A grid with its wire, and what one view of it in a browser would say."""

    def __init__(self, posts: Any = 100, **options: Any) -> None:
        self.pulse = Pulse()
        self.seen: list[Any] = []
        options.setdefault("thumbnails", thumbnails)
        shown = frame(posts) if isinstance(posts, int) else posts
        self.grid = Grid(shown, **options)
        self.wire = Wire(self.grid, self.pulse)

    def note(self, value: Any) -> None:
        """Remember what an observer has seen, and have who waits for it look."""
        self.seen.append(value)
        self.pulse.beat()

    def until_seen(self, *values: Any) -> None:
        """Return when observers have seen just these."""
        self.pulse.until(lambda: len(self.seen) >= len(values))
        assert self.seen == list(values)

    def say(self, kind: str, **content: Any) -> None:
        """Say something, and wait until Python has heard it."""
        known = {"view": "one", "epoch": self.grid.epoch}
        self.wire.say(kind=kind, **{**known, **content})
        self.pulse.settle()

    def need(self, *ids: int, view: str = "one", got: int | None = None) -> None:
        """Say what a view wants."""
        self.say("need", ids=list(ids), view=view, got=got)

    def select(self, how: str, *ranges: tuple[int, int]) -> None:
        """Select as a view does."""
        self.say("select", how=how, ranges=[list(r) for r in ranges])

    def arrived(self) -> list[int]:
        """Return the ordinals of what has come, in the order of arrival."""
        batches = self.wire.heard("thumbs")
        return [item["id"] for batch in batches for item in batch["items"]]

    def until_arrived(self, *ids: int) -> None:
        """Return when just these have come, in whichever order."""
        self.pulse.until(lambda: len(self.arrived()) >= len(ids))
        assert sorted(self.arrived()) == sorted(ids)


class Held:
    """Thumbnails that come when they are let go."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.cancelled: list[int] = []
        self._free: asyncio.Event | None = None

    async def __call__(self, item: Item) -> Drawn:
        """Return a thumbnail, once it is let go."""
        self.asked.append(item.id)
        self._free = self._free or asyncio.Event()
        try:
            await self._free.wait()
        except asyncio.CancelledError:
            self.cancelled.append(item.id)
            raise
        return draw(item.id)

    def let_go(self) -> None:
        """Let all come, now and later. Called on the loop."""
        self._free = self._free or asyncio.Event()
        self._free.set()
