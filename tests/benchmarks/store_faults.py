"""The store's fault tests at full size, with counts; the suite runs them smaller.

Run from the top level::

    python -m tests.benchmarks.store_faults
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.store import Durability, Store
from tests.store.samples import entries, whole
from tests.store.test_interrupts import add_until_interrupted, interrupted_after
from tests.store.test_processes import adding
from tests.store.test_read import COUNTS

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

INTERRUPTS = 400
KILLS = 20
SLOWEST = 0.5
"""Seconds within which 99 of 100 bookmarks are written, whoever else is at it."""

_wrong: list[str] = []


def told(line: str, *, right: bool) -> None:
    """Print a result, and remember it where it is wrong."""
    print(line if right else f"{line}  <- WRONG")
    if not right:
        _wrong.append(line)


def main() -> None:
    """Run each fault in a new library and print a line for it."""
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as name:
        paths = numbered(Path(name))
        threads(next(paths), writers=5, each=50, readers=0)
        threads(next(paths), writers=16, each=500, readers=4)
        processes(next(paths))
        for durability in Durability:
            kills(next(paths), durability)
        interrupts(next(paths))
    if _wrong:
        sys.exit(f"{len(_wrong)} of these do not hold")


def numbered(folder: Path) -> Iterator[Path]:
    """Yield the path of a new library each time."""
    number = 0
    while True:
        number += 1
        yield folder / f"{number}.booru"


def threads(path: Path, *, writers: int, each: int, readers: int) -> None:
    """Let threads write while others look for half a write."""
    times: list[float] = []
    torn: list[tuple[int, ...]] = []
    reads: list[int] = []
    done = threading.Event()
    with Store.open(path) as store:
        store.bookmarks.add(entries(0))

        def write(writer: int) -> None:
            for number in range(each):
                began = time.perf_counter()
                new = entries(1 + writer * each + number)
                store.bookmarks.add(new, durability=Durability.NORMAL)
                times.append(time.perf_counter() - began)

        def read() -> None:
            while not done.is_set():
                counts = store.file.read(lambda db: db.execute(COUNTS).fetchone())
                reads.append(counts[0])
                if set(counts[1:]) != {2 * counts[0]}:
                    torn.append(counts)

        looking = [threading.Thread(target=read) for _ in range(readers)]
        writing = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
        for thread in looking + writing:
            thread.start()
        for thread in writing:
            thread.join()
        done.set()
        for thread in looking:
            thread.join()
        lost = writers * each + 1 - store.bookmarks.count()
    times.sort()
    p99 = times[len(times) * 99 // 100]
    told(
        f"{writers} threads x {each}, {readers} readers: {lost} lost, {len(torn)} of "
        f"{len(reads)} reads torn, whole: {whole(path)}, p50 "
        f"{times[len(times) // 2] * 1e3:.1f} ms, p99 {p99 * 1e3:.0f} ms",
        right=not lost and not torn and whole(path) and p99 <= SLOWEST,
    )


def processes(path: Path) -> None:
    """Let four processes write a thousand bookmarks each."""
    began = time.perf_counter()
    running = [adding(path, 10_000 * n, 1_000, "full") for n in range(4)]
    for process in running:
        process.communicate()
    failed = sum(process.returncode != 0 for process in running)
    with Store.open(path) as store:
        lost = 4_000 - store.bookmarks.count()
    told(
        f"4 processes x 1000: {failed} failed, {lost} lost, whole: {whole(path)}, "
        f"{4_000 / (time.perf_counter() - began):.0f} bookmarks/s",
        right=not failed and not lost and whole(path),
    )


def kills(path: Path, durability: Durability) -> None:
    """Kill a writing process again and again."""
    chance = random.Random(1)  # noqa: S311 - a seed, so that it can be repeated
    acknowledged: set[int] = set()
    for round_ in range(KILLS):
        process = adding(path, 100_000 * round_, 100_000, durability)
        acknowledged |= killed_after(process, chance.randrange(10, 200))
    with Store.open(path) as store:
        kept = set(store.bookmarks.columns(columns=["id"])["id"])
    told(
        f"{KILLS} kills, {durability}: {len(acknowledged - kept)} of "
        f"{len(acknowledged)} acknowledged lost, whole: {whole(path)}",
        right=acknowledged <= kept and whole(path),
    )


def killed_after(process: subprocess.Popen[str], lines: int) -> set[int]:
    """Kill a process after it has said so many numbers; return all that it said."""
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    rest, _ = process.communicate()
    return {int(line) for line in [*said, *rest.split("\n")[:-1]]}


def interrupts(path: Path) -> None:
    """Interrupt at random moments; count what is left open."""
    chance = random.Random(os.environ.get("SEED", "1"))  # noqa: S311 - as above
    acknowledged: list[int] = []
    left_open = failed = 0
    with Store.open(path) as store:
        for round_ in range(INTERRUPTS):
            work = partial(add_until_interrupted, store, 1_000 * round_, acknowledged)
            interrupted_after(chance.uniform(0.0002, 0.01), work)
            writer = store.file._writer
            assert writer._db is not None
            left_open += writer._db.in_transaction or writer._thread is not None
            next_one = entries(10**7 + round_)
            failed += store.bookmarks.add(next_one).added != 1
        kept = set(store.bookmarks.columns(columns=["id"])["id"])
    lost = set(acknowledged) - kept
    told(
        f"{INTERRUPTS} interrupts: {left_open} left open, {failed} next writes failed, "
        f"{len(lost)} of {len(acknowledged)} acknowledged lost, whole: {whole(path)}",
        right=not left_open and not failed and not lost and whole(path),
    )


if __name__ == "__main__":
    main()
