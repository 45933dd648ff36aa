"""A file's tables, brought to the version that this program knows.

A migration runs in one transaction, together with the new version number, while the
file is in rollback mode. SQLite enters that mode only where nobody else has the file
open; so no older program goes on writing into tables that it does not know.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

from booru_nb.store.connections import connect
from booru_nb.store.files import private
from booru_nb.store.schema import (
    APPLICATION_ID,
    VERSION_1,
    VERSION_2,
    VERSION_3,
    VERSION_4,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from booru_nb.store.connections import Place

MIGRATIONS: Sequence[str] = (VERSION_1, VERSION_2, VERSION_3, VERSION_4)
"""What makes version 1 of nothing, version 2 of version 1, and so on, as SQL."""


def version_of(db: sqlite3.Connection) -> int:
    """Return the schema version of a file."""
    version: int = db.execute("pragma user_version").fetchone()[0]
    return version


def build(place: Place, migrations: Sequence[str]) -> None:
    """Fill an empty file with the newest tables, in write-ahead mode where possible."""
    with closing(connect(place)) as db:
        db.execute(f"pragma application_id = {APPLICATION_ID}")
        _run(db, migrations)
        db.execute("pragma journal_mode = wal")


def migrate(place: Place, migrations: Sequence[str]) -> None:
    """Bring a file to the newest version, each step a transaction.

    Parameters
    ----------
    place : Place
        A library of an older version, which nobody has open. Where it has rows, a
        copy is made beside it first, named ``NAME.versionN.backup``.
    migrations : sequence of str
        As `MIGRATIONS`.

    Raises
    ------
    sqlite3.Error
        If a step fails, which then leaves no trace, or if the file is in use.
    """
    with closing(connect(place)) as db:
        # Another process may have done it while this one waited for its turn.
        if version_of(db) == len(migrations):
            return
        db.execute("pragma journal_mode = delete")
        if (version := version_of(db)) < len(migrations):
            if _has_rows(db):
                backup(db, _free_name(place.path, version))
            _run(db, migrations)


def backup(db: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection sees into a new file that only its owner may read."""
    private(target)
    try:
        with closing(sqlite3.connect(target)) as copy:
            db.backup(copy)
    except BaseException:  # a part of a backup must not look like one
        target.unlink()
        raise


def _run(db: sqlite3.Connection, migrations: Sequence[str]) -> None:
    # A step may rebuild a table to which others refer.
    db.execute("pragma foreign_keys = off")
    for version, script in enumerate(migrations, start=1):
        try:
            db.execute("begin exclusive")
            if version_of(db) < version:
                for statement in statements(script):
                    db.execute(statement)
                db.execute(f"pragma user_version = {version}")
            db.execute("commit")
        finally:
            if db.in_transaction:
                db.execute("rollback")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, each ended by ``;``, triggers as a whole."""
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _has_rows(db: sqlite3.Connection) -> bool:
    tables = db.execute(
        """
        select name from sqlite_schema
        where type = 'table' and name not like 'sqlite%' and name <> 'meta'
        """
    ).fetchall()
    return any(
        db.execute(f'select exists (select 1 from "{name}")').fetchone()[0]  # noqa: S608 - a table's own name
        for (name,) in tables
    )


def _free_name(path: Path, version: int) -> Path:
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        name = path.with_name(f"{path.name}.version{version}{again}.backup")
        if not name.exists():
            return name
    raise AssertionError  # pragma: no cover - count never ends
