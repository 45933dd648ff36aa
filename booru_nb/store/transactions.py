"""The one way to write: a work, done in one transaction on the one writer connection.

A transaction is a function that is called, and not a ``with`` block of ours. An
interrupt that arrives between the last line of such a block and the first of its
``__exit__`` would leave the transaction open and the lock held (tried with an empty
block: 3,557 of 20,000 interrupts; with a function: none), because only ``try`` and the
locks of C have no such gap.
"""

from __future__ import annotations

import asyncio
import threading
import warnings
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from booru_nb.errors import StoreError
from booru_nb.store.connections import Connection, Db, closed, connect, perform
from booru_nb.store.faults import Foreign, translated
from booru_nb.store.log import Log

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.store.connections import Place

T = TypeVar("T")

_COUNT = """
update meta
set value = iif(key = 'gen', value + 1, lower(hex(randomblob(8))))
where key in ('gen', 'stamp')
"""


class Durability(StrEnum):
    """What a power cut may take; a crash of the kernel takes nothing either way."""

    FULL = "full"
    """Nothing: what a person does by hand."""

    NORMAL = "normal"
    """The last few transactions, each as a whole: what can be fetched again."""


class Writer:
    """The connection that writes, and whose turn it is.

    Parameters
    ----------
    place : Place
        The library file.

    Raises
    ------
    sqlite3.Error
        If the file cannot be opened.
    """

    def __init__(self, place: Place) -> None:
        self._path = place.path
        self._lock = threading.RLock()
        self._thread: int | None = None
        self._task: asyncio.Task[Any] | None = None
        self._synchronous: Durability | None = None
        self._counts = True
        self._committed = False
        self._db: Connection | None = connect(place)
        self._db.execute("pragma cache_size = -65536")
        self.log = Log(place.path) if self._write_ahead(self._db) else None

    def _write_ahead(self, db: Db) -> bool:
        word: str = db.execute("pragma journal_mode = wal").fetchone()[0]
        if word == "wal":
            db.execute("select 1 from meta").fetchone()  # which opens the log
            return True
        # SQLite says so by the word alone, for example on network file systems.
        db.execute("pragma journal_mode = delete")
        warnings.warn(
            f"{self._path} lies on a file system without shared memory: writing is "
            "slower there, and waits for readers. A local disk suits a library better.",
            stacklevel=2,
        )
        return False

    def is_mine(self) -> bool:
        """Tell whether the caller, thread and task, is inside its own transaction."""
        return self._thread == threading.get_ident() and self._task is _task()

    def write(
        self, work: Callable[[Db], T], durability: Durability, *, counts: bool
    ) -> T:
        """Do a work in a transaction, or as a part of the one that the caller is in.

        Parameters
        ----------
        work : callable
            Gets the connection, and returns what `write` returns. Inside another
            work it joins that one's transaction: its own failure undoes its own part,
            and the outer one's failure undoes both.
        durability : Durability
            The outermost one counts.
        counts : bool
            Whether it may change posts, bookmarks, tags or the names that go with
            them; one such part makes the whole count.

        Raises
        ------
        StoreError
            If SQLite refuses, if the library is closed, or if another task of this
            thread is inside a transaction. Nothing is written then.
        """
        with self._lock:
            if self._thread is not None:
                return self._join(work, counts=counts)
            try:
                db = self._begin(durability)
                self._counts = counts
                result = perform(work, db, self._path)
                self._commit(db)
            except Foreign as error:
                raise translated(error, self._path) from error
            else:
                return result
            finally:
                try:
                    self._end()
                finally:  # an interrupt may have come in the line before
                    self._end()

    def _begin(self, durability: Durability) -> Connection:
        if (db := self._db) is None:
            raise closed(self._path)
        self._thread, self._task = threading.get_ident(), _task()
        self._committed = False
        if db.in_transaction:
            db.execute("rollback")
        if self.log is None:
            durability = Durability.FULL
        if durability != self._synchronous:
            self._synchronous = None  # unknown, if an interrupt comes now
            db.execute(f"pragma synchronous = {durability}")
            self._synchronous = durability
        db.execute("begin immediate")
        if self.log is not None:
            self.log.check()
        self._changes = db.total_changes
        return db

    def _commit(self, db: Db) -> None:
        if not db.in_transaction:
            raise StoreError(
                f"{self._path} gave up the transaction because of an earlier error. "
                "Nothing was changed; try again."
            )
        if self._counts and db.total_changes != self._changes:
            db.execute(_COUNT)
        db.execute("commit")
        self._committed = True
        if self.log is not None:
            self.log.check(written=True)

    def _end(self) -> None:
        if self._db is not None and not self._committed:
            self._db.tag_ids.clear()
            if self._db.in_transaction:
                self._db.execute("rollback")
        self._thread = self._task = None

    def _join(self, work: Callable[[Db], T], *, counts: bool) -> T:
        if self._task is not _task():
            raise StoreError(
                "Another task of this thread is inside a transaction: it must not wait "
                "for anything there. Await first, then write what came."
            )
        if (db := self._db) is None or not db.in_transaction:
            raise StoreError(f"{self._path} gave up the transaction. Try it again.")
        done = False
        self._counts |= counts
        db.execute("savepoint part")
        try:
            result = perform(work, db, self._path)
            done = True
            return result
        finally:
            # A full disk or an interrupt may have ended the whole transaction.
            if not done:
                db.tag_ids.clear()
            if db.in_transaction:
                if not done:
                    db.execute("rollback to part")
                db.execute("release part")

    def refuse_inside(self) -> None:
        """Raise `StoreError` where the calling thread is inside a transaction."""
        with self._lock:
            if self._thread is not None:
                raise StoreError("A library cannot be closed inside a transaction.")

    def close(self) -> None:
        """Close the connection, when the others have finished writing."""
        with self._lock:
            if self._db is not None:
                self._db.close()
            self._db = None

    def abandon(self) -> list[Db]:
        """Forget the connection without closing it, and return it."""
        inherited: list[Db] = [self._db] if self._db is not None else []
        self._lock, self._db = threading.RLock(), None
        self._thread = self._task = None
        return inherited


def _task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # no loop runs here
        return None
