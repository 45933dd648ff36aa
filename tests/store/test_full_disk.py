"""A disk that is full, and a file that may not grow: said, survived, nothing lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from booru_nb.store import Store
from tests.store.samples import whole

ROOT = Path(__file__).parents[2]

FILL = """
import json, sys
from pathlib import Path
from booru_nb.errors import StoreError
from booru_nb.store import Durability, Store
from tests.store.samples import entries

path, narrow, widen = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
acknowledged, refused, number = [], [], 0
with Store.open(path) as store:
    store.bookmarks.add(entries(number))
    exec(narrow)
    while len(refused) < 20 and number < 20_000:
        number += 1
        try:
            durability = list(Durability)[number % 2]
            store.bookmarks.add(entries(number), durability=durability)
            acknowledged.append(number)
        except StoreError as error:
            refused.append(str(error))
    seen = store.bookmarks.count()
    exec(widen)
    store.bookmarks.add(entries(999_999))
print(json.dumps([acknowledged, refused, seen]))
"""
"""Writes until nothing goes in any more, makes room, and writes once more."""


def fill(path: Path, narrow: str, widen: str, *before: str) -> list[Any]:
    """Return what was acknowledged, what was refused, and how many were seen then."""
    command = [*before, sys.executable, "-c", FILL, str(path), narrow, widen]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: list[Any] = json.loads(done.stdout)
    return found


def test_a_file_that_may_not_grow_loses_nothing(path: Path) -> None:
    pytest.importorskip("resource")
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({}, r.RLIM_INFINITY))"

    acknowledged, refused, seen = fill(
        path, limit.format(700_000), limit.format("r.RLIM_INFINITY")
    )

    assert acknowledged
    assert len(refused) == 20
    assert all("Nothing was changed" in sentence for sentence in refused)
    assert seen == len(acknowledged) + 1
    with Store.open(path) as store:
        kept = set(store.bookmarks.columns(columns=["id"])["id"])
    assert kept == {0, 999_999, *acknowledged}
    assert whole(path)


MOUNT = 'mount -t tmpfs -o size=2m tmpfs "$0" && "$@" && cp "$0"/* "$OUT"'


def may_mount(folder: Path) -> bool:
    """Tell whether this process may mount something that nobody else sees."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path) -> None:
    disk, out = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    out.mkdir()
    if not may_mount(disk):
        pytest.skip("only root may mount a small disk")
    filler = disk / "filler"
    narrow = f"Path({str(filler)!r}).write_bytes(bytes(1_300_000))"
    before = ("env", f"OUT={out}", "unshare", "--mount", "sh", "-c", MOUNT, str(disk))

    acknowledged, refused, seen = fill(
        disk / "library.booru", narrow, f"Path({str(filler)!r}).unlink()", *before
    )

    assert acknowledged
    assert len(refused) == 20
    assert any("disk is full" in sentence for sentence in refused)
    assert seen == len(acknowledged) + 1
    with Store.open(out / "library.booru") as store:
        kept = set(store.bookmarks.columns(columns=["id"])["id"])
    assert kept == {0, 999_999, *acknowledged}
    assert whole(out / "library.booru")
