"""A second SQLite library on the live file: unnecessary, and noticed at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import StoreError
from booru_nb.store import Store, checking, copies
from booru_nb.store.log import LOCKS
from tests.store.samples import entries, whole
from tests.support.othersqlite import open_read_close, second_library

if TYPE_CHECKING:
    import ctypes

ROOT = Path(__file__).parents[2]

needs_locks = pytest.mark.skipif(
    not Path(LOCKS).exists(), reason="this system does not list its locks"
)


@pytest.fixture
def second(tmp_path: Path) -> ctypes.CDLL:
    return second_library(tmp_path)


def elsewhere(path: Path) -> None:
    """Open and close the library in another process, which writes something."""
    code = (
        "import sys; from booru_nb.store import Store\n"
        "with Store.open(sys.argv[1]) as store: store.settings.set('limit', 1)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=True)


def locks() -> list[str]:
    """Return what this system says of the locks of this process."""
    process = str(os.getpid())
    lines = Path(LOCKS).read_text().splitlines()
    return sorted(line.split(":", 1)[1] for line in lines if process in line.split())


def found(store: Store) -> dict[str, bool]:
    return {finding.check: finding.ok for finding in checking.check(store.file)}


def kept(path: Path) -> int:
    """Return how many bookmarks another process sees."""
    code = (
        "import sys; from booru_nb.store import Store\n"
        "with Store.open(sys.argv[1]) as store: print(store.bookmarks.count())"
    )
    command = [sys.executable, "-c", code, str(path)]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return int(said.stdout)


def test_the_next_write_is_refused_and_nothing_acknowledged_is_lost(
    path: Path, second: ctypes.CDLL
) -> None:
    store = Store.open(path)
    for number in range(100):
        store.bookmarks.add(entries(number))

    assert open_read_close(second, path) == 100
    acknowledged = 100
    for number in range(100, 200):
        with pytest.raises(StoreError, match=r"was taken away.*lib\.snapshot"):
            store.bookmarks.add(entries(number))

    store.close()
    assert kept(path) == acknowledged
    with Store.open(path) as again:
        assert again.bookmarks.add(entries(100)).added == 1
    assert kept(path) == 101
    assert whole(path)


@needs_locks
@pytest.mark.parametrize("by", ["read-only library", "shutil.copy"])
def test_lost_locks_are_told_and_what_follows_from_them_is_refused(
    path: Path, tmp_path: Path, second: ctypes.CDLL, by: str
) -> None:
    store = Store.open(path)
    store.bookmarks.add(entries(*range(100)))
    assert found(store)["log"]

    if by == "shutil.copy":
        shutil.copy(path, tmp_path / "copy")
    else:
        assert open_read_close(second, path, read_only=True) == 100

    assert not found(store)["log"]
    store.bookmarks.add(entries(100))
    elsewhere(path)
    with pytest.raises(StoreError, match="was taken away"):
        store.bookmarks.add(entries(101))
    store.close()
    assert kept(path) == 101
    assert whole(path)


@needs_locks
def test_a_snapshot_may_be_opened_by_any_library(
    store: Store, path: Path, second: ctypes.CDLL
) -> None:
    store.bookmarks.add(entries(*range(100)))
    before = locks()

    with copies.snapshot(store.file) as copy:
        assert copy.stat().st_ino != path.stat().st_ino
        assert open_read_close(second, copy) == 100
        shutil.copy(copy, copy.with_name("further"))
        assert locks() == before

    elsewhere(path)
    for number in range(100, 200):
        store.bookmarks.add(entries(number))
    assert before
    assert kept(path) == 200
    assert not copy.parent.exists()


def test_a_log_that_another_process_deletes_is_noticed(
    store: Store, path: Path
) -> None:
    store.bookmarks.add(entries(1))
    Path(f"{path}-wal").unlink()

    with pytest.raises(StoreError, match="was taken away"):
        store.bookmarks.add(entries(2))

    assert not found(store)["log"]


def test_a_log_that_goes_during_a_write_is_told(store: Store, path: Path) -> None:
    def work(_: object) -> None:
        store.settings.set("limit", 1)
        Path(f"{path}-wal").unlink()

    with pytest.raises(StoreError, match="last change may be lost"):
        store.file.write(work)
