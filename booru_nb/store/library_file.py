"""One open library file: its readers, its writer, and what a fork does to them."""

from __future__ import annotations

import os
import sqlite3
import weakref
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from booru_nb.errors import StoreError
from booru_nb.store import files, migrations
from booru_nb.store.connections import Db, Place, Readers, connect
from booru_nb.store.faults import PRIMARY, damaged, translated
from booru_nb.store.transactions import Durability, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from booru_nb.store.log import Log

T = TypeVar("T")


class LibraryFile:
    """A library file, made where there is none.

    Parameters
    ----------
    place : Place
        Where.
    steps : sequence of str
        The migrations, as in `booru_nb.store.migrations`.

    Raises
    ------
    StoreError
        If the file is not a library, or cannot be used. It is left as it was.
    """

    def __init__(
        self,
        place: Place,
        *,
        steps: Sequence[str] = migrations.MIGRATIONS,
    ) -> None:
        self.path = path = place.path.expanduser().resolve()
        self.place = place = replace(place, path=path)
        self._inherited = False
        files.require_sqlite()
        try:
            _prepare(place, steps)
            self._writer = Writer(place)
        except sqlite3.Error as error:
            raise translated(error, path) from error
        self._readers = Readers(place)
        self._identity = _identity(path)
        _OPEN.add(self)

    def read(self, work: Callable[[Db], T]) -> T:
        """Return what a work reads; all that it sees is of one moment.

        Inside the caller's own transaction it sees what that has written so far.

        Raises
        ------
        StoreError
            If the file cannot be read, or the library is closed.
        """
        self._refuse_after_a_fork()
        if self._writer.is_mine():
            return self.write(work, counts=False)
        return self._readers.read(work)

    def write(
        self,
        work: Callable[[Db], T],
        *,
        durability: Durability = Durability.FULL,
        counts: bool = True,
    ) -> T:
        """Do a work in a transaction: all of it, or nothing.

        Parameters
        ----------
        work : callable
            Gets a connection, and returns what `write` returns. It must not wait for
            anything but the file. Works may call `write` again, directly or not: the
            inner part joins the outer.
        durability : Durability
            ``FULL`` for what a person does by hand, ``NORMAL`` for bulk.
        counts : bool
            Whether it is a new generation: False only for what no frame of posts,
            bookmarks or tags shows, such as the history and the settings. A part that
            counts makes the whole count.

        Raises
        ------
        StoreError
            If SQLite refuses, if the library is closed, or if another task of this
            thread is inside a transaction. Nothing is written then.
        """
        self._refuse_after_a_fork()
        return self._writer.write(work, durability, counts=counts)

    @property
    def log(self) -> Log | None:
        """The log that is written; None where the file system allows none."""
        return self._writer.log

    def generation(self) -> int:
        """Return the number of transactions that changed posts, of all processes."""
        return self.read(
            lambda db: int(
                db.execute("select value from meta where key = 'gen'").fetchone()[0]
            )
        )

    def stamp(self) -> str | None:
        """Return a word for what the posts, bookmarks and tags of the file are now.

        It is another one after each writing transaction that counts, also in a copy of
        the file. Called inside a read, it is that of what is read there. None inside
        the caller's own transaction, whose changes have no word yet.
        """
        return None if self._writer.is_mine() else self.read(_stamp)

    def close(self) -> None:
        """Close every connection, after the last work; closing twice is nothing."""
        self._writer.refuse_inside()
        self._readers.close()
        self._writer.close()
        _OPEN.discard(self)

    def _refuse_after_a_fork(self) -> None:
        if self._inherited:
            raise _forked(self.path)

    def abandon(self) -> None:
        """Forget what belongs to the parent process; called in a forked child."""
        self._inherited = True
        _INHERITED.add(self._identity)
        # Closing them here could remove the log that the parent is writing.
        _NEVER_CLOSED.extend(self._writer.abandon())
        _NEVER_CLOSED.extend(self._readers.abandon())


def _stamp(db: Db) -> str:
    number, word = db.execute(
        """
        select max(value) filter (where key = 'gen'),
               max(value) filter (where key = 'stamp')
        from meta
        """
    ).fetchone()
    return f"{number}-{word}"


def _prepare(place: Place, steps: Sequence[str]) -> None:
    path = place.path
    if not files.exists(path):
        files.create(
            path, lambda begun: migrations.build(replace(place, path=begun), steps)
        )
    version = files.inspect(path, newest=len(steps))
    if _identity(path) in _INHERITED:
        raise _forked(path)
    try:
        _look_inside(place)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_CANTOPEN:
            raise
        _leave_write_ahead_mode(place)
        _look_inside(place)
    if version < len(steps):
        migrations.migrate(place, steps)


def _look_inside(place: Place) -> None:
    """Raise `DamagedFileError` where the tables cannot be read."""
    # Closing a connection that can write would move a log that a crash has left behind
    # into the file, damaged or not.
    log = place.path.with_name(f"{place.path.name}-wal")
    mode = "ro" if log.exists() and log.stat().st_size else "rw"
    try:
        with closing(connect(place, mode=mode)) as db:
            found = db.execute("select 1 from meta where key = 'gen'").fetchone()
            db.execute("select 1 from post, bookmark, tag_post limit 1")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise damaged(place.path, error) from error
    if found is None:
        raise damaged(place.path, "its tables are not whole")


def _leave_write_ahead_mode(place: Place) -> None:
    """Make a library usable that was copied to where there is no shared memory."""
    with closing(connect(place)) as db:
        # Only an exclusive lock does without the memory.
        db.execute("pragma locking_mode = exclusive")
        db.execute("pragma journal_mode = delete")


def _identity(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def _forked(path: Path) -> StoreError:
    return StoreError(
        f"{path} was open when this process was forked, and SQLite's locks do not "
        "survive that. Open it only in the child, or start processes with the method "
        "'spawn' of multiprocessing."
    )


# SQLite remembers per process which files it has locked, and a child inherits that
# memory but not the locks. A new connection in the child would go without them: its
# commits vanished as soon as the parent closed the file (tried: 10 of 10).
_OPEN: weakref.WeakSet[LibraryFile] = weakref.WeakSet()
_INHERITED: set[tuple[int, int]] = set()
_NEVER_CLOSED: list[Db] = []


def _forget() -> None:
    for file in list(_OPEN):
        file.abandon()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
