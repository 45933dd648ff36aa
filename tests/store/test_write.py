"""Writing: one transaction, whoever asks and however deep."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import StoreError
from booru_nb.store import Durability, Store
from tests.store.samples import entries, whole

if TYPE_CHECKING:
    from booru_nb.store.connections import Db


def in_threads(count: int, work: object) -> list[BaseException]:
    """Run a work in so many threads that start at once; return what they raised."""
    assert callable(work)
    barrier = threading.Barrier(count)
    errors: list[BaseException] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            errors.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_the_write_lock_re_enters(store: Store) -> None:
    def outer(db: Db) -> int:
        store.bookmarks.add(entries(1))
        return store.file.write(lambda inner: store.bookmarks.count() + (inner is db))

    assert store.file.write(outer) == 2


def test_five_threads_with_fifty_bookmarks_make_250_rows(
    store: Store, path: Path
) -> None:
    def work(number: int) -> None:
        for i in range(50):
            store.bookmarks.add(entries(number * 50 + i))

    assert in_threads(5, work) == []
    assert store.bookmarks.count() == 250
    assert whole(path)


def test_racing_threads_with_the_same_bookmark_make_one(store: Store) -> None:
    assert in_threads(8, lambda _: store.bookmarks.add(entries(1))) == []
    assert store.bookmarks.count() == 1


def test_a_failing_work_leaves_nothing(store: Store) -> None:
    def work(_: Db) -> None:
        store.bookmarks.add(entries(1))
        raise KeyError

    with pytest.raises(KeyError):
        store.file.write(work)

    assert store.bookmarks.count() == 0


def test_an_inner_failure_undoes_its_own_part_only(store: Store) -> None:
    def inner(_: Db) -> None:
        store.bookmarks.add(entries(2))
        raise KeyError

    def outer(_: Db) -> None:
        store.bookmarks.add(entries(1))
        with pytest.raises(KeyError):
            store.file.write(inner)

    store.file.write(outer)

    assert store.bookmarks.keys() == {("danbooru", 1)}


def test_an_inner_work_never_commits(store: Store, path: Path) -> None:
    seen: list[int] = []

    def outer(_: Db) -> None:
        store.bookmarks.add(entries(1))
        with Store.open(path) as other:
            seen.append(other.bookmarks.count())

    store.file.write(outer)

    assert seen == [0]


def test_each_writing_transaction_counts_once(store: Store) -> None:
    before = store.file.generation()

    store.bookmarks.add(entries(1, 2, 3))
    store.bookmarks.remove([("danbooru", 99)])

    assert store.file.generation() == before + 1


def test_what_changes_no_posts_is_no_new_generation(store: Store) -> None:
    before = store.file.generation(), store.file.stamp()

    store.settings.set("page_size", 40)

    assert (store.file.generation(), store.file.stamp()) == before


def test_a_part_that_counts_makes_the_whole_count(store: Store) -> None:
    before = store.file.generation()

    def work(_: Db) -> None:
        store.bookmarks.add(entries(1))
        store.settings.set("page_size", 40)

    store.file.write(work, counts=False)

    assert store.file.generation() == before + 1


def test_copies_of_a_file_differ_as_soon_as_they_are_changed(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.close()
    copy = Path(shutil.copy(path, tmp_path / "copy.booru"))
    with Store.open(path) as one, Store.open(copy) as other:
        same = one.file.stamp() == other.file.stamp()
        one.bookmarks.add(entries(1))
        other.bookmarks.add(entries(2))

        assert same
        assert one.file.generation() == other.file.generation()
        assert one.file.stamp() != other.file.stamp()


def test_what_is_not_committed_yet_has_no_stamp(store: Store) -> None:
    def work(_: Db) -> str | None:
        store.bookmarks.add(entries(1))
        return store.file.stamp()

    assert store.file.write(work) is None


def test_durability_is_that_of_the_outermost_work(store: Store) -> None:
    def synchronous(db: Db) -> int:
        return int(db.execute("pragma synchronous").fetchone()[0])

    normal = store.file.write(synchronous, durability=Durability.NORMAL)
    full = store.file.write(synchronous)

    assert (normal, full) == (1, 2)


def test_a_work_that_waits_is_refused(store: Store) -> None:
    async def work(_: Db) -> None:
        await asyncio.sleep(0)

    with pytest.raises(StoreError, match="Await first"):
        store.file.write(work)  # type: ignore[unused-coroutine] # it is refused


def test_another_task_cannot_enter_a_transaction(store: Store) -> None:
    async def other() -> None:
        store.bookmarks.add(entries(2))

    def work(_: Db) -> None:
        store.bookmarks.add(entries(1))
        asyncio.run(other())

    with pytest.raises(StoreError, match=r"Another task.*inside a transaction"):
        store.file.write(work)
    assert store.bookmarks.count() == 0


def test_another_task_does_not_see_what_a_transaction_has_written(store: Store) -> None:
    async def other() -> int:
        return store.bookmarks.count()

    def work(_: Db) -> int:
        store.bookmarks.add(entries(1))
        return asyncio.run(other())

    assert store.file.write(work) == 0


def test_tasks_take_turns(store: Store) -> None:
    async def add(number: int) -> None:
        await asyncio.to_thread(store.bookmarks.add, entries(number))

    async def add_all() -> None:
        await asyncio.gather(*map(add, range(20)))

    asyncio.run(add_all())

    assert store.bookmarks.count() == 20


def test_a_store_is_not_closed_inside_a_transaction(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot be closed inside"):
        store.file.write(lambda _: store.close())
    store.bookmarks.add(entries(1))

    assert store.bookmarks.count() == 1


def test_an_error_of_sqlite_is_a_sentence(store: Store, path: Path) -> None:
    with pytest.raises(StoreError, match=f"{path} could not do this.*no such table"):
        store.file.write(lambda db: db.execute("delete from nowhere"))


def test_a_full_disk_is_said_and_nothing_is_lost(store: Store, path: Path) -> None:
    store.bookmarks.add(entries(1))
    writer = store.file._writer._db
    assert writer is not None
    [pages] = writer.execute("pragma page_count").fetchone()
    writer.execute(f"pragma max_page_count = {pages}")

    with pytest.raises(StoreError, match=r"disk is full.*Free some space"):
        store.bookmarks.add(entries(*range(1000)))

    assert store.bookmarks.keys() == {("danbooru", 1)}
    writer.execute("pragma max_page_count = 1000000")
    store.bookmarks.add(entries(2))
    assert whole(path)


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_transaction_that_sqlite_gave_up_is_not_committed(
    store: Store, *, goes_on: bool
) -> None:
    def work(db: Db) -> None:
        store.bookmarks.add(entries(1))
        db.execute("rollback")  # as SQLite does on some errors
        if goes_on:
            store.bookmarks.add(entries(2))

    with pytest.raises(StoreError, match="gave up the transaction"):
        store.file.write(work)

    assert store.bookmarks.count() == 0


def test_a_busy_file_is_said(store: Store, path: Path) -> None:
    writer = store.file._writer._db
    assert writer is not None
    writer.execute("pragma busy_timeout = 1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(StoreError, match="is in use: another program"):
        store.bookmarks.add(entries(1))

    other.close()
    assert store.bookmarks.add(entries(1)).added == 1


@pytest.mark.parametrize("value", [2**63, "\ud800"])
def test_a_value_that_sqlite_cannot_hold_is_said(store: Store, value: object) -> None:
    with pytest.raises(StoreError, match="cannot hold a value"):
        store.file.write(
            lambda db: db.execute("insert into setting values ('x', ?)", (value,))
        )
