"""What is kept of the aliases and implications of tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    def aliases(self) -> Columns:
        """Return the columns `site`, `alias` and `tag`, which the alias stands for."""
        return self.file.read(lambda db: _columns(db, "tag_alias", "alias", "tag"))

    def implications(self) -> Columns:
        """Return the columns `site`, `tag` and `implies`."""
        return self.file.read(
            lambda db: _columns(db, "tag_implication", "tag", "implies")
        )


def _columns(db: Db, table: str, one: str, two: str) -> Columns:
    rows = db.execute(
        f"""
        select site.name, {one}, {two}
        from {table} join site using (site_id)
        order by site.name, {one}, {two}
        """  # noqa: S608 - constants
    ).fetchall()
    lists = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
    return dict(zip(("site", one, two), lists, strict=True))
