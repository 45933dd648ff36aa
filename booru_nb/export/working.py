"""How one shard is written: by the same function wherever it runs."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from booru_nb.errors import (
    BooruError,
    ClusterError,
    DiskFullError,
    LibraryError,
    LoopError,
    StoreError,
)
from booru_nb.export import salvage
from booru_nb.export.formats.pictures import problem
from booru_nb.export.markers import Marker, Row
from booru_nb.export.measured import Measured
from booru_nb.export.parts import Item, Original
from booru_nb.export.slices import key
from booru_nb.export.spool import Spool, Waiting
from booru_nb.export.together import all_of
from booru_nb.media.picture import measure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

    from booru_nb.export.parts import Folder, Format
    from booru_nb.export.slices import Post, Slice

    Originals: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[bytes | Original]]

T = TypeVar("T")

_ALL_FAIL = (ClusterError, DiskFullError, LibraryError, LoopError, StoreError)
"""What is no matter of one post."""

_EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/avif": ("avif",),
}


@dataclass(frozen=True)
class Work:
    """What all shards of an export have in common.

    Attributes
    ----------
    folder : Folder
        Where they go.
    layout : Format
        How they are written.
    images : bool
        Whether with originals.
    originals : callable
        Gives an original; it is awaited with a post's row.
    """

    folder: Folder
    layout: Format
    images: bool
    originals: Originals


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is committed.

    Attributes
    ----------
    marker : Marker
        What is said of it.
    present : frozenset of (str, int)
        Posts whose originals an earlier run had written.
    """

    marker: Marker
    present: frozenset[Post]


async def write_shard(
    part: Slice,
    work: Work,
    before: Mapping[Post, Row],
    *,
    limit: asyncio.Semaphore,
    came: Callable[[int], object] = lambda _count: None,
) -> Done:
    """Write a shard, and commit it.

    Parameters
    ----------
    part : Slice
        Its posts.
    work : Work
        What they are to become.
    before : Mapping of (str, int) to Row
        What an earlier run has written.
    limit : asyncio.Semaphore
        How many originals are fetched at once.
    came : callable
        Told how many posts are ready.

    Raises
    ------
    FileError
        If nothing can be written; `DiskFullError` where there is no room.
    """
    posts = part.rows()
    rows = [begun(post, work) for post in posts]
    had = await _recovered(rows, work, before)

    present = frozenset(had)
    with Spool() as spool:

        async def item(post: Mapping[str, Any], row: Row) -> Waiting | str:
            data = had.pop((row.site, row.id), None)
            found = await _item(post, row, work, data, spool, limit=limit)
            came(1)
            return found

        items = await all_of(map(item, posts, rows))
        ready = list(zip(rows, items, strict=True))
        marker = await _in_thread(lambda stop: _write(part, work, ready, spool, stop))
    return Done(marker, present)


def begun(post: Mapping[str, Any], work: Work) -> Row:
    """Return what is known of a post before its original is there."""
    layout, ext = work.layout, str(post.get("ext") or "").lower()
    reason = ""
    if not str(post.get("caption") or "").strip():
        reason = "its caption is empty"
    elif work.images and ext and ext not in (layout.extensions or {ext}):
        known = ", ".join(sorted(layout.extensions or ()))
        reason = f"{layout.name} takes no .{ext}, only: {known}"
    return Row(
        site=str(post["site"]),
        id=int(post["id"]),
        key=key(str(post["site"]), int(post["id"])),
        status="skipped" if reason else "written",
        reason=reason,
        ext=ext,
        md5=str(post.get("md5") or ""),
    )


def known_before(rows: Sequence[Row], before: Mapping[Post, Row]) -> list[Row]:
    """Return what an earlier run has said of posts whose originals are the same."""
    found = [(row, before.get((row.site, row.id))) for row in rows if not row.reason]
    return [old for row, old in found if old is not None and old.md5 == row.md5]


async def _recovered(
    rows: Sequence[Row], work: Work, before: Mapping[Post, Row]
) -> dict[Post, bytes]:
    known = known_before(rows, before) if work.images else []
    if not known:
        return {}
    return await _in_thread(lambda _stop: salvage.originals(work.folder, known))


async def _item(  # noqa: PLR0913  what one post takes
    post: Mapping[str, Any],
    row: Row,
    work: Work,
    data: bytes | None,
    spool: Spool,
    *,
    limit: asyncio.Semaphore,
) -> Waiting | str:
    """Return what is to be written of a post, or why it failed."""
    if row.reason or not work.images:
        return spool.put(Item(row.key, post, str(post["caption"] or ""), row.ext, None))
    if data is not None:  # it has been looked at by the run that wrote it
        item = Item(row.key, post, str(post["caption"]), _ext(data, row.ext), data)
        return await _in_thread(lambda _stop: spool.put(item))
    # One that came holds its place until it is put away, or they would pile up.
    async with limit:
        try:
            got = await work.originals(post)
        except _ALL_FAIL:
            raise
        except BooruError as error:
            return str(error) or type(error).__name__
        came = got if isinstance(got, Original) else Original(got)
        ext, sums = _ext(came.data, row.ext), (came.md5, came.sha256)
        item = Item(row.key, post, str(post["caption"]), ext, came.data, *sums)
        return await _in_thread(lambda _stop: problem(item) or spool.put(item))


def _ext(data: bytes, said: str) -> str:
    """Return the extension of a picture by what it is; of others as its site says."""
    known = measure(data)
    fitting = _EXTENSIONS.get(known[0], ()) if known else ()
    return said if not fitting or said in fitting else fitting[0]


def _write(
    part: Slice,
    work: Work,
    ready: Sequence[tuple[Row, Waiting | str]],
    spool: Spool,
    stop: threading.Event,
) -> Marker:
    """Write a shard's files, and then its marker."""
    folder = Measured(work.folder)

    def each() -> Iterator[Item]:
        for row, item in ready:
            if stop.is_set():
                raise InterruptedError("The export was stopped.")
            if isinstance(item, Waiting) and not row.reason:
                yield spool.get(item)

    written = work.layout.write(part.shard, each(), folder)
    went = {one.key: one for one in written}
    ended: list[Row] = []
    for row, item in ready:
        if isinstance(item, str):
            ended.append(replace(row, status="failed", reason=item))
        elif row.reason or row.key not in went:
            reason = row.reason or f"{work.layout.name} did not take it"
            ended.append(replace(row, status="skipped", reason=reason))
        elif not went[row.key].path:
            reason = went[row.key].reason
            ended.append(replace(row, status="skipped", reason=reason))
        else:
            path, ext = went[row.key].path, item.bare.ext
            ended.append(replace(row, path=path, ext=ext, sha256=item.sha256))
    names = work.layout.files(part.shard, written)
    files = {name: folder.files[name] for name in names if name in folder.files}
    marker = Marker(part.shard.name, part.hash, files, tuple(ended))
    if stop.is_set():
        raise InterruptedError("The export was stopped.")
    marker.write(work.folder)
    return marker


async def _in_thread(work: Callable[[threading.Event], T]) -> T:
    """Return what a work in a thread returns; where this is cancelled, wait for it."""
    stop = threading.Event()
    job = asyncio.ensure_future(asyncio.to_thread(work, stop))
    try:
        return await asyncio.shield(job)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([job])
        if not job.cancelled():
            job.exception()  # what comes of being stopped is nobody's affair
        raise
