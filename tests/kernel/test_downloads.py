"""Downloads in a real kernel, on its own loop and on one beside it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from tests.support.downloads import ORIGINALS, names, served, whole
from tests.support.kernel import Kernel

SETUP = """
import booru_nb as bn

lib = bn.open({file!r}, loop={kind!r})
lib.add_site({url!r}, name="quay", engine="danbooru", allow_private=True)
posts = lib.search(site="quay", limit=20, progress=False)
posts = posts[posts["file_url"].notna()].head(6)
"""


@pytest.fixture(scope="module")
def booru() -> Iterator[tuple[DemoApp, str]]:
    with served() as both:
        yield both


@pytest.fixture(scope="module", params=["kernel", "background"])
def downloading(
    request: pytest.FixtureRequest,
    booru: tuple[DemoApp, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kernel]:
    """A kernel with a library and six posts."""
    folder = tmp_path_factory.mktemp("downloading")
    with Kernel(folder) as kernel:
        file = str(folder / "mine.booru")
        setup = SETUP.format(file=file, kind=request.param, url=booru[1])
        assert kernel.execute(setup).status == "ok"
        yield kernel


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
def test_files_come(downloading: Kernel, tmp_path: Path, *, awaited: bool) -> None:
    call = "await lib.aio.download" if awaited else "lib.download"

    said = downloading.execute(f"set(({call}(posts, to={str(tmp_path)!r}))['status'])")

    assert said.value == "{'downloaded'}"
    assert len(names(tmp_path)) == 6


def test_the_stop_button_keeps_the_files_that_came(
    downloading: Kernel, booru: tuple[DemoApp, str], tmp_path: Path
) -> None:
    app, _ = booru
    gate = threading.Event()
    first = downloading.execute("posts['md5'].iloc[0]").value.strip("'")
    app.faults.add(mishaps.hold(gate), path=f"*{first}*")
    request = downloading.submit(f"lib.download(posts, to={str(tmp_path)!r})")
    while len(whole(tmp_path)) < 5:
        threading.Event().wait(0.01)
    downloading.interrupt()

    stopped = downloading.outcome(request)

    gate.set()
    app.faults.clear()
    app.calls.clear()
    assert stopped.error == "KeyboardInterrupt"
    assert "of 6 files. Stopped" in stopped.stdout + stopped.stderr
    here = f"lib.files()['path'].str.startswith({str(tmp_path)!r}).sum().item()"
    assert downloading.execute(here).value == "5"
    assert downloading.execute("len(lib.retry())").value == "1"
    assert app.calls.count(ORIGINALS) == 1
    assert len(names(tmp_path)) == 6
