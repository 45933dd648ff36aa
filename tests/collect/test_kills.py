"""Processes that are killed in mid-crawl, and the crawls that go on where they were."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.drawn import mishaps
from tests.store.samples import whole
from tests.support.collecting import Board, collect, ledger_holds, search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.drawn.faults import Fault

ROOT = Path(__file__).parents[2]

COLLECT = """
import sys
import booru_nb as bn

with bn.open(sys.argv[1]) as library:
    library.collect(limit=None, rating="any", progress=False)
"""


@contextmanager
def collecting(file: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Collect in another process, which is killed at the end of the block."""
    process = subprocess.Popen([sys.executable, "-c", COLLECT, str(file)], cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def hold(board: Board, page: int, gate: threading.Event) -> Fault:
    """Withhold a page, counted from now, and those behind it."""
    return board.app.faults.add(
        mishaps.hold(gate),
        path=board.dialect.listing,
        when=board.from_page(page),
        count=None,
    )


def wait_for(board: Board, pages: int) -> None:
    while board.asked() < pages:
        threading.Event().wait(0.01)


def goes_on(library: bn.Library, board: Board, file: Path, pages: int) -> None:
    """Check that a crawl goes on behind so many pages, and ends with all posts once."""
    assert len(library.posts()) == 20 * pages
    assert ledger_holds(library, board.visible())
    before = board.asked()

    found = collect(library)

    # The newest page again, those that are missing, and an empty one, asked for twice.
    assert board.asked() == before + (pages > 0) + (5 - pages) + 2
    pd.testing.assert_frame_equal(found, search(library))
    assert set(found["id"]) == board.visible()
    assert found["id"].is_unique
    assert library.posts()["id"].is_unique
    library.close()
    assert whole(file)


@pytest.mark.parametrize("pages", [0, 1, 4])
def test_a_killed_crawl_goes_on_where_it_was(
    board: Board, own: bn.Library, library_file: Path, pages: int
) -> None:
    own.close()
    gate = threading.Event()
    held = hold(board, pages + 1, gate)
    with collecting(library_file):
        wait_for(board, pages + 1)
    held.left = 0
    gate.set()

    with bn.open(library_file) as library:
        goes_on(library, board, library_file, pages)


def test_a_crawl_that_is_killed_while_it_writes_goes_on(
    board: Board, own: bn.Library, library_file: Path
) -> None:
    own.close()
    gate = threading.Event()
    held = hold(board, 3, gate)
    with closing(sqlite3.connect(library_file, isolation_level=None)) as other:
        with collecting(library_file):
            wait_for(board, 3)
            # The third page comes, and cannot be written.
            other.execute("begin immediate")
            held.left = 0
            gate.set()
            while not all(call.done for call in board.app.calls.of()):
                threading.Event().wait(0.01)
        other.execute("rollback")

    with bn.open(library_file) as library:
        goes_on(library, board, library_file, 2)
