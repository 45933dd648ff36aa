"""What a process that was killed has left on the disk."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from booru_nb import stats
from booru_nb.stats import leftovers
from tests.stats.samples import frame

COUNT = """
import sys, time
from pathlib import Path
from booru_nb import stats
counted = stats.of_parquet(Path(sys.argv[1]), engine="duckdb")
print("ready", flush=True)
time.sleep(600)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such locks")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "room"))
    (tmp_path / "room").mkdir()
    frame([{"cat"}]).to_parquet(tmp_path / "posts.parquet")
    return tmp_path / "posts.parquet"


def folders(file: Path) -> list[Path]:
    """Return the folders that are there, which are all an hour and more old."""
    found = sorted((file.parent / "room").iterdir())
    for folder in found:
        os.utime(folder, (0, 0))
    return found


def test_what_a_killed_process_has_left_is_removed_by_the_next(file: Path) -> None:
    room = {**os.environ, "TMPDIR": str(file.parent / "room")}
    command = [sys.executable, "-c", COUNT, str(file)]
    with subprocess.Popen(command, env=room, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        left = folders(file)
        leftovers.remove()
        while_it_counts = folders(file)
        process.send_signal(signal.SIGKILL)

    leftovers.remove()

    assert while_it_counts == left != []
    assert folders(file) == []


def test_what_this_process_counts_in_is_left_alone(file: Path) -> None:
    first = stats.of_parquet(file, engine="duckdb")
    before = folders(file)
    second = stats.of_parquet(file, engine="duckdb")

    assert set(before) < set(folders(file))
    assert len(first.counts()) == len(second.counts()) == 1


def test_a_folder_of_something_else_is_left_alone(file: Path) -> None:
    (file.parent / "room" / f"{leftovers.PREFIX}notes").mkdir()
    before = folders(file)

    leftovers.remove()

    assert folders(file) == before
