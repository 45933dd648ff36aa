"""Imports that are stopped or killed: all of it came, or nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from booru_nb.store import Store
from tests.store.samples import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
POSTS = 3_000

IMPORT = """
import sys
import booru_nb as bn
from booru_nb.portable.importing import Import

# Says when the transaction has begun to fill, so that it can be killed in it.
rows = Import.rows
def telling(self):
    for number, row in enumerate(rows(self)):
        if number == 2_500:
            print("now", flush=True)
            sys.stdin.readline()
        yield row
Import.rows = telling
with bn.open(sys.argv[1]) as library:
    library.import_json(sys.argv[2])
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "document.json"
    posts = [
        {"site": "d", "id": n, "tags": [f"t{n % 50}"], "collected": True}
        for n in range(POSTS)
    ]
    head = {"format": "booru_nb library", "version": 1}
    path.write_text(json.dumps({**head, "posts": posts}))
    return path


@pytest.fixture
def stop() -> Iterator[None]:
    """Make an alarm the stop button."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system has no interval timers")
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("stop")
def test_an_import_that_is_stopped_leaves_nothing(
    library_file: Path, document: Path
) -> None:
    stopped = 0
    with bn.open(library_file) as library:
        for delay in (0.01, 0.03, 0.06, 0.1):
            try:
                signal.setitimer(signal.ITIMER_REAL, delay)
                library.import_json(document, dry_run=True)
                signal.setitimer(signal.ITIMER_REAL, 0)
            except KeyboardInterrupt:
                stopped += 1
            assert library._state.store.posts.count() == 0
        assert library.check(full=True)["ok"].all()
        library.import_json(document)
        assert library._state.store.posts.count() == POSTS
    assert stopped


def test_an_import_that_is_killed_leaves_nothing(
    library_file: Path, document: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(library_file), str(document)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    process.kill()
    process.communicate()

    with Store.open(library_file) as store:
        assert store.posts.count() == 0
    assert whole(library_file)
