"""Reading: whole transactions, on other connections than the writer's."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import StoreError
from booru_nb.store import Durability, Store
from tests.store.samples import entries

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.store.connections import Db

COUNTS = """
select
  (select count(*) from bookmark),
  (select count(*) from tag_post),
  (select sum(length(tag_ids)) from post) / 4,
  (select sum(n) from tag)
"""


def test_no_reader_sees_half_a_write(store: Store) -> None:
    store.bookmarks.add(entries(0))
    writers, each = 16, 50
    done = threading.Event()
    torn: list[tuple[int, ...]] = []
    reads: list[int] = []

    def write(number: int) -> None:
        for i in range(each):
            new = entries(1 + number * each + i)
            store.bookmarks.add(new, durability=Durability.NORMAL)

    def read() -> None:
        while not done.is_set():
            bookmarks, *pairs = store.file.read(
                lambda db: db.execute(COUNTS).fetchone()
            )
            reads.append(bookmarks)
            if {*pairs} != {2 * bookmarks}:
                torn.append((bookmarks, *pairs))

    readers = [threading.Thread(target=read) for _ in range(4)]
    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in readers + threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()

    assert reads
    assert torn == []
    assert store.bookmarks.count() == 801


def test_all_that_a_work_reads_is_of_one_moment(store: Store) -> None:
    def work(_: Db) -> tuple[int, int]:
        before = store.bookmarks.count()
        other = threading.Thread(target=store.bookmarks.add, args=(entries(1),))
        other.start()
        other.join()
        return before, store.bookmarks.count()

    assert store.file.read(work) == (0, 0)
    assert store.bookmarks.count() == 1


def test_a_transaction_reads_what_it_has_written(store: Store) -> None:
    def work(_: Db) -> int:
        store.bookmarks.add(entries(1, 2))
        return store.bookmarks.count()

    assert store.file.write(work) == 2


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="read-only"):
        store.file.read(lambda db: db.execute("delete from bookmark"))


def test_connections_of_ended_threads_are_closed(store: Store) -> None:
    for _ in range(20):
        thread = threading.Thread(target=store.bookmarks.count)
        thread.start()
        thread.join()

    # What is left is that of the thread that opened the file, and the last one's.
    assert len(store.file._readers._of) == 2


def test_closing_waits_for_a_reader(path: Path) -> None:
    store = Store.open(path)
    reading, go_on = threading.Event(), threading.Event()
    counts: list[int] = []

    def work(db: Db) -> None:
        reading.set()
        go_on.wait()
        counts.append(db.execute("select count(*) from bookmark").fetchone()[0])

    reader = threading.Thread(target=store.file.read, args=(work,))
    reader.start()
    reading.wait()
    closer = threading.Thread(target=store.close)
    closer.start()
    go_on.set()
    reader.join()
    closer.join()

    assert counts == [0]
