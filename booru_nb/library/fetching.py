"""A run of downloads, host by host, under a bar with rate and time left."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from booru_nb.errors import BooruError, DiskFullError, FileError, StoreError
from booru_nb.library.errands import STOPPED
from booru_nb.library.placing import Arrival, Shelving
from booru_nb.library.planning import plan
from booru_nb.library.policies import media_policy
from booru_nb.library.progress import bar
from booru_nb.media import Patience, Wanted
from booru_nb.media.batches import Batches
from booru_nb.media.originals import CONNECTIONS
from booru_nb.media.part import begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.library.errands import Errand, Run
    from booru_nb.library.state import State

_EVERY = 0.5
"""Seconds between two looks at the rate."""

_MEGABYTE = 1e6


class Rate:
    """The bytes that came, shown beside a bar.

    Parameters
    ----------
    shown : tqdm or Silence
        The bar.
    """

    def __init__(self, shown: Any) -> None:  # noqa: ANN401  tqdm has no one type
        self._shown = shown
        self._began = self._last = time.monotonic()
        self._size = 0
        self.failed = 0

    def came(self, size: int) -> None:
        """Note bytes that came."""
        self._size += size
        if time.monotonic() > self._last + _EVERY:
            self.show()

    def show(self) -> None:
        """Show what came so far, and how fast."""
        self._last = time.monotonic()
        size = self._size / _MEGABYTE
        rate = size / max(self._last - self._began, 1e-3)
        failed = f", {self.failed} failed" if self.failed else ""
        self._shown.set_postfix_str(f"{size:,.1f} MB, {rate:,.1f} MB/s{failed}")


class Fetching:
    """A run that is under way.

    Parameters
    ----------
    state : State
        The library.
    run : Run
        What is to be had.
    """

    def __init__(self, state: State, run: Run) -> None:
        self._state = state
        self._run = run
        self._patience = Patience()
        self._begun: set[str] = set()
        self._placing: Batches[Arrival, FileError | None] = Batches(
            Shelving(state.store, run.order).put
        )
        self._policies = {
            site: media_policy(state, site)
            for site in dict.fromkeys(post.site for post in run.posts)
        }

    async def go(self, *, show: bool) -> None:
        """Have everything, or note why not."""
        await asyncio.to_thread(plan, self._state.store, self._run)
        self._begun = await asyncio.to_thread(begun, self._run.order.folder)
        open_ = [errand for errand in self._run.errands if not errand.status]
        with bar(len(open_), doing="files", show=show, unit="files") as shown:
            rate = Rate(shown)
            try:
                await self._all(open_, shown, rate)
            except asyncio.CancelledError:
                done = self._run.count("downloaded", "present")
                shown.write(f"{done} of {len(self._run.errands)} files. {STOPPED}")
                raise

    async def _all(self, errands: list[Errand], shown: Any, rate: Rate) -> None:  # noqa: ANN401
        queues: dict[str, list[Errand]] = {}
        for errand in errands:
            host = Patience.host_of(errand.url or "")
            queues.setdefault(host, []).append(errand)
        works = [
            self._some(queue, shown, rate)
            for queue in map(iter, queues.values())
            for _ in range(CONNECTIONS)
        ]
        tasks = [asyncio.create_task(work) for work in works]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                # A second cancellation would break off what the first has it wind up.
                if not task.cancelling():
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _some(self, queue: Iterator[Errand], shown: Any, rate: Rate) -> None:  # noqa: ANN401
        """Have one file after another, until none is left."""
        for errand in queue:
            try:
                await self._one(errand, rate)
            except (DiskFullError, StoreError):
                raise
            except BooruError as error:
                errand.end("failed", str(error))
                rate.failed += 1
            shown.update(1)

    async def _one(self, errand: Errand, rate: Rate) -> None:
        wanted = self._wanted(errand)
        fetched = self._state.originals.fetched(
            wanted, patience=self._patience, begun=self._begun, came=rate.came
        )
        async with fetched as got:
            placing = self._placing.ask(Arrival(errand, got))
            try:
                failure = await asyncio.shield(placing)
            except asyncio.CancelledError:
                # What came whole is kept, and lies there until it has its name.
                await asyncio.wait([placing])
                raise
        if failure is not None:
            raise failure

    def _wanted(self, errand: Errand) -> Wanted:
        post, order = errand.post, self._run.order
        original = order.kind == "original"
        return Wanted(
            url=errand.url or "",
            policy=self._policies[post.site],
            folder=order.folder,
            limit=order.limit_of(errand.ext),
            md5=post.md5 if original else None,
            size=post.file_size if original else None,
            svg=errand.ext == "svg",
        )
