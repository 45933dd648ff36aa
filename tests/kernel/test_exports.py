"""Exports in a real kernel, on its own loop and on one beside it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.export import markers
from booru_nb.export.folders import LocalFolder
from tests.support.downloads import ORIGINALS, served
from tests.support.kernel import Kernel

SETUP = """
import booru_nb as bn

lib = bn.open({file!r}, loop={kind!r})
lib.add_site({url!r}, name="quay", engine="danbooru", allow_private=True)
posts = lib.search(site="quay", limit=20, progress=False)
posts = posts[posts["file_url"].notna() & posts["ext"].isin(["jpg", "png"])].head(6)
ds = lib.dataset(posts, name="suns")
"""


@pytest.fixture(scope="module")
def booru() -> Iterator[tuple[DemoApp, str]]:
    with served() as both:
        yield both


@pytest.fixture(scope="module", params=["kernel", "background"])
def exporting(
    request: pytest.FixtureRequest,
    booru: tuple[DemoApp, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kernel]:
    """A kernel with a dataset of six posts."""
    folder = tmp_path_factory.mktemp("exporting")
    with Kernel(folder) as kernel:
        file = str(folder / "mine.booru")
        setup = SETUP.format(file=file, kind=request.param, url=booru[1])
        assert kernel.execute(setup).status == "ok"
        yield kernel


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
def test_a_dataset_is_written(
    exporting: Kernel, tmp_path: Path, *, awaited: bool
) -> None:
    call = "await ds.aio.export" if awaited else "ds.export"

    said = exporting.execute(f"set(({call}({str(tmp_path)!r}, 'kohya'))['status'])")

    assert said.value == "{'written'}"
    assert (tmp_path / "README.md").is_file()


def test_the_stop_button_keeps_what_is_committed(
    exporting: Kernel, booru: tuple[DemoApp, str], tmp_path: Path
) -> None:
    app, _ = booru
    gate = threading.Event()
    last = exporting.execute("posts['md5'].iloc[-1]").value.strip("'")
    app.faults.add(mishaps.hold(gate), path=f"*{last}*")
    call = f"ds.export({str(tmp_path)!r}, 'webdataset', shard_size=2)"
    request = exporting.submit(call)
    while len(markers.read(LocalFolder(tmp_path))) < 2:
        threading.Event().wait(0.01)
    exporting.interrupt()

    stopped = exporting.outcome(request)

    gate.set()
    app.faults.clear()
    app.calls.clear()
    assert stopped.error == "KeyboardInterrupt"
    assert "the same call goes on" in stopped.stdout + stopped.stderr
    assert not (tmp_path / "README.md").exists()
    assert exporting.execute(f"len({call})").value == "6"
    assert app.calls.count(ORIGINALS) <= 2
