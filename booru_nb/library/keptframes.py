"""What is kept in a library, as DataFrames, however much it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from booru_nb import arrow
from booru_nb.errors import StoreError
from booru_nb.store.columns import TEXTS, names_of_bookmarks, names_of_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from booru_nb.store import Rows, Store
    from booru_nb.store.columns import Part

    Read: TypeAlias = Callable[
        [Sequence[str], Callable[[Part], pa.RecordBatch]], Rows[pa.RecordBatch]
    ]


class KeptFrames:
    """Makes DataFrames of what a store has, and keeps their columns beside it.

    Parameters
    ----------
    store : Store
        The open file.
    folder : Path
        Where the columns are kept until something changes.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._sidecar = arrow.Sidecar(folder, store.uuid())

    def bookmarks(
        self, *, folder: str | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return the bookmarks, newest first, or those of a folder."""
        names = names_of_bookmarks(columns)
        bookmarks = self._store.bookmarks
        if folder is not None:
            rows = bookmarks.rows(names, arrow.part, folder=folder)
            return arrow.frame(arrow.table(rows))
        whole = columns is None
        table = self._table("bookmarks", names, bookmarks.rows, whole=whole)
        return arrow.frame(table)

    def posts(self, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return every post, those kept last first."""
        names = names_of_posts(columns)
        rows = self._store.posts.rows
        return arrow.frame(self._table("posts", names, rows, whole=columns is None))

    def post_tags(self) -> pd.DataFrame:
        """Return which bookmark has which tag."""
        rows = self._store.bookmarks.rows(["site", "id", "tags"], arrow.part)
        return arrow.post_tags_frame(rows)

    def tags(self) -> pd.DataFrame:
        """Return how many bookmarks have each tag."""
        rows = self._store.bookmarks.rows(["tags"], arrow.part)
        return arrow.tag_counts_frame(rows)

    def wait(self) -> None:
        """Wait until the columns that were read last are kept."""
        self._sidecar.wait()

    def close(self) -> None:
        """Keep only what is still right; called while the file is open."""
        try:
            stamp = self._store.file.stamp()
        except StoreError:
            # A file that cannot be read any more says nothing of what is right.
            stamp = None
        self._sidecar.close(stamp)

    def _table(
        self,
        kind: str,
        names: tuple[str, ...],
        read: Read,
        *,
        whole: bool,
    ) -> pa.Table:
        file = self._store.file
        stamp = file.stamp()
        if stamp and (kept := self._sidecar.get(kind, stamp, names)) is not None:
            return kept
        # Both are of one moment, whatever others write meanwhile.
        stamp, table = file.read(lambda _: (file.stamp(), _read(read, names)))
        if stamp:
            self._sidecar.put(kind, stamp, table, whole=whole)
        return table


def _read(read: Read, names: Sequence[str]) -> pa.Table:
    """Return columns as a table.

    Those of the tags are read and made by themselves: what is at hand at a time is less
    then, and the whole takes two thirds of the time.
    """
    texts = [name for name in names if name in TEXTS]
    others = [name for name in names if name not in TEXTS]
    tables = [arrow.table(read(some, arrow.part)) for some in (texts, others) if some]
    columns = {name: t.column(name) for t in tables for name in t.column_names}
    return pa.table({name: columns[name] for name in names})
