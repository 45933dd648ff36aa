"""Searches that have a name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError, UnknownSearchError
from booru_nb.store.searches import Search
from booru_nb.store.times import now

if TYPE_CHECKING:
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile


def checked(name: str) -> str:
    """Return the name of a search in Unicode's composed form.

    Raises
    ------
    ArgumentError
        If it cannot be one.
    """
    name = unicodedata.normalize("NFC", name)
    if not name or name != name.strip() or not name.isprintable():
        raise ArgumentError(
            f"A search cannot be called {name!r}: a name has letters, and neither "
            "blanks around it nor control characters."
        )
    return name


@dataclass(frozen=True)
class SavedSearches:
    """The searches of a library that have a name.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def all(self) -> list[tuple[str, Search, int]]:
        """Return each name, its search, and when that was saved; sorted by name."""
        rows = self.file.read(
            lambda db: db.execute(
                """
                select name, query, sites, options, saved_at from saved_search
                order by name
                """
            ).fetchall()
        )
        return [(name, Search.of(*said), at) for name, *said, at in rows]

    def get(self, name: str) -> Search:
        """Return the search of a name.

        Raises
        ------
        UnknownSearchError
            If no search has it.
        """
        return self.file.read(lambda db: _get(db, checked(name)))

    def add(self, name: str, search: Search, *, replace: bool = False) -> str:
        """Give a search a name, and return it as it is kept.

        Parameters
        ----------
        name : str
            Which no other search has; the same search again is nothing.
        search : Search
            What is saved.
        replace : bool
            Whether another search of this name is replaced.

        Raises
        ------
        ArgumentError
            If it cannot be a name, or another search has it.
        """
        name = checked(name)
        self.file.write(lambda db: _add(db, name, search, replace), counts=False)
        return name

    def rename(self, old: str, new: str) -> str:
        """Give a search another name, and return it as it is kept.

        Raises
        ------
        UnknownSearchError
            If no search has the old name.
        ArgumentError
            If the new one cannot be a name, or another search has it.
        """
        before, after = checked(old), checked(new)

        def work(db: Db) -> None:
            _get(db, before)
            if before != after and _find(db, after) is not None:
                raise _taken(after)
            db.execute(
                "update saved_search set name = ? where name = ?", (after, before)
            )

        self.file.write(work, counts=False)
        return after

    def remove(self, name: str) -> None:
        """Forget a search.

        Raises
        ------
        UnknownSearchError
            If no search has this name.
        """

        def work(db: Db) -> None:
            _get(db, checked(name))
            db.execute("delete from saved_search where name = ?", (checked(name),))

        self.file.write(work, counts=False)


def _find(db: Db, name: str) -> Search | None:
    row = db.execute(
        "select query, sites, options from saved_search where name = ?", (name,)
    ).fetchone()
    return None if row is None else Search.of(*row)


def _get(db: Db, name: str) -> Search:
    found = _find(db, name)
    if found is None:
        names = [n for (n,) in db.execute("select name from saved_search order by 1")]
        raise UnknownSearchError(
            f"No search is saved as {name!r}. Saved: {', '.join(names) or 'none yet'}."
        )
    return found


def _add(db: Db, name: str, search: Search, replace: bool) -> None:  # noqa: FBT001 - as `add` says it
    known = _find(db, name)
    if known is not None and known.row() == search.row():
        return
    if known is not None and not replace:
        raise _taken(name)
    db.execute(
        """
        insert or replace into saved_search (name, query, sites, options, saved_at)
        values (?, ?, ?, ?, ?)
        """,
        (name, *search.row(), now()),
    )


def _taken(name: str) -> ArgumentError:
    return ArgumentError(
        f"Another search is saved as {name!r}. Choose another name, or remove that one "
        "first; saving can replace it: replace=True."
    )
