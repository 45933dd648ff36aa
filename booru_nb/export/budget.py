"""One clock of each host for all workers of a cluster: its scheduler keeps it.

A worker asks the scheduler before each request to a host that has a rate. The scheduler
uses the clock that its own machine has, a file, so whatever else runs there (a kernel,
workers, a second export) has the same budget. Where the workers run, how many come or
go, and whether they share a file does not matter.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import time
from typing import TYPE_CHECKING, Any

from distributed.diagnostics.plugin import SchedulerPlugin

from booru_nb.errors import ClusterError
from booru_nb.http.pacing import clock_of

if TYPE_CHECKING:
    from distributed import Scheduler, Worker

PREFIX = "booru_nb-"
"""How the names of all that is given to a cluster begin."""


class Clocks(SchedulerPlugin):
    """What a scheduler has for exports: the clocks of hosts.

    It stays after the export, and does nothing then.
    """

    name = f"{PREFIX}clocks"
    idempotent = True

    async def start(self, scheduler: Scheduler) -> None:
        """Let workers ask."""
        scheduler.handlers.update(
            booru_nb_claim=self.claim, booru_nb_slow_down=self.slow_down
        )

    async def claim(self, host: str, rate: float, share: bool) -> float | None:  # noqa: FBT001 - it comes by name
        """Start a request now, if one may; None where another process has the clock."""
        try:
            return clock_of(host).claim(rate, share=share)
        except BlockingIOError:
            return None

    async def slow_down(
        self,
        host: str,
        pause: float | None,
        age: float,
        halve: bool,  # noqa: FBT001 - it comes by name
    ) -> bool:
        """Leave a host alone; False where another process has the clock."""
        try:
            clock_of(host).slow_down(pause, time.time() - age, halve=halve)
        except BlockingIOError:
            return False
        return True

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """Stop what a client that is gone, such as by a kill, has under way."""
        for name in scheduler.worker_plugins:
            if name.startswith(f"{PREFIX}{client}-"):
                scheduler.loop.add_callback(
                    scheduler.unregister_worker_plugin, None, name
                )


class SchedulersClocks:
    """The clocks that a worker's scheduler keeps; a `booru_nb.http.keeping.Keeper`.

    Parameters
    ----------
    worker : distributed.Worker
        Whose scheduler.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def claim(self, host: str, rate: float, *, share: bool) -> float:
        """Start a request now, if one may start.

        Raises
        ------
        BlockingIOError
            If another process on the scheduler's machine holds the clock.
        ClusterError
            If the scheduler does not answer.
        """
        wait = await self._ask("booru_nb_claim", host=host, rate=rate, share=share)
        if wait is None:
            raise BlockingIOError
        return float(wait)

    async def slow_down(
        self, host: str, pause: float | None, age: float, *, halve: bool
    ) -> None:
        """Leave a host alone for a while; raises as `claim` does."""
        told = {"host": host, "pause": pause, "age": age, "halve": halve}
        if not await self._ask("booru_nb_slow_down", **told):
            raise BlockingIOError

    async def _ask(self, what: str, **told: object) -> Any:  # noqa: ANN401 - what the scheduler says
        """Ask on the worker's loop, to which its connections belong."""
        answer: concurrent.futures.Future[Any] = concurrent.futures.Future()

        async def ask() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                said = await getattr(self._worker.scheduler, what)(**told)
            except (OSError, asyncio.CancelledError):
                gone = "The scheduler of the cluster does not answer its workers."
                answer.set_exception(ClusterError(gone))
            else:
                answer.set_result(said)

        self._worker.loop.add_callback(ask)
        return await asyncio.wrap_future(answer)
