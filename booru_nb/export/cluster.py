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
there is no worker at all, one is waited for, `delegating.PATIENCE` or as long as
``distributed.scheduler.no-workers-timeout`` says. The stop button, an error, and the
end of this process stop what the workers have under way. What is committed stays, and
the next run goes on from there.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import distributed

from booru_nb.errors import ArgumentError, ClusterError
from booru_nb.export.budget import PREFIX, Clocks
from booru_nb.export.calls import Calls
from booru_nb.export.crew import Crew, versions
from booru_nb.export.delegating import Export

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from booru_nb.export.planning import Plan
    from booru_nb.export.working import Done, Work

ENDING = 20.0
"""Seconds that workers may take to stop."""


def check(client: object) -> None:
    """Refuse what is no client of a cluster, or a closed one.

    Raises
    ------
    ArgumentError
        If this is no client.
    ClusterError
        If it is closed.
    """
    if not isinstance(client, distributed.Client):
        kind = type(client).__name__
        raise ArgumentError(f"client is a distributed.Client, not {kind}.")
    Calls(client).check()


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
    ClusterError
        If the cluster cannot run this, has no workers, or loses them again and again.
    BooruError
        Whatever else ends a shard.
    """
    if not made.missing:
        return {}
    call = Calls(client)
    name = f"{PREFIX}{client.id}-{secrets.token_hex(6)}"
    async with _crew(call, name):
        return await Export(call, name, made, work, progress).run()


@asynccontextmanager
async def _crew(call: Calls, name: str) -> AsyncIterator[None]:
    """Give the cluster what it needs, while the block runs."""
    try:
        await _equip(call, name)
        yield
    finally:
        # Where the cluster is gone, or never had it, there is nothing to take away.
        with suppress(ClusterError, TimeoutError, ValueError):
            if call.client.status == "running":
                async with asyncio.timeout(ENDING):
                    await call(call.client.unregister_worker_plugin, name)


async def _equip(call: Calls, name: str) -> None:
    try:
        await call(call.client.register_plugin, Clocks())
        await call(call.client.register_plugin, Crew(name, versions()), name)
    except (ImportError, AttributeError) as error:
        raise ClusterError(
            f"This cluster cannot write an export: {error}. Install the same booru-nb "
            "where its scheduler and its workers run."
        ) from error
