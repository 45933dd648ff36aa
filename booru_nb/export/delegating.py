"""The shards of an export, handed to a cluster and waited for."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import dask
from dask.utils import parse_timedelta
from distributed.client import ClosedClientError, FutureCancelledError
from distributed.scheduler import KilledWorker, NoValidWorkerError

from booru_nb.errors import BooruError, ClusterError
from booru_nb.export.crew import Task, shard
from booru_nb.export.together import all_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from booru_nb.export.calls import Calls
    from booru_nb.export.planning import Plan
    from booru_nb.export.slices import Post, Slice
    from booru_nb.export.working import Done, Work

_log = logging.getLogger(__name__)

PATIENCE = 120.0
"""Seconds for which a cluster without workers is waited for."""

PULSE = 1.0
"""Seconds between two looks at a cluster."""

AT_ONCE = 64
"""Shards that are with the cluster at least; their posts are held by its scheduler."""


class Export:
    """The shards that a cluster writes.

    Parameters
    ----------
    call : Calls
        The client.
    name : str
        Of the crew.
    made : Plan
        What is left to do.
    work : Work
        What all shards have in common.
    progress : callable
        Called with how many further posts are done.
    """

    def __init__(
        self,
        call: Calls,
        name: str,
        made: Plan,
        work: Work,
        progress: Callable[[int], object],
    ) -> None:
        self._call = call
        self._client = call.client
        self._name = name
        self._made = made
        self._work = work
        self._progress = progress
        self._ready: Counter[str] = Counter()
        self._done: dict[str, Done] = {}
        self._futures: set[Any] = set()
        self._over = asyncio.Event()

    async def run(self) -> dict[str, Done]:
        """Return what became of each shard, by its name."""
        here = asyncio.get_running_loop()

        def heard(event: tuple[float, tuple[str, int]]) -> None:
            with suppress(RuntimeError):  # that loop may have ended
                here.call_soon_threadsafe(self._report, *event[1])

        self._client.subscribe_topic(self._name, heard)
        try:
            await all_of([self._watch(), self._all()])
        finally:
            with suppress(ClosedClientError, ClusterError):
                self._client.unsubscribe_topic(self._name)
                await self._call(self._client.cancel, list(self._futures))
        return self._done

    async def _all(self) -> None:
        threads = sum((await self._call(self._client.nthreads)).values())
        todo = iter(self._made.missing)

        async def each() -> None:
            for part in todo:
                self._done[part.shard.name] = await self._one(part)
                self._report(part.shard.name, len(part.posts))

        await all_of([each() for _ in range(max(AT_ONCE, 2 * threads))])
        self._over.set()

    async def _one(self, part: Slice) -> Done:
        future = self._client.submit(
            shard, self._task(part), key=f"{part.shard.name}-{self._name}", retries=0
        )
        ended, here = asyncio.Event(), asyncio.get_running_loop()

        def tell(_future: object) -> None:
            with suppress(RuntimeError):  # that loop may have ended
                here.call_soon_threadsafe(ended.set)

        future.add_done_callback(tell)
        self._futures.add(future)
        await ended.wait()
        found = await self._result(future, part)
        self._futures.discard(future)
        if isinstance(found, BooruError):
            raise found
        return found

    def _task(self, part: Slice) -> Task:
        said = replace(self._made.dataset, old=())
        keys = list(_keys(part))
        before = {
            key: self._made.before[key] for key in keys if key in self._made.before
        }
        only = getattr(self._work.originals, "only", None)
        work = replace(self._work, originals=only(keys)) if only else self._work
        return Task(self._name, said, part, work, before)

    async def _result(self, future: Any, part: Slice) -> Done | BooruError:  # noqa: ANN401 - untyped
        """Return what a shard became, once it has ended."""
        if future.status == "error":
            error = await self._call(future.exception)
            raise _meaning(error, part) from error
        if future.status != "cancelled":
            try:
                return cast(
                    "Done | BooruError", await self._call(self._client.gather, future)
                )
            except asyncio.CancelledError as error:
                # Either this export is stopped, or that is what became of the future.
                if not isinstance(error, FutureCancelledError):
                    raise
        raise ClusterError(
            f"Shard {part.shard.name} was cancelled: the cluster is closed or was "
            "restarted, or its scheduler is gone. What is committed stays; run the "
            "export again."
        )

    async def _watch(self) -> None:
        """Look whether there are workers; without any nothing would ever end."""
        said = dask.config.get("distributed.scheduler.no-workers-timeout", None)
        patience = PATIENCE if said is None else float(parse_timedelta(said))
        alone = 0.0
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(PULSE):
                    await self._over.wait()
                return
            self._call.check()
            if await self._call(self._client.nthreads):
                alone = 0.0
                continue
            if not alone:
                _log.warning(
                    "The cluster has no worker. Waiting %g s for one to come.", patience
                )
            alone += PULSE
            if alone >= patience:
                left = len(self._made.missing) - len(self._done)
                raise ClusterError(
                    f"The cluster has had no worker for {patience:g} s; {left} of "
                    f"{len(self._made.missing)} shards are not written. What is "
                    "committed stays: start workers, and run the export again."
                )

    def _report(self, name: str, ready: int) -> None:
        """Tell how many posts are ready; a shard that is begun anew counts once."""
        more = ready - self._ready[name]
        if more > 0:
            self._ready[name] = ready
            self._progress(more)


def _keys(part: Slice) -> Iterator[Post]:
    posts = zip(part.posts["site"].astype(str), part.posts["id"], strict=True)
    return ((site, int(number)) for site, number in posts)


def _meaning(error: BaseException, part: Slice) -> BaseException:
    """Return what the failure of a shard means."""
    name = part.shard.name
    if isinstance(error, KilledWorker):
        return ClusterError(
            f"Shard {name} was given up: {error.allowed_failures + 1} workers died one "
            f"after another while they wrote it, the last at "
            f"{error.last_worker.address}. Their logs say why; too little memory for "
            "their originals is one cause, and a smaller shard_size helps."
        )
    if isinstance(error, NoValidWorkerError):
        return ClusterError(
            f"Shard {name} was given up, since the cluster has no worker for it. Start "
            "workers, and run the export again."
        )
    if isinstance(error, (ImportError, AttributeError)):
        return ClusterError(
            f"A worker cannot write shard {name}: {error}. Install the same booru-nb "
            "where the workers run."
        )
    return error
