"""Exports by the workers of a `distributed` cluster; it needs booru-nb[cluster].

The workers run the very function that a local export runs, so a shard that is lost with
its worker is written again by another one, to the same bytes. `originals` travels to
them, so it must be a callable that can be pickled, and it must fetch through
`booru_nb.http`: its clock of a host is a file that all processes of one machine share,
so that they have one budget. Workers on several machines do not share it; there each
machine must be given its part of the rate.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from booru_nb import loop
from booru_nb.export.working import Done, Work, write_shard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from booru_nb.export.markers import Row
    from booru_nb.export.planning import Plan
    from booru_nb.export.slices import Post, Slice

RETRIES = 3
"""Further attempts at a shard."""

CONNECTIONS = 8
"""Originals that a worker fetches at once, for each of its threads."""


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
        The cluster.
    """
    futures = [
        client.submit(
            shard, part, work, _before(part, made), key=_key(part), retries=RETRIES
        )
        for part in made.missing
    ]
    done: dict[str, Done] = {}
    try:
        for part, future in zip(made.missing, futures, strict=True):
            done[part.shard.name] = await asyncio.to_thread(future.result)
            progress(len(part.posts))
    finally:
        await asyncio.to_thread(client.cancel, futures)
    return done


def shard(part: Slice, work: Work, before: Mapping[Post, Row]) -> Done:
    """Write a shard; this is what a worker runs."""
    loop.choose_app_loop()

    async def write() -> Done:
        limit = asyncio.Semaphore(CONNECTIONS)
        return await write_shard(part, work, before, limit=limit)

    return loop.run(write())


def _key(part: Slice) -> str:
    return f"{part.shard.name}-{part.hash}"


def _before(part: Slice, made: Plan) -> dict[Post, Row]:
    posts = zip(part.posts["site"].astype(str), part.posts["id"], strict=True)
    keys = ((site, int(number)) for site, number in posts)
    return {key: made.before[key] for key in keys if key in made.before}
