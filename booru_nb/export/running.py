"""An export: shards that are written each for itself, and what stands beside them.

What stands beside them (card, manifest, metadata) is removed at the start and written
at the end, so that a dataset of which half is there never looks whole.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.export import folders, manifest, salvage
from booru_nb.export.alone import alone
from booru_nb.export.formats.base import Layout
from booru_nb.export.layouts import layout
from booru_nb.export.parts import About
from booru_nb.export.planning import Plan, begin, plan
from booru_nb.export.slices import cut, exportable
from booru_nb.export.together import all_of
from booru_nb.export.working import Done, Work, write_shard

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from booru_nb.export.parts import Format
    from booru_nb.export.working import Originals

AT_ONCE = 2
"""Shards that are under way: while one is written, the next one's originals come."""

CONNECTIONS = 24
"""Originals that are fetched at once."""


async def run(  # noqa: PLR0913 - all that an export is told
    posts: pd.DataFrame,
    *,
    name: str,
    to: str | os.PathLike[str],
    format: str | Format,  # noqa: A002 - as in `Aio.export`
    originals: Originals,
    options: Mapping[str, Any] | None = None,
    images: bool = True,
    about: About | None = None,
    progress: Callable[[int], object] = lambda _count: None,
    dry_run: bool = False,
    overwrite: bool = False,
    client: Any = None,  # noqa: ANN401 - of an optional package
) -> pd.DataFrame:
    """Export posts to a folder.

    What an earlier run has committed there is not done again; of what has changed or
    failed since, only the originals that are missing are fetched.

    Parameters
    ----------
    posts : DataFrame
        As `Dataset.posts` gives them: with `caption` and `split`.
    name : str
        Of the dataset.
    to : str or path
        A folder, or an address that fsspec knows.
    format : str or Format
        One of `FORMATS`, or such a format itself.
    originals : callable
        Awaited with a post's row (a mapping by column), gives its original.
    options : Mapping, optional
        Of the format, where it is named.
    images : bool
        Whether originals are written, or metadata only.
    about : About, optional
        For the card.
    progress : callable
        Called with how many further posts are done.
    dry_run : bool
        Whether nothing is to be fetched or written.
    overwrite : bool
        Whether a different dataset in this folder makes way.
    client : distributed.Client, optional
        A cluster whose workers write the shards. `originals` must then be a callable
        that can be pickled.

    Returns
    -------
    DataFrame
        One row a post, in the order of the shards, as `manifest.frame` gives it. Its
        ``attrs["content"]`` is the sha256 of all that is in the shards.

    Raises
    ------
    ArgumentError
        If another dataset is there, or an option or the client cannot be used.
    ClusterError
        If the cluster cannot do it; see `booru_nb.export.cluster`.
    FileError
        If the folder cannot be written, such as while another export writes there;
        `DiskFullError` where there is no room.
    """
    if client is not None:
        from booru_nb.export import cluster  # noqa: PLC0415  it is optional

        cluster.check(client)
    made_as = layout(format, options or {})
    whole = exportable(posts)
    if isinstance(made_as, Layout):
        made_as.check(whole)
    slices = await asyncio.to_thread(cut, whole, made_as, images=images)
    work = Work(folders.folder(to), made_as, images, originals)
    async with nullcontext() if dry_run else alone(work.folder):
        made = await asyncio.to_thread(plan, slices, work, name, overwrite=overwrite)
        if dry_run:
            return await asyncio.to_thread(manifest.foreseen, slices, work, made)
        await asyncio.to_thread(begin, work.folder, made)
        progress(sum(len(part.posts) for part in slices if part not in made.missing))
        done = await _written(made, work, progress, client)
        found = {part.shard.name: made.kept.get(part.shard.name) for part in slices}
        ended = [found[p.shard.name] or done[p.shard.name].marker for p in slices]
        present = set(salvage.index(made.kept.values())).union(
            *(each.present for each in done.values())
        )
        card = about or About(name=name, steps=pd.DataFrame())
        return await asyncio.to_thread(
            manifest.finish, whole, ended, present, work, card, made
        )


async def _written(
    made: Plan,
    work: Work,
    progress: Callable[[int], object],
    client: Any,  # noqa: ANN401 - of an optional package
) -> dict[str, Done]:
    """Write all shards that are missing, a few at a time."""
    if client is not None:
        from booru_nb.export import cluster  # noqa: PLC0415  it is optional

        return await cluster.written(made, work, progress, client)
    limit, todo = asyncio.Semaphore(CONNECTIONS), iter(made.missing)
    done: dict[str, Done] = {}

    async def each() -> None:
        for part in todo:
            done[part.shard.name] = await write_shard(
                part, work, made.before, limit=limit, came=progress
            )

    await all_of([each() for _ in range(AT_ONCE)])
    return done
