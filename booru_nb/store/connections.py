"""SQLite connections: how one is opened, and one for each thread that reads.

Only the standard library's `sqlite3` opens a library file that is in use here. Every
other SQLite library in the process (ADBC, apsw, DuckDB, connectorx) would take the
locks of this one for its own, and let them go: acknowledged writes are then lost.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, field
from functools import cached_property
from inspect import isawaitable, iscoroutine
from typing import TYPE_CHECKING, TypeVar

from booru_nb.errors import StoreError
from booru_nb.store import predicates
from booru_nb.store.faults import Foreign, translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

Db = sqlite3.Connection
"""What a work gets: it reads, and writes where it may, but opens no transaction."""


class Connection(sqlite3.Connection):
    """A connection that remembers the numbers of tags.

    A tag is never deleted and keeps its number, whoever writes. Only what is undone
    here was never there, and is to be forgotten.
    """

    @cached_property
    def tag_ids(self) -> dict[str, int]:
        """Return what is remembered, to be added to."""
        return {}


BUSY_SECONDS = 15
"""How long to wait for another process; four busy ones were measured at up to 2 s."""

PULSE = 20_000
"""Steps of SQLite's machine between two looks for an interrupt: about a millisecond."""


@dataclass(frozen=True)
class Place:
    """Where a library is, and how to get at it.

    Parameters
    ----------
    path : Path
        The file.
    vfs : str, optional
        SQLite's name of the way to lock and share the file (default: the system's).
        ``unix-dotfile`` is for file systems on which locks do not work.
    patience : float
        Seconds to wait while another process writes.
    """

    path: Path
    vfs: str | None = None
    patience: float = BUSY_SECONDS


def connect(place: Place, *, mode: str = "rw") -> Connection:
    """Open a file that exists.

    Parameters
    ----------
    place : Place
        Where.
    mode : str
        ``rw``, or ``ro`` for a connection that cannot write.

    Returns
    -------
    Connection
        Without a transaction of its own accord.

    Raises
    ------
    sqlite3.Error
        If it cannot be opened.
    """
    uri = f"{place.path.absolute().as_uri()}?mode={mode}"
    db = sqlite3.connect(
        f"{uri}&vfs={place.vfs}" if place.vfs else uri,
        uri=True,
        timeout=place.patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        factory=Connection,
    )
    db.execute("pragma foreign_keys = on")
    db.execute("pragma temp_store = memory")
    predicates.register(db)
    # Without it an interrupt would wait for the end of the statement.
    db.set_progress_handler(lambda: 0, PULSE)
    return db


def perform(work: Callable[[Db], T], db: Db, path: Path) -> T:
    """Return what a work returns.

    Raises
    ------
    StoreError
        If SQLite refuses, or if the work is not finished when it returns.
    """
    try:
        result = work(db)
    except Foreign as error:
        raise translated(error, path) from error
    if isawaitable(result):
        if iscoroutine(result):
            result.close()
        raise StoreError(
            "A transaction cannot wait: it would hold the library while others run. "
            "Await first, then write what came with a plain function."
        )
    return result


@dataclass(eq=False, slots=True)
class Reader:
    """A connection that cannot write, and the thread's place in it."""

    db: Db
    lock: threading.RLock = field(default_factory=threading.RLock)
    reading: bool = False

    def end(self) -> None:
        """Let go of what was seen."""
        self.reading = False
        if self.db.in_transaction:
            self.db.execute("rollback")


class Readers:
    """A reading connection for each thread.

    Parameters
    ----------
    place : Place
        The library file.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._path = place.path
        self._opening = threading.Lock()
        self._closed = False
        self._of: dict[threading.Thread, Reader] = {}

    def read(self, work: Callable[[Db], T]) -> T:
        """Return what a work reads; all that it sees is of one moment."""
        reader = self._mine()
        with reader.lock:
            if reader.reading:
                return perform(work, reader.db, self._path)
            if self._closed:
                raise closed(self._path)
            try:
                if reader.db.in_transaction:
                    reader.db.execute("rollback")
                reader.db.execute("begin")
                reader.reading = True
                return perform(work, reader.db, self._path)
            except Foreign as error:
                raise translated(error, self._path) from error
            finally:
                try:
                    reader.end()
                finally:  # an interrupt may have come in the line before
                    reader.end()

    def _mine(self) -> Reader:
        thread = threading.current_thread()
        if reader := self._of.get(thread):
            return reader
        with self._opening:
            if self._closed:
                raise closed(self._path)
            self._close_those_of_ended_threads()
            reader = self._of[thread] = Reader(self._open())
        return reader

    def _open(self) -> Db:
        try:
            db = connect(self._place)
            db.execute("pragma cache_size = -16384")
            # Only the writer moves the log into the file.
            db.execute("pragma wal_autocheckpoint = 0")
            db.execute("pragma query_only = on")
        except sqlite3.Error as error:
            raise translated(error, self._path) from error
        return db

    def _close_those_of_ended_threads(self) -> None:
        for thread in [t for t in self._of if not t.is_alive()]:
            self._of.pop(thread).db.close()

    def close(self) -> None:
        """Close all, each when its thread has finished reading."""
        with self._opening:
            self._closed = True
            readers, self._of = list(self._of.values()), {}
        for reader in readers:
            with reader.lock:
                reader.db.close()

    def abandon(self) -> list[Db]:
        """Forget all without closing, and return them."""
        inherited = [reader.db for reader in self._of.values()]
        self._opening, self._of, self._closed = threading.Lock(), {}, True
        return inherited


def closed(path: Path) -> StoreError:
    """Return the error for using what is closed."""
    return StoreError(f"The library {path} is closed. Open it again: booru_nb.open(…).")
