"""A question in SQL, asked on a connection of its own that can only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from booru_nb.errors import ArgumentError
from booru_nb.store import views
from booru_nb.store.connections import connect
from booru_nb.store.faults import PRIMARY, Foreign, translated
from booru_nb.store.times import microseconds
from booru_nb.store.words import unpack

if TYPE_CHECKING:
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

Parameters: TypeAlias = "Sequence[Any] | Mapping[str, Any]"
"""The values of ``?`` in order, or those of ``:name`` by name."""

READING = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
)
"""What a statement may do: https://www.sqlite.org/c3ref/c_alter_table.html"""

TELLING = frozenset(
    {
        *("foreign_key_list", "function_list", "index_info", "index_list"),
        *("index_xinfo", "table_info", "table_list", "table_xinfo"),
    }
)
"""Pragmas that tell something, and set nothing."""

BARRED = frozenset({"load_extension", "fts3_tokenizer"})
"""Functions that do more than count."""

ACTIONS = {
    getattr(sqlite3, f"SQLITE_{name}"): name.replace("_", " ")
    for name in (
        *("INSERT", "UPDATE", "DELETE", "PRAGMA", "ATTACH", "DETACH", "TRANSACTION"),
        *("SAVEPOINT", "ALTER_TABLE", "REINDEX", "ANALYZE", "FUNCTION"),
        *("CREATE_TABLE", "CREATE_INDEX", "CREATE_VIEW", "CREATE_TRIGGER"),
        *("CREATE_TEMP_TABLE", "CREATE_TEMP_INDEX", "CREATE_TEMP_VIEW"),
        *("CREATE_TEMP_TRIGGER", "CREATE_VTABLE", "DROP_TABLE", "DROP_INDEX"),
        *("DROP_VIEW", "DROP_TRIGGER", "DROP_TEMP_TABLE", "DROP_TEMP_INDEX"),
        *("DROP_TEMP_VIEW", "DROP_TEMP_TRIGGER", "DROP_VTABLE"),
    )
}
"""SQLite's numbers for what a statement does, as words."""


@dataclass(slots=True)
class Guard:
    """SQLite's question, for each thing that a statement does, whether it may.

    Attributes
    ----------
    refused : str or None
        What was refused.
    """

    refused: str | None = None

    def __call__(
        self, action: int, first: str | None, second: str | None, *_: str | None
    ) -> int:
        """Return whether SQLite may do something, with two words about what."""
        if self._may(action, first, second):
            return sqlite3.SQLITE_OK
        word = ACTIONS.get(action, f"action {action}")
        name = second if action == sqlite3.SQLITE_FUNCTION else first
        self.refused = f"{word} {name}" if name else word
        return sqlite3.SQLITE_DENY

    def _may(self, action: int, first: str | None, second: str | None) -> bool:
        if action == sqlite3.SQLITE_PRAGMA:
            return first in TELLING
        if action == sqlite3.SQLITE_FUNCTION:
            return second not in BARRED
        if action == sqlite3.SQLITE_UPDATE:
            # SQLite says so of functions that make tables, such as json_each. Nobody
            # can change that table by a statement.
            return first == "sqlite_master"
        return action in READING


@dataclass(slots=True)
class _Names:
    """The function ``tag_names``: the tags of a post's blob, joined by blanks."""

    db: Db
    known: dict[int, str] = field(default_factory=dict)

    def __call__(self, blob: object) -> str | None:
        if not isinstance(blob, bytes) or len(blob) % 4:
            return None
        if not self.known:
            self.known.update(self.db.execute("select tag_id, name from tag"))
        return " ".join(sorted(self.known.get(tag, f"?{tag}") for tag in unpack(blob)))


def ask(
    file: LibraryFile, statement: str, values: Parameters = ()
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names of the columns, and the rows, that one statement finds.

    Parameters
    ----------
    file : LibraryFile
        An open library.
    statement : str
        One statement that reads.
    values : sequence or Mapping
        Its parameters. Times become microseconds.

    Raises
    ------
    ArgumentError
        If it would write, if it is none or several, or if SQLite does not understand
        it.
    StoreError
        If the file cannot be read, or is closed.
    """
    file.read(lambda _: None)  # which refuses what is closed or was forked
    try:
        with closing(connect(file.place, mode="ro")) as db:
            guard = _prepared(db)
            return _answer(db, guard, statement, _plain(values))
    except Foreign as error:
        raise translated(error, file.path) from error


def _prepared(db: Db) -> Guard:
    """Give a connection its views and its function, then take everything else."""
    db.create_function("tag_names", 1, _Names(db), deterministic=True)
    views.create(db, temporary=True)
    guard = Guard()
    db.execute("pragma query_only = on")
    db.set_authorizer(guard)
    return guard


def _answer(
    db: Db, guard: Guard, statement: str, values: Parameters
) -> tuple[list[str], list[tuple[Any, ...]]]:
    try:
        cursor = db.execute(statement, values)
        rows = cursor.fetchall()
    except sqlite3.Warning as error:  # Python 3.11's word for several statements
        raise _several() from error
    except sqlite3.ProgrammingError as error:
        if "one statement" in str(error):
            raise _several() from error
        raise ArgumentError(
            f"The parameters do not fit: {str(error).rstrip(chr(46))}."
        ) from error
    except sqlite3.InterfaceError as error:
        raise ArgumentError(
            f"The parameters do not fit: {str(error).rstrip(chr(46))}."
        ) from error
    except sqlite3.Error as error:
        raise _refusal(error, guard) from error
    if cursor.description is None:
        raise ArgumentError(
            "The statement gives no table. lib.sql('select …') reads one."
        )
    return [name for name, *_ in cursor.description], rows


def _refusal(error: sqlite3.Error, guard: Guard) -> Exception:
    """Return what an error of a statement means; the error itself where it is not."""
    if guard.refused is not None:
        return ArgumentError(
            f"lib.sql only reads, and refuses {guard.refused}. Change what is kept by "
            "the library's own methods; for everything else there is lib.snapshot()."
        )
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY
    if code != sqlite3.SQLITE_ERROR:
        return error
    hint = f" There are: {', '.join(views.views(tags=True))}."
    table = "no such table" in str(error)
    return ArgumentError(f"SQLite says: {error}.{hint * table}")


def _several() -> ArgumentError:
    return ArgumentError("lib.sql takes one statement, not several.")


def _plain(values: Parameters) -> Parameters:
    """Return parameters as SQLite takes them: NumPy's numbers and times as numbers."""
    if isinstance(values, Mapping):
        return {name: _value(value) for name, value in values.items()}
    if isinstance(values, str | bytes) or not isinstance(values, Sequence):
        raise ArgumentError(
            f"Parameters are a list, a tuple or a dict, not {values!r}. One is [one]."
        )
    return [_value(value) for value in values]


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return microseconds(value)
    item = getattr(value, "item", None)
    return item() if callable(item) else value
