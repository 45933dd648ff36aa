"""The posts kept here: bookmarked, or collected for their own sake."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from booru_nb.store import columns, finding, keeping
from booru_nb.store.columns import names_of_bookmarks, names_of_posts
from booru_nb.store.transactions import Durability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from booru_nb.post import Post
    from booru_nb.query import Query
    from booru_nb.store.columns import Columns, Key, P, Part, Rows
    from booru_nb.store.connections import Db
    from booru_nb.store.keeping import Report
    from booru_nb.store.library_file import LibraryFile


@dataclass(frozen=True)
class Posts:
    """The posts of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def put(
        self, posts: Iterable[Post], *, durability: Durability = Durability.NORMAL
    ) -> Report:
        """Keep posts for their own sake, all or none; known ones are refreshed.

        Parameters
        ----------
        posts : iterable of Post
            A missing value leaves a known one as it is, no tags leave the known tags,
            and a post of which only the key is given is not changed. The first is
            shown first.
        durability : Durability
            Whether a power cut may take the last ones.
        """
        ordered = keeping.in_order_of_keeping(posts, key=attrgetter("key"))
        kept = self.file.write(
            lambda db: keeping.keep(db, ordered, collected=True), durability=durability
        )
        return kept.report

    def drop(self, keys: Iterable[Key]) -> None:
        """Keep posts no longer for their own sake; bookmarked ones stay."""
        wanted = list(keys)

        def work(db: Db) -> None:
            found = rows(db, wanted)
            db.executemany(
                "update post set collected = 0 where id = ?", ((row,) for row in found)
            )
            keeping.forget(db, found)

        self.file.write(work)

    def columns(
        self, *, site: str | None = None, columns: Sequence[str] | None = None
    ) -> Columns:
        """Return the posts as columns, those kept last first.

        Parameters
        ----------
        site : str, optional
            Only those of this site.
        columns : sequence of str, optional
            Only these, in this order (default: all of `POST_COLUMNS`).

        Raises
        ------
        ArgumentError
            If there is no such column.
        """
        return self.file.read(lambda db: _columns(db, site, columns))

    def rows(self, names: Sequence[str], each: Callable[[Part], P]) -> Rows[P]:
        """Return the posts as the file has them, those kept last first.

        Parameters
        ----------
        names : sequence of str
            The columns wanted, as from `booru_nb.store.columns.names_of_posts`.
        each : callable
            As in `booru_nb.store.columns.read`.
        """
        source = f"{columns.POSTS} order by post.id desc"
        return self.file.read(lambda db: columns.read(db, source, (), names, each))

    def by_keys(
        self, keys: Iterable[Key], *, columns: Sequence[str] | None = None
    ) -> Columns:
        """Return given posts as columns, in the order given; unknown ones are left out.

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
        """Return the posts that a query finds as columns, those kept last first.

        Parameters
        ----------
        query : str or Query
            In the local language; it may say another order.
        limit : int, optional
            How many at the most; the smaller of this and the query's own.
        columns : sequence of str, optional
            Only these, in this order (default: all of `POST_COLUMNS`). Those of
            `BOOKMARK_COLUMNS` are None where a post is not bookmarked, `folder` is
            empty.
        now : datetime, optional
            From when ages are counted (default: this moment).

        Raises
        ------
        QueryError
            If the query cannot be read.
        ArgumentError
            If there is no such column.
        """
        wanted = finding.search(query, limit=limit, now=now)
        return self.file.read(lambda db: finding.find(db, wanted, columns))

    def find_rows(
        self,
        query: str | Query,
        each: Callable[[Part], P],
        *,
        limit: int | None = None,
        columns: Sequence[str] | None = None,
    ) -> Rows[P]:
        """Return the posts that a query finds as the file has them; as `find`.

        Parameters
        ----------
        query, limit, columns
            As in `find`.
        each : callable
            As in `booru_nb.store.columns.read`.
        """
        wanted = finding.search(query, limit=limit)
        names = names_of_posts(None) if columns is None else names_of_bookmarks(columns)
        return self.file.read(lambda db: finding.find_rows(db, wanted, names, each))

    def keys(self) -> set[Key]:
        """Return ``(site, id)`` of every post."""
        return self.file.read(
            lambda db: set(
                db.execute("select name, post_id from post join site using (site_id)")
            )
        )

    def count(self, query: str | Query = "", *, now: datetime | None = None) -> int:
        """Return how many posts are kept, or how many of them a query finds."""
        wanted = finding.search(query, now=now)
        return self.file.read(lambda db: finding.count(db, wanted))


def rows(db: Db, keys: Iterable[Key]) -> list[int]:
    """Return `post.id` of given posts, in the order given, without unknown ones."""
    found = db.execute(
        f"select post.id from {columns.WANTED} order by wanted.key",  # noqa: S608 - a constant
        (columns.wanted(db, keys),),
    )
    return [row for (row,) in found]


def _columns(db: Db, site: str | None, names: Sequence[str] | None) -> Columns:
    where, values = ("true", ()) if site is None else ("site.name = ?", (site,))
    source = f"{columns.POSTS} where {where} order by post.id desc"
    return columns.posts(db, source, values, names)


def _by_keys(db: Db, keys: Iterable[Key], names: Sequence[str] | None) -> Columns:
    source = f"{columns.WANTED} order by wanted.key"
    return columns.posts(db, source, (columns.wanted(db, keys),), names)
