"""What is kept in a library, as DataFrames, however much it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from booru_nb import arrow
from booru_nb.errors import StoreError
from booru_nb.schemas import POST_TAGS, TAGS
from booru_nb.store.columns import TEXTS, names_of_bookmarks, names_of_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from booru_nb.store import Rows, Store


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
        rows = partial(self._store.bookmarks.rows, each=arrow.part, folder=folder)
        if folder is not None:
            return arrow.frame(_read(rows, names))
        make = partial(_read, rows, names)
        table = self._table("bookmarks", names, make, whole=columns is None)
        return arrow.frame(table)

    def posts(self, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return every post, those kept last first."""
        names = names_of_posts(columns)
        make = partial(_read, partial(self._store.posts.rows, each=arrow.part), names)
        return arrow.frame(self._table("posts", names, make, whole=columns is None))

    def post_tags(self) -> pd.DataFrame:
        """Return which bookmark has which tag."""
        table = self._table(
            "post_tags", POST_TAGS, lambda: arrow.post_tags(self._tags())
        )
        return arrow.frame(table, POST_TAGS)

    def tags(self) -> pd.DataFrame:
        """Return how many bookmarks have each tag."""
        table = self._table("tags", TAGS, lambda: arrow.tag_counts(self._tags()))
        return arrow.frame(table, TAGS)

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

    def _tags(self) -> Rows[pa.RecordBatch]:
        return self._store.bookmarks.rows(arrow.TAG_COLUMNS, arrow.part)

    def _table(
        self,
        kind: str,
        names: Iterable[str],
        make: Callable[[], pa.Table],
        *,
        whole: bool = True,
    ) -> pa.Table:
        file = self._store.file
        stamp = file.stamp()
        kept = self._sidecar.get(kind, stamp, list(names)) if stamp else None
        if kept is not None:
            return kept
        # Both are of one moment, whatever others write meanwhile.
        stamp, table = file.read(lambda _: (file.stamp(), make()))
        if stamp:
            self._sidecar.put(kind, stamp, table, whole=whole)
        return table


def _read(
    read: Callable[[Sequence[str]], Rows[pa.RecordBatch]], names: Sequence[str]
) -> pa.Table:
    """Return columns as a table.

    Those of the tags are read and made by themselves: what is at hand at a time is less
    then, and the whole takes two thirds of the time.
    """
    texts = [name for name in names if name in TEXTS]
    others = [name for name in names if name not in TEXTS]
    tables = [arrow.table(read(some)) for some in (texts, others) if some]
    columns = {name: t.column(name) for t in tables for name in t.column_names}
    return pa.table({name: columns[name] for name in names})
