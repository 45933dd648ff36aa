"""Folders of bookmarks: names, which may be nested, and what is a name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import FolderNameError
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.store.columns import Columns
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

LONGEST = 255
"""Bytes of a part: folders may become folders on a disk, which allow no more."""

DEEPEST = 16
"""Parts of a name."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of control and format characters, surrogates, line ends."""

WITHIN = "(folder.name = ? or folder.name > ? and folder.name < ?)"
"""The condition for a folder and those in it; its values come from `within`."""


def within(name: str) -> tuple[str, str, str]:
    """Return the values for `WITHIN`."""
    return name, f"{name}/", f"{name}0"  # "0" follows "/"


def checked(name: str) -> str:
    """Return a folder's name in Unicode's composed form.

    Raises
    ------
    FolderNameError
        If it cannot be one; the message says which rule it breaks.
    """
    name = unicodedata.normalize("NFC", name)
    if rule := _broken_rule(name):
        raise FolderNameError(f"A folder cannot be called {name!r}: {rule}.")
    return name


def _broken_rule(name: str) -> str | None:
    parts = name.split("/")
    if len(parts) > DEEPEST:
        return f"folders are nested {DEEPEST} deep at most"
    return next((rule for part in parts if (rule := _rule_of_part(part))), None)


def _rule_of_part(part: str) -> str | None:
    return next((rule for breaks, rule in _RULES if breaks(part)), None)


_RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        lambda part: not part,
        "a part between two '/' is empty, or the name begins or ends with '/'",
    ),
    (lambda part: part in {".", ".."}, "'.' and '..' mean other folders"),
    (
        lambda part: part != part.strip(),
        "a part must not begin or end with a blank",
    ),
    (lambda part: part[0] in ".~", "a part must not begin with '.' or '~'"),
    (
        lambda part: "\\" in part,
        "'\\' is not allowed; use '/' for a folder in a folder",
    ),
    (
        lambda part: any(unicodedata.category(c) in _UNSEEN for c in part),
        "it has characters that cannot be seen",
    ),
    (
        lambda part: len(part.encode()) > LONGEST,
        f"a part must not be longer than {LONGEST} bytes",
    ),
)


def ensure(db: Db, name: str) -> int:
    """Return the id of a folder, which is made where it is new."""
    name = checked(name)
    found = db.execute("select folder_id from folder where name = ?", (name,))
    if (row := found.fetchone()) is None:
        row = db.execute(
            "insert into folder (name, added_at) values (?, ?) returning folder_id",
            (name, now()),
        ).fetchone()
    folder_id: int = row[0]
    return folder_id


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
        return list(self.columns()["folder"])

    def columns(self) -> Columns:
        """Return the columns `folder` and `count` (its own bookmarks), by name."""
        rows = self.file.read(
            lambda db: db.execute(
                """
                select folder.name, count(bookmark.id)
                from folder left join bookmark using (folder_id)
                group by folder_id
                order by folder.name
                """
            ).fetchall()
        )
        return {"folder": [r[0] for r in rows], "count": [r[1] for r in rows]}

    def add(self, name: str) -> str:
        """Make a folder, if it is not there yet, and return its name as it is kept.

        Raises
        ------
        FolderNameError
            If it cannot have this name.
        """
        self.file.write(lambda db: ensure(db, name))
        return checked(name)

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
            renamed = [(after + name[len(before) :], id_) for id_, name in found]
            for name, folder in renamed:
                _rename(db, folder, checked(name))

        self.file.write(work)


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
        raise FolderNameError(f"There is a folder {name!r} already. Remove it first.")
    db.execute("update folder set name = ? where folder_id = ?", (name, folder))
