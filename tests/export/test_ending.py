"""Exports that end in the middle: killed, stopped, or without room on the disk."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import DiskFullError
from booru_nb.export import markers
from booru_nb.export.folders import LocalFolder
from booru_nb.export.formats import FORMATS
from booru_nb.export.running import run
from tests.export.formats.exports import posts
from tests.support.exporting import Drawing, export

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]

DRIVER = """
import asyncio, sys
from tests.export.formats.exports import posts
from tests.support.exporting import Drawing, export

class Stuck(Drawing):
    async def __call__(self, post):
        if post["id"] == 7:
            print("here", flush=True)
            await asyncio.Event().wait()
        return await super().__call__(post)

export(posts(10), sys.argv[1], originals=Stuck(), format=sys.argv[2])
"""

FULL = """
import resource, sys
from tests.export.formats.exports import posts
from tests.support.exporting import export
from booru_nb.errors import DiskFullError
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
try:
    export(posts(10), sys.argv[1])
except DiskFullError as error:
    print(error)
"""


def _driver(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def _committed(to: Path) -> set[int]:
    found = markers.read(LocalFolder(to)).values()
    return {row.id for marker in found if marker.hash for row in marker.rows}


@pytest.mark.parametrize("name", ["webdataset", "kohya"])
def test_after_a_kill_nothing_committed_is_fetched_again(
    tmp_path: Path, name: str
) -> None:
    with _driver(DRIVER, str(tmp_path / "x"), name) as driver:
        assert driver.stdout is not None
        assert driver.stdout.readline() == "here\n"
        driver.kill()
    committed, drawing = _committed(tmp_path / "x"), Drawing()

    found = export(posts(10), tmp_path / "x", originals=drawing, format=name)

    assert committed
    assert not committed & set(drawing.asked)
    whole = export(posts(10), tmp_path / "new", format=name)
    assert found.attrs == whole.attrs


def test_a_killed_export_does_not_look_whole(tmp_path: Path) -> None:
    export(posts(6), tmp_path)
    with _driver(DRIVER, str(tmp_path), "webdataset") as driver:
        assert driver.stdout is not None
        assert driver.stdout.readline() == "here\n"
        driver.kill()

    names = {"README.md", "manifest.parquet", "croissant.json"}
    assert not names & {path.name for path in tmp_path.iterdir()}


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".0f.booru_nb-part").write_text("half")

    export(posts(), tmp_path)

    assert not list(tmp_path.glob(".*-part"))


def test_a_stopped_export_keeps_what_is_committed(tmp_path: Path) -> None:
    reached = asyncio.Event()

    class Stuck(Drawing):
        async def __call__(self, post: Mapping[str, Any]) -> bytes:
            if post["id"] == 7:
                reached.set()
                await asyncio.Event().wait()
            return await super().__call__(post)

    async def stopped() -> None:
        layout = FORMATS["webdataset"](shard_size=2)  # type: ignore[call-arg]  # every layout has it
        work = run(
            posts(10), name="skies", to=tmp_path, format=layout, originals=Stuck()
        )
        task = asyncio.create_task(work)
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stopped())
    committed, drawing = _committed(tmp_path), Drawing()
    export(posts(10), tmp_path, originals=drawing)

    assert committed
    assert drawing.asked == Counter(set(range(1, 11)) - committed)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no such limit")
def test_a_full_disk_is_said_and_nothing_looks_whole(tmp_path: Path) -> None:
    with _driver(FULL, str(tmp_path / "x")) as driver:
        assert driver.stdout is not None
        said = driver.stdout.read()

    assert "has no room" in said
    assert not list((tmp_path / "x").glob("*.tar"))
    assert not (tmp_path / "x" / "README.md").exists()


def test_a_full_disk_while_fetching_ends_the_export(tmp_path: Path) -> None:
    async def full(_post: Mapping[str, Any]) -> bytes:
        raise DiskFullError("The disk has no room.")

    with pytest.raises(DiskFullError):
        export(posts(), tmp_path, originals=full)
