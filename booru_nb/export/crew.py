"""What a worker of a cluster does in an export, and what it has for it."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from distributed import Reschedule, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from booru_nb import loop
from booru_nb.errors import BooruError, ClusterError
from booru_nb.export import markers, workplace
from booru_nb.export.budget import SchedulersClocks
from booru_nb.export.working import Done, Work, begun, known_before, write_shard
from booru_nb.http.keeping import kept_by

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from distributed import Worker

    from booru_nb.appfuture import AppFuture
    from booru_nb.export.markers import Dataset, Row
    from booru_nb.export.slices import Post, Slice

PATIENCE = 5.0
"""Seconds for which shards that were stopped, and clients, may take to end."""

LOOKS = 60
"""How often a folder is looked at, each second, that may be an outdated view of it."""

CONNECTIONS = 8
"""Originals that a worker fetches at once, for each of its threads."""

REPORTS = 20
"""How many times a shard says how far it is."""


def versions() -> dict[str, str]:
    """Return the versions of what decides on the bytes that are written."""
    return {name: version(name) for name in ("booru-nb", "pyarrow")}


@dataclass(frozen=True)
class Task:
    """A shard that a worker is to write.

    Attributes
    ----------
    crew : str
        The name of the `Crew` that it belongs to, and of the topic of its reports.
    dataset : Dataset
        What the export's folder says of itself.
    part : Slice
        The posts.
    work : Work
        What they are to become.
    before : Mapping of (str, int) to Row
        What an earlier run has written of them.
    """

    crew: str
    dataset: Dataset
    part: Slice
    work: Work = field(repr=False)
    before: Mapping[Post, Row] = field(repr=False)


def shard(task: Task) -> Done | BooruError:
    """Write a shard, and return what it became, or the error that ended it."""
    worker = get_worker()
    crew = worker.plugins.get(task.crew)
    if not isinstance(crew, Crew):
        return ClusterError("The export that this shard belongs to has ended.")
    return crew.run(task, worker)


class Crew(WorkerPlugin):
    """What each worker has for one export, as long as the export lasts.

    When it is taken away, or the worker ends, the shards that are under way are
    stopped, and the HTTP clients of the process closed.

    Parameters
    ----------
    name : str
        Of the export.
    wanted : Mapping of str to str
        The versions that a worker must have, as `versions` gives them.
    """

    def __init__(self, name: str, wanted: Mapping[str, str]) -> None:
        self.name = name
        self._wanted = wanted

    def setup(self, worker: Worker) -> None:
        """Get ready. This is called on the worker's loop."""
        self._lock = threading.Lock()
        self._running: set[AppFuture[Done]] = set()
        self._ended = False
        workplace.enter(has_nanny=worker.nanny is not None)

    async def teardown(self, worker: Worker) -> None:
        """Stop what is under way. This is called on the worker's loop."""
        del worker
        await asyncio.to_thread(self._end)
        workplace.heed_signals()

    def _end(self) -> None:
        with self._lock:
            self._ended = True
            running = list(self._running)
        for future in running:
            future.stop()
        for future in running:
            with suppress(TimeoutError):
                future.wait(PATIENCE)
        workplace.leave(patience=PATIENCE)

    def run(self, task: Task, worker: Worker) -> Done | BooruError:
        """Write a shard. This is called on a thread of the worker."""
        have = versions()
        if have != self._wanted:
            return ClusterError(
                f"The worker {worker.address} has {_listed(have)}, and here it is "
                f"{_listed(self._wanted)}, so that it might write other bytes. Install "
                "the same versions."
            )
        try:
            return self._result(_write(task, worker))
        except CancelledError:
            # Its worker is about to end, or the export has: then nobody asks for it.
            raise Reschedule from None
        except BooruError as error:
            return error

    def _result(self, work: Coroutine[None, None, Done]) -> Done:
        with self._lock:
            if self._ended:
                work.close()
                raise CancelledError
            future = loop.run_on_app_loop(work)
            self._running.add(future)
        try:
            return future.result()
        finally:
            with self._lock:
                self._running.discard(future)


async def _write(task: Task, worker: Worker) -> Done:
    """Write a shard, unless a worker that is gone has committed it before."""
    await _look(task, worker)
    name = task.part.shard.name
    there = await asyncio.to_thread(markers.named, task.work.folder, name)
    if there is not None and there.hash == task.part.hash:
        rows = [begun(post, task.work) for post in task.part.rows()]
        known = known_before(rows, task.before) if task.work.images else []
        return Done(there, frozenset((row.site, row.id) for row in known))
    with kept_by(SchedulersClocks(worker)):
        return await write_shard(
            task.part,
            task.work,
            task.before,
            limit=asyncio.Semaphore(CONNECTIONS),
            came=_reporting(task, worker),
        )


async def _look(task: Task, worker: Worker) -> None:
    """Look whether the export's folder is the same here.

    Raises
    ------
    ClusterError
        If it is not.
    """
    folder, said = task.work.folder, task.dataset
    for _ in range(LOOKS):
        there = await asyncio.to_thread(markers.dataset, folder)
        if there is None or (there.name, there.format) != (said.name, said.format):
            break
        if replace(there, old=()) == said:
            return
        # A file system of a network may show for a while what was there before.
        await asyncio.sleep(1)
    raise ClusterError(
        f"The worker {worker.address} does not find the export in {folder}: that is "
        "another folder there. Export to a folder that all machines share, or to an "
        "address such as s3://bucket/name."
    )


def _reporting(task: Task, worker: Worker) -> Callable[[int], None]:
    """Return what tells the client how many posts of a shard are ready, at times."""
    name, count = task.part.shard.name, len(task.part.posts)
    every, ready = max(1, count // REPORTS), 0

    def came(more: int) -> None:
        nonlocal ready
        ready += more
        if ready % every == 0:
            worker.log_event(task.crew, [name, ready])

    return came


def _listed(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in found.items())
