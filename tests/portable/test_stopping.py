"""Imports that are stopped or killed: all of it came, or nothing."""

from __future__ import annotations

import gc
import json
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from booru_nb.store import Store
from tests.store.samples import whole
from tests.store.test_interrupts import interrupted_after

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
def _no_garbage_collection() -> Iterator[None]:
    """Collect no garbage meanwhile: what is raised in a hook of that is dropped."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_garbage_collection")
@pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no interval timers"
)
def test_an_import_that_is_stopped_leaves_nothing(
    library_file: Path, document: Path
) -> None:
    ended: list[float] = []
    with bn.open(library_file) as library:

        def work(delay: float) -> None:
            library.import_json(document, dry_run=True)
            ended.append(delay)

        for delay in (0.01, 0.03, 0.06, 0.1):
            interrupted_after(delay, partial(work, delay))
            assert library._state.store.posts.count() == 0
        assert library.check(full=True)["ok"].all()
        library.import_json(document)
        assert library._state.store.posts.count() == POSTS
    assert len(ended) < 4


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
