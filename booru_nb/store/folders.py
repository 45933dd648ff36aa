"""Folders of bookmarks, which may be nested, and may fill themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.errors import FolderNameError
from booru_nb.store import filling
from booru_nb.store.foldernames import WITHIN, checked, parents, within
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.store.columns import Columns
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

__all__ = ["WITHIN", "Folders", "checked", "destination", "ensure", "within"]


def ensure(db: Db, name: str) -> int:
    """Return the id of a folder, which is made where it is new, as those around it."""
    name = checked(name)
    moment = now()
    db.executemany(
        "insert or ignore into folder (name, added_at) values (?, ?)",
        [(folder, moment) for folder in (*parents(name), name)],
    )
    found = db.execute("select folder_id from folder where name = ?", (name,))
    folder_id: int = found.fetchone()[0]
    return folder_id


def destination(db: Db, name: str) -> int:
    """Return the id of a folder for bookmarks to be put into; a new one is made.

    Raises
    ------
    FolderNameError
        If it cannot have this name, or fills itself.
    """
    folder = ensure(db, name)
    query = db.execute(
        "select query from folder where folder_id = ?", (folder,)
    ).fetchone()[0]
    if query is not None:
        raise FolderNameError(
            f"The folder {checked(name)!r} fills itself, with the bookmarks that "
            f"{query!r} finds; nothing can be put into it. Choose another folder."
        )
    return folder


@dataclass(frozen=True)
class Folders:
    """The folders of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def all(self) -> list[str]:
        """Return the names, sorted by code point."""
        rows = self.file.read(
            lambda db: db.execute("select name from folder order by name").fetchall()
        )
        return [name for (name,) in rows]

    def destinations(self) -> list[str]:
        """Return the names of those into which bookmarks can be put, sorted."""
        rows = self.file.read(
            lambda db: db.execute(
                "select name from folder where query is null order by name"
            ).fetchall()
        )
        return [name for (name,) in rows]

    def columns(self) -> Columns:
        """Return the folders as columns, by name.

        Returns
        -------
        dict of str to list
            The columns `folder`, `count` (the bookmarks that it shows), `direct` (those
            that were put into it), `query` (None for what does not fill itself) and
            `added_at`.
        """
        return self.file.read(_columns)

    def add(self, name: str, *, query: str | None = None) -> str:
        """Make a folder, if it is not there yet, and return its name as it is kept.

        Parameters
        ----------
        name : str
            Its name; the folders around it are made, too.
        query : str, optional
            With what it fills itself, in the local query language.

        Raises
        ------
        FolderNameError
            If it cannot have this name, or is there already and fills itself otherwise.
        QueryError
            If the query cannot be understood.
        """
        name = checked(name)
        query = None if query is None else filling.checked(query)
        self.file.write(lambda db: _add(db, name, query))
        return name

    def remove(self, name: str) -> int:
        """Remove a folder and those in it; return how many bookmarks are unfiled now.

        Raises
        ------
        FolderNameError
            If there is no such folder.
        """

        def work(db: Db) -> int:
            found = _members(db, checked(name))
            unfiled = db.executemany(
                "update bookmark set folder_id = null where folder_id = ?",
                [(folder,) for folder, _ in found],
            ).rowcount
            db.executemany(
                "delete from folder where folder_id = ?", [(f,) for f, _ in found]
            )
            return unfiled

        return self.file.write(work)

    def rename(self, old: str, new: str) -> None:
        """Rename a folder, and with it those in it.

        Raises
        ------
        FolderNameError
            If there is no such folder, if it cannot have this name, or if a folder of
            this name is there already.
        """

        def work(db: Db) -> None:
            before, after = checked(old), checked(new)
            found = _members(db, before)
            if after.startswith(f"{before}/"):
                raise FolderNameError(f"The folder {before!r} cannot move into itself.")
            for folder in parents(after):
                ensure(db, folder)
            for id_, name in found:
                _rename(db, id_, checked(after + name[len(before) :]))

        self.file.write(work)


def _columns(db: Db) -> Columns:
    rows = db.execute(
        """
        select name, count(bookmark.id), query, folder.added_at
        from folder left join bookmark using (folder_id)
        group by folder_id
        order by name
        """
    ).fetchall()
    counts: Counter[str] = Counter()
    for name, direct, *_ in rows:
        for folder in (*parents(name), name):
            counts[folder] += direct
    filled = filling.found(db)
    for name, *_ in rows:
        posts = [filled[n] for n in filled if n == name or n.startswith(f"{name}/")]
        if posts:
            counts[name] = _count(db, *filling.condition(name, posts))
    return {
        "folder": [name for name, *_ in rows],
        "count": [counts[name] for name, *_ in rows],
        "direct": [direct for _, direct, *_ in rows],
        "query": [query for _, _, query, _ in rows],
        "added_at": [added_at for *_, added_at in rows],
    }


def _count(db: Db, condition: str, values: Sequence[Any]) -> int:
    found = db.execute(
        f"""
        select count(*) from bookmark left join folder using (folder_id)
        where {condition}
        """,  # noqa: S608 - texts of this package only
        values,
    )
    count: int = found.fetchone()[0]
    return count


def _add(db: Db, name: str, query: str | None) -> None:
    known = db.execute("select query from folder where name = ?", (name,)).fetchone()
    if known is None:
        folder = ensure(db, name)
        db.execute("update folder set query = ? where folder_id = ?", (query, folder))
    elif query is not None and known[0] != query:
        does = "does not fill itself" if known[0] is None else f"has {known[0]!r}"
        raise FolderNameError(
            f"There is a folder {name!r} already, which {does}. Remove it first, or "
            "choose another name."
        )


def _members(db: Db, name: str) -> list[tuple[int, str]]:
    """Return id and name of a folder and those in it, or raise `FolderNameError`."""
    found = db.execute(
        f"select folder_id, name from folder where {WITHIN}",  # noqa: S608 - a constant
        within(name),
    ).fetchall()
    if not found:
        names = [n for (n,) in db.execute("select name from folder order by name")]
        raise FolderNameError(
            f"There is no folder {name!r}. There are: {', '.join(names) or 'none yet'}."
        )
    return found


def _rename(db: Db, folder: int, name: str) -> None:
    taken = db.execute(
        "select 1 from folder where name = ? and folder_id <> ?", (name, folder)
    ).fetchone()
    if taken:
        raise FolderNameError(
            f"There is a folder {name!r} already. Choose another name, or remove that "
            "one first."
        )
    db.execute("update folder set name = ? where folder_id = ?", (name, folder))
