"""The stop button at any moment: no open transaction, no lock held, nothing lost."""

from __future__ import annotations

import gc
import random
import signal
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from booru_nb.store import Durability, Store
from tests.store.samples import entries, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from booru_nb.store.connections import Db

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no interval timers"
)

INTERRUPTS = 400

ENDLESS = """
with recursive n (x) as (select 1 union all select x + 1 from n)
select count(*) as x from n
"""


@pytest.fixture(autouse=True)
def _no_garbage_collection() -> Iterator[None]:
    """Collect no garbage meanwhile: what is raised in a hook of that is dropped."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def interrupted_after(seconds: float, work: Callable[[], None]) -> None:
    """Run endless work, and raise `KeyboardInterrupt` somewhere in it after so long.

    Python drops what is raised in a finaliser, so a press that got lost is repeated.
    """
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 2)
        work()
    except KeyboardInterrupt:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def add_until_interrupted(store: Store, first: int, acknowledged: list[int]) -> None:
    number = first
    while True:
        store.bookmarks.add(entries(number), durability=Durability.NORMAL)
        acknowledged.append(number)
        store.bookmarks.columns(columns=["id", "tags"])
        number += 1


def others_can_write(store: Store) -> bool:
    """Tell whether another thread gets the lock, and the file's lock, at once."""
    thread = threading.Thread(
        target=store.settings.set, args=("x", 1), name="other", daemon=True
    )
    thread.start()
    thread.join(20)
    return not thread.is_alive()


def test_interrupts_at_random_moments_leave_nothing_open(
    store: Store, path: Path
) -> None:
    chance = random.Random(7)  # noqa: S311 - a seed, so that it can be repeated
    acknowledged: list[int] = []
    writer = store.file._writer
    left_open = failed = 0
    for round_ in range(INTERRUPTS):
        work = partial(add_until_interrupted, store, 1000 * round_, acknowledged)
        interrupted_after(chance.uniform(0.0002, 0.006), work)
        assert writer._db is not None
        left_open += writer._db.in_transaction or writer._thread is not None
        readers = store.file._readers._of.values()
        left_open += any(r.db.in_transaction or r.reading for r in readers)
        assert others_can_write(store)
        failed += store.bookmarks.add(entries(10**7 + round_)).added != 1

    assert (left_open, failed) == (0, 0)
    kept = store.bookmarks.columns(columns=["id"])["id"]
    assert set(kept) >= set(acknowledged)
    assert whole(path)


def test_a_long_read_stops_at_once(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), interrupted_soon():
        store.file.read(lambda db: db.execute(ENDLESS).fetchall())

    assert store.bookmarks.count() == 0


def test_a_long_write_stops_at_once_and_leaves_nothing(store: Store) -> None:
    def work(db: Db) -> None:
        store.bookmarks.add(entries(1))
        db.execute(f"insert into setting select 'x', x from ({ENDLESS})")  # noqa: S608 - a constant

    with pytest.raises(KeyboardInterrupt), interrupted_soon():
        store.file.write(work)

    assert store.bookmarks.count() == 0
    assert store.bookmarks.add(entries(2)).added == 1


@contextmanager
def interrupted_soon() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
