"""Exports by the workers of a `distributed` cluster; it needs booru-nb[cluster].

The workers run the very function that a local export runs, so a shard that is lost with
its worker is written again by another one, to the same bytes. `originals` travels to
them, so it must be a callable that can be pickled, and it must fetch through
`booru_nb.http`: then the cluster's scheduler keeps one clock of each host for all of
them, on however many machines they are (see `budget`).

What must be so: the same booru-nb is installed where the scheduler and the workers run;
all see the folder under the same path, or it is an address of fsspec. What a worker is
given stands neither in a task's key nor in a log.

When it ends: an error of ours in a shard ends the export. A shard whose workers die
one after another is given up as ``distributed.scheduler.allowed-failures`` says. Where
there is no worker at all, one is waited for, `PATIENCE` or as long as
``distributed.scheduler.no-workers-timeout`` says. The stop button, an error, and the
end of this process stop what the workers have under way. What is committed stays, and
the next run goes on from there.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

import dask
import distributed
from dask.utils import parse_timedelta
from distributed.client import ClosedClientError, FutureCancelledError
from distributed.scheduler import KilledWorker, NoValidWorkerError

from booru_nb.errors import ArgumentError, BooruError, ClusterError
from booru_nb.export.budget import PREFIX, Clocks
from booru_nb.export.crew import Crew, Task, shard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from booru_nb.export.planning import Plan
    from booru_nb.export.slices import Post, Slice
    from booru_nb.export.working import Done, Work

T = TypeVar("T")

_log = logging.getLogger(__name__)

PATIENCE = 120.0
"""Seconds for which a cluster without workers is waited for."""

PULSE = 1.0
"""Seconds between two looks at a cluster."""

AT_ONCE = 64
"""Shards that are with the cluster at least; their posts are held by its scheduler."""

_ENDING = 20.0
"""Seconds that workers may take to stop."""


async def written(
    made: Plan,
    work: Work,
    progress: Callable[[int], object],
    client: Any,  # noqa: ANN401 - of an optional package
) -> dict[str, Done]:
    """Have all shards that are missing written by a cluster.

    Parameters
    ----------
    made : Plan
        What is left to do.
    work : Work
        What all shards have in common.
    progress : callable
        Called with how many further posts are done.
    client : distributed.Client
        The cluster. It may be one of another event loop.

    Raises
    ------
    ArgumentError
        If this is no client.
    ClusterError
        If the cluster cannot run this, has no workers, or loses them again and again.
    BooruError
        Whatever else ends a shard.
    """
    if not isinstance(client, distributed.Client):
        kind = type(client).__name__
        raise ArgumentError(f"client is a distributed.Client, not {kind}.")
    if not made.missing:
        return {}
    call = Calls(client)
    call.check()
    name = f"{PREFIX}{client.id}-{secrets.token_hex(6)}"
    async with _crew(call, name):
        return await Export(call, name, made, work, progress).run()


class Calls:
    """Calls of a client, whichever loop it belongs to.

    Parameters
    ----------
    client : distributed.Client
        The client.
    """

    def __init__(self, client: distributed.Client) -> None:
        self.client: Any = client

    def check(self) -> None:
        """Refuse a client that does not work (any more).

        Raises
        ------
        ClusterError
            If it is closed.
        """
        if self.client.status not in {"running", "connecting"}:
            raise ClusterError(
                f"This client of a cluster is {self.client.status}. What is committed "
                "stays; go on with a new client."
            )

    async def __call__(self, method: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - whatever that returns
        """Return what a method returns, without blocking this loop."""
        if self.client.loop.asyncio_loop is asyncio.get_running_loop():
            return await method(*arguments)
        return await asyncio.to_thread(method, *arguments)


@asynccontextmanager
async def _crew(call: Calls, name: str) -> AsyncIterator[None]:
    """Give the cluster what it needs, while the block runs."""
    try:
        await _equip(call, name)
        yield
    finally:
        # Where the cluster is gone, or never had it, there is nothing to take away.
        with suppress(OSError, ValueError, TimeoutError, ClosedClientError):
            if call.client.status == "running":
                async with asyncio.timeout(_ENDING):
                    await call(call.client.unregister_worker_plugin, name)


async def _equip(call: Calls, name: str) -> None:
    try:
        await call(call.client.register_plugin, Clocks())
        await call(call.client.register_plugin, Crew(name), name)
    except (ImportError, AttributeError) as error:
        raise ClusterError(
            f"This cluster cannot write an export: {error}. Install the same booru-nb "
            "where its scheduler and its workers run."
        ) from error


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

    async def run(self) -> dict[str, Done]:
        """Return what became of each shard, by its name."""
        here = asyncio.get_running_loop()

        def heard(event: tuple[float, tuple[str, int]]) -> None:
            with suppress(RuntimeError):  # that loop may have ended
                here.call_soon_threadsafe(self._report, *event[1])

        self._client.subscribe_topic(self._name, heard)
        try:
            async with asyncio.TaskGroup() as group:
                watching = group.create_task(self._watch())
                await self._all()
                watching.cancel()
        except BaseExceptionGroup as failed:
            error = _first(failed)
            raise error from error.__cause__
        finally:
            with suppress(ClosedClientError):
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

        async with asyncio.TaskGroup() as group:
            for _ in range(max(AT_ONCE, 2 * threads)):
                group.create_task(each())

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
            await asyncio.sleep(PULSE)
            self._call.check()
            try:
                workers = await self._call(self._client.nthreads)
            except OSError:
                continue  # the client tries to connect again, and ends when it cannot
            if workers:
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


def _first(failed: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error in a group, and in the groups inside it."""
    error: BaseException = failed
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
