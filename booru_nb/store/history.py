"""What was searched for: each search once, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store.searches import Search
from booru_nb.store.times import now
from booru_nb.store.transactions import Durability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

MOST = 1_000
"""Searches that are kept; older ones go."""


@dataclass(frozen=True)
class History:
    """The searches of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def add(self, search: Search) -> None:
        """Keep a search as the latest; one that was made before moves up."""

        def work(db: Db) -> None:
            db.execute(
                """
                insert or replace into search_history
                (query, sites, options, searched_at) values (?, ?, ?, ?)
                """,
                (*search.row(), now()),
            )
            trim(db)

        self.file.write(work, durability=Durability.NORMAL, counts=False)

    def all(self) -> list[tuple[Search, int]]:
        """Return each search and when it was made, the latest first."""
        rows = self.file.read(
            lambda db: db.execute(
                """
                select query, sites, options, searched_at from search_history
                order by search_id desc
                """
            ).fetchall()
        )
        return [(Search.of(*said), at) for *said, at in rows]

    def remove(self, searches: Iterable[Search]) -> int:
        """Forget searches, all or none; return how many there were."""
        rows = [search.row() for search in searches]
        statement = """
        delete from search_history where query = ? and sites = ? and options = ?
        """
        return self.file.write(
            lambda db: db.executemany(statement, rows).rowcount, counts=False
        )

    def clear(self) -> int:
        """Forget every search; return how many there were."""
        return self.file.write(
            lambda db: db.execute("delete from search_history").rowcount, counts=False
        )


def trim(db: Db) -> None:
    """Forget the oldest searches where there are too many."""
    db.execute(
        """
        delete from search_history where search_id <= (
          select search_id from search_history
          order by search_id desc limit 1 offset ?
        )
        """,
        (MOST,),
    )
