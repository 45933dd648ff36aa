"""What sites say of their tags: aliases, implications, categories and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store.tagrows import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.store.columns import Columns
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile


@dataclass(frozen=True)
class Relations:
    """The aliases and implications of a library's sites.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def aliases(self, site: str | None = None) -> Columns:
        """Return the columns `site`, `alias` and `tag`, which the alias stands for."""
        return self.file.read(
            lambda db: _columns(db, "tag_alias", ("alias", "tag"), site)
        )

    def implications(self, site: str | None = None) -> Columns:
        """Return the columns `site`, `tag` and `implies`."""
        return self.file.read(
            lambda db: _columns(db, "tag_implication", ("tag", "implies"), site)
        )

    def tags(self, site: str | None = None) -> Columns:
        """Return the columns `site`, `tag`, `category` and `site_count`."""
        columns = ("tag_info.name as tag", "category", "site_count")
        return self.file.read(lambda db: _columns(db, "tag_info", columns, site))

    def counts(self, site: str) -> dict[str, int]:
        """Return how much is known of a site, by `readings.KINDS`."""

        def work(db: Db) -> dict[str, int]:
            return {
                kind: db.execute(
                    f"select count(*) from {table} join site using (site_id) "  # noqa: S608 - constants
                    "where site.name = ?",
                    (site,),
                ).fetchone()[0]
                for kind, (table, *_) in TABLES.items()
            }

        return self.file.read(work)


def _columns(db: Db, table: str, columns: Sequence[str], site: str | None) -> Columns:
    names = ("site", *(column.rpartition(" ")[2] for column in columns))
    rows = db.execute(
        f"""
        select site.name, {", ".join(columns)}
        from {table} join site using (site_id)
        where ? is null or site.name = ?
        order by 1, 2, 3
        """,  # noqa: S608 - constants
        (site, site),
    ).fetchall()
    lists = map(list, zip(*rows, strict=True)) if rows else [[] for _ in names]
    return dict(zip(names, lists, strict=True))
