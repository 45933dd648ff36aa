"""Bookmarks: posts that the user has kept, each with a folder, a note and a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.store import columns, filling, finding, folders, keeping
from booru_nb.store.entries import Entry, write
from booru_nb.store.transactions import Durability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from booru_nb.query import Query
    from booru_nb.store.columns import Columns, Key, P, Part, Rows
    from booru_nb.store.connections import Db
    from booru_nb.store.keeping import Report
    from booru_nb.store.library_file import LibraryFile

NEWEST_FIRST = "order by bookmark.bookmarked_at desc, bookmark.id desc"


@dataclass(frozen=True)
class Bookmarks:
    """The bookmarks of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def add(
        self, entries: Iterable[Entry], *, durability: Durability = Durability.FULL
    ) -> Report:
        """Bookmark posts, all or none.

        Parameters
        ----------
        entries : iterable of Entry
            What they leave out stays as it is. A bookmark that is known is not made
            again. The first of those made now is shown first.
        durability : Durability
            Whether a power cut may take the last ones.

        Returns
        -------
        Report
            How many are new, were known, and are withheld.

        Raises
        ------
        FolderNameError
            If a folder cannot have its name.
        StoreError
            If they cannot be written.
        """
        ordered = keeping.in_order_of_keeping(entries, key=lambda e: e.post.key)
        return self.file.write(lambda db: write(db, ordered), durability=durability)

    def remove(self, keys: Iterable[Key]) -> Columns:
        """Remove bookmarks, and the posts that nothing else keeps; all or none.

        Parameters
        ----------
        keys : iterable of (str, int)
            Site and id of each; those that are not bookmarked are left out.

        Returns
        -------
        dict of str to list
            What was removed, as from `by_keys`; adding it again restores it.
        """
        wanted = list(dict.fromkeys(keys))
        return self.file.write(lambda db: _remove(db, wanted))

    def columns(
        self,
        *,
        folder: str | None = None,
        site: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> Columns:
        """Return the bookmarks as columns, newest first.

        Parameters
        ----------
        folder : str, optional
            Only those that this folder and those within it show; an empty one means
            those in no folder.
        site : str, optional
            Only those of this site.
        columns : sequence of str, optional
            Only these, in this order (default: all of `BOOKMARK_COLUMNS`).

        Returns
        -------
        dict of str to list
            As `booru_nb.store.columns.bookmarks`. No bookmarks give empty lists.

        Raises
        ------
        ArgumentError
            If there is no such column, or no folder could have this name.
        """
        return self.file.read(lambda db: _columns(db, folder, site, columns))

    def rows(
        self,
        names: Sequence[str],
        each: Callable[[Part], P],
        *,
        folder: str | None = None,
    ) -> Rows[P]:
        """Return the bookmarks as the file has them, newest first.

        Parameters
        ----------
        names : sequence of str
            The columns wanted, as from `booru_nb.store.columns.names_of_bookmarks`.
        each : callable
            As in `booru_nb.store.columns.read`.
        folder : str, optional
            As in `columns`.
        """

        def work(db: Db) -> Rows[P]:
            source, values = _source(db, folder, None)
            return columns.read(db, source, values, names, each)

        return self.file.read(work)

    def by_keys(
        self, keys: Iterable[Key], *, columns: Sequence[str] | None = None
    ) -> Columns:
        """Return given bookmarks as columns, in the order given; others are left out.

        Parameters
        ----------
        keys : iterable of (str, int)
            Site and id of each.
        columns : sequence of str, optional
            As in `columns`.
        """
        wanted = list(keys)
        return self.file.read(lambda db: _by_keys(db, wanted, columns))

    def find(
        self,
        query: str | Query,
        *,
        limit: int | None = None,
        columns: Sequence[str] | None = None,
        now: datetime | None = None,
    ) -> Columns:
        """Return the bookmarks that a query finds as columns, newest first.

        Parameters
        ----------
        query : str or Query
            In the local language; it may say another order.
        limit : int, optional
            How many at the most; the smaller of this and the query's own.
        columns : sequence of str, optional
            As in `columns`.
        now : datetime, optional
            From when ages are counted (default: this moment).

        Raises
        ------
        QueryError
            If the query cannot be read.
        ArgumentError
            If there is no such column.
        """
        wanted = finding.search(query, bookmarked=True, limit=limit, now=now)
        return self.file.read(lambda db: finding.find(db, wanted, columns))

    def keys(self) -> set[Key]:
        """Return ``(site, id)`` of every bookmark."""
        return self.file.read(
            lambda db: set(
                db.execute(
                    """
                    select site.name, post.post_id
                    from bookmark
                    join post on post.id = bookmark.post
                    join site using (site_id)
                    """
                )
            )
        )

    def count(self, query: str | Query = "", *, now: datetime | None = None) -> int:
        """Return how many bookmarks there are, or how many of them a query finds."""
        wanted = finding.search(query, bookmarked=True, now=now)
        return self.file.read(lambda db: finding.count(db, wanted))


def _remove(db: Db, keys: Sequence[Key]) -> Columns:
    removed = _by_keys(db, keys, None)
    rows = db.execute(
        f"""
        select post.id from {columns.WANTED}
        join bookmark on bookmark.post = post.id
        """,  # noqa: S608 - a constant
        (columns.wanted(db, keys),),
    ).fetchall()
    db.executemany("delete from bookmark where post = ?", rows)
    keeping.forget(db, (row for (row,) in rows))
    return removed


def _source(db: Db, folder: str | None, site: str | None) -> tuple[str, list[Any]]:
    """Return where the rows come from, and its parameters."""
    conditions = ["true"]
    values: list[Any] = []
    if folder == "":
        conditions.append("bookmark.folder_id is null")
    elif folder is not None:
        name = folders.checked(folder)
        condition, found = filling.condition(name, filling.found(db, name).values())
        conditions.append(condition)
        values += found
    if site is not None:
        conditions.append("site.name = ?")
        values.append(site)
    where = " and ".join(conditions)
    return f"{columns.BOOKMARKS} where {where} {NEWEST_FIRST}", values


def _columns(
    db: Db, folder: str | None, site: str | None, names: Sequence[str] | None
) -> Columns:
    source, values = _source(db, folder, site)
    return columns.bookmarks(db, source, values, names)


def _by_keys(db: Db, keys: Iterable[Key], names: Sequence[str] | None) -> Columns:
    source = f"""
    {columns.WANTED}
    join bookmark on bookmark.post = post.id
    left join folder using (folder_id)
    order by wanted.key
    """
    return columns.bookmarks(db, source, (columns.wanted(db, keys),), names)
