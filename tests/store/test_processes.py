"""Several processes with one library, and processes that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from booru_nb.errors import StoreError
from booru_nb.store import Store
from tests.store.samples import entries, whole

ROOT = Path(__file__).parents[2]

ADD = """
import sys
from booru_nb.store import Durability, Store
from tests.store.samples import entries
path, first, count, durability = sys.argv[1:]
with Store.open(path) as store:
    for number in range(int(first), int(first) + int(count)):
        store.bookmarks.add(entries(number), durability=Durability(durability))
        print(number, flush=True)
"""


KILLS = 10
"""For each durability; together as many as `tests.benchmarks.store_faults` has each."""


def adding(
    path: Path, first: int, count: int, durability: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADD, str(path), str(first), str(count), durability],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_four_processes_lose_nothing_even_when_they_make_the_library(
    path: Path,
) -> None:
    processes = [adding(path, 10_000 * n, 1_000, "normal") for n in range(4)]

    for process in processes:
        process.communicate()

    assert [process.returncode for process in processes] == [0] * 4
    with Store.open(path) as store:
        assert store.bookmarks.count() == 4_000
        assert store.file.generation() == 4_000
    assert whole(path)


@pytest.mark.parametrize("durability", ["full", "normal"])
def test_what_was_acknowledged_survives_a_kill(path: Path, durability: str) -> None:
    acknowledged: list[int] = []
    for round_ in range(KILLS):
        process = adding(path, 10_000 * round_, 10_000, durability)
        assert process.stdout is not None
        acknowledged += [int(process.stdout.readline()) for _ in range(10 + 3 * round_)]
        process.kill()
        rest, _ = process.communicate()
        acknowledged += [int(line) for line in rest.split("\n")[:-1]]

    with Store.open(path) as store:
        kept = store.bookmarks.columns(columns=["id"])["id"]
    assert len(acknowledged) >= sum(10 + 3 * n for n in range(KILLS))
    assert set(acknowledged) - set(kept) == set()
    assert whole(path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_is_refused_and_the_parent_goes_on(path: Path) -> None:
    store = Store.open(path)
    store.bookmarks.add(entries(1))

    says = in_a_child(store, path)

    store.bookmarks.add(entries(2))
    assert store.bookmarks.count() == 2
    store.close()
    assert whole(path)
    assert says == ["forked"] * 3


def in_a_child(store: Store, path: Path) -> list[str]:
    """Read, write and open in a forked child; return which were refused as forked."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        attempts = (
            store.bookmarks.count,
            lambda: store.bookmarks.add(entries(9)),
            lambda: Store.open(path),
        )
        try:
            for attempt in attempts:
                os.write(into, refusal(attempt).encode() + b" ")
            store.close()
        finally:
            os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with os.fdopen(out) as answers:
        return answers.read().split()


def refusal(attempt: object) -> str:
    assert callable(attempt)
    try:
        attempt()
    except StoreError as error:
        return "forked" if "forked" in str(error) else "otherwise"
    return "allowed"
