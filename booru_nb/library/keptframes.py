"""What is kept in a library, as DataFrames, however much it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import arrow
from booru_nb.errors import StoreError
from booru_nb.schemas import POST_TAGS, TAGS
from booru_nb.store.columns import names_of_bookmarks, names_of_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from booru_nb.store import Store


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

        def make() -> pa.Table:
            rows = self._store.bookmarks.rows(names, arrow.part, folder=folder)
            return arrow.table(rows)

        if folder is not None:
            return arrow.frame(make())
        table = self._table("bookmarks", names, make, whole=columns is None)
        return arrow.frame(table)

    def posts(self, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return every post, those kept last first."""
        names = names_of_posts(columns)

        def make() -> pa.Table:
            return arrow.table(self._store.posts.rows(names, arrow.part))

        return arrow.frame(self._table("posts", names, make, whole=columns is None))

    def post_tags(self) -> pd.DataFrame:
        """Return which bookmark has which tag."""
        table = self._table(
            "post_tags", POST_TAGS, lambda: arrow.post_tags(self._store.tags.blobs())
        )
        return arrow.frame(table, POST_TAGS)

    def tags(self) -> pd.DataFrame:
        """Return how many bookmarks have each tag."""
        table = self._table(
            "tags", TAGS, lambda: arrow.tag_counts(self._store.tags.blobs())
        )
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
