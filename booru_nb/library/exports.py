"""Exports of datasets, with the library's originals, under a bar."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import loop
from booru_nb.errors import FileError
from booru_nb.export import folders, manifest
from booru_nb.export.running import run
from booru_nb.library import wanting
from booru_nb.library.originals import Originals, originals
from booru_nb.library.progress import bar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.export.order import Order
    from booru_nb.export.parts import About
    from booru_nb.library.state import State
    from booru_nb.post import Post


async def export(
    state: State, posts: pd.DataFrame, about: About, order: Order
) -> pd.DataFrame:
    """Write posts as an order says, and return what became of each.

    Parameters
    ----------
    state : State
        The library.
    posts : DataFrame
        As `Dataset.posts` has them.
    about : About
        For the card.
    order : Order
        How, and where to.

    Raises
    ------
    ArgumentError
        If other files are in the folder.
    FileError
        If nothing can be written there. The error has what was committed until then.
    LibraryError
        If the library is closed in the meantime.
    """
    posts, source = await asyncio.to_thread(_prepared, state, posts, order)
    return await loop.on_app_loop(state.held(_run(posts, source, about, order)))


def _prepared(
    state: State, posts: pd.DataFrame, order: Order
) -> tuple[pd.DataFrame, Originals]:
    """Return the posts that may leave, and what gives their originals."""
    known = wanting.posts(state, posts)
    posts = _of(posts, known)
    if not order.images:
        return posts, Originals(policies={})
    return posts, originals(state, posts, known, limit=order.limit)


def _of(posts: pd.DataFrame, known: Iterable[Post]) -> pd.DataFrame:
    """Return the rows of posts."""
    keys = pd.MultiIndex.from_frame(posts[["site", "id"]])
    return posts[keys.isin([post.key for post in known])]


async def _run(
    posts: pd.DataFrame, source: Originals, about: About, order: Order
) -> pd.DataFrame:
    show = order.progress and not order.dry_run
    with bar(len(posts), doing=order.layout.name, show=show, unit="files") as shown:
        done = _Done(shown)
        try:
            return await run(
                posts,
                name=about.name,
                to=order.to,
                format=order.layout,
                originals=source,
                images=order.images,
                about=about,
                progress=done.came,
                dry_run=order.dry_run,
                overwrite=order.overwrite,
                client=order.client,
            )
        except FileError as error:
            with suppress(FileError):
                error.posts = await asyncio.to_thread(_committed, order)
            raise
        except asyncio.CancelledError as stopped:
            said = done.stopped(len(posts), order)
            shown.write(said)
            # Who is stopped without a bar hears it from the error.
            raise asyncio.CancelledError(said) from stopped


def _committed(order: Order) -> pd.DataFrame:
    return manifest.committed(folders.folder(order.to))


class _Done:
    """How many posts are ready, shown on a bar."""

    def __init__(self, shown: Any) -> None:  # noqa: ANN401  tqdm has no one type
        self._shown = shown
        self._count = 0

    def came(self, count: int) -> None:
        """Note that further posts are ready."""
        self._count += count
        self._shown.update(count)

    def stopped(self, total: int, order: Order) -> str:
        """Say what is there, and how it goes on."""
        return (
            f"Stopped: {self._count} of {total} posts were ready. What is committed "
            f"stays in {folders.folder(order.to)}; the same call goes on."
        )
