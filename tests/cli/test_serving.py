import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb import cli
from booru_nb.cli import lab
from booru_nb.drawn import badday
from booru_nb.drawn.calls import Call
from booru_nb.drawn.faults import Faults
from booru_nb.sites import ENGINES

ROOT = Path(__file__).parents[2]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command, and end it as Ctrl-C does."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "booru_nb.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def line_with(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """Return where the command's output first matches."""
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if match := re.search(pattern, line):
            return match
    raise AssertionError(seen)


def status(url: str) -> int:
    """Return an answer's status; the server may need a moment to listen."""
    for _ in range(200):
        with (
            suppress(ConnectionError, urllib.error.URLError),
            urllib.request.urlopen(url) as answer,  # noqa: S310
        ):
            return int(answer.status)
        time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def test_notebooks_are_copied(tmp_path: Path) -> None:
    lab.copy_notebooks(tmp_path / "new")

    shipped = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (tmp_path / "new").iterdir()} == shipped
    assert lab.FIRST in shipped


def test_a_copy_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / lab.FIRST).write_text("mine")

    lab.copy_notebooks(tmp_path)

    assert (tmp_path / lab.FIRST).read_text() == "mine"


def test_lab_opens_on_the_copies_and_passes_options_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=t"]
    with running("lab", str(tmp_path), "--", *options) as process:
        line_with(process, "is running at")
        url = f"http://localhost:{port}/api/contents/{lab.FIRST}?content=0&token=t"
        assert status(url) == 200


def test_demo_serves_the_booru() -> None:
    with running("demo", "--port", "0") as process:
        url = line_with(process, r"(http://127\.0\.0\.1:\d+)")[1]
        with urllib.request.urlopen(f"{url}/posts.json?limit=1") as answer:  # noqa: S310
            assert answer.read(1) == b"["


@pytest.mark.parametrize("engine", ENGINES)
def test_demo_speaks_a_dialect_and_says_what_to_type(
    engine: str, library_file: Path
) -> None:
    with running("demo", "--port", "0", "--dialect", engine) as process:
        line = line_with(process, r"lib\.add_site\(.*\)")[0]
        with bn.open(library_file) as lib:
            name = eval(line, {"lib": lib})  # noqa: S307 - what a person would type
            found = lib.search(site=name, limit=5, rating="any", progress=False)

    assert len(found) == 5


def test_the_dialects_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["demo", "--help"])

    said = capsys.readouterr().out
    assert [engine for engine in ENGINES if engine not in said] == []


def test_a_share_of_requests_goes_wrong() -> None:
    faults = Faults()
    badday.begin(faults, share=0.3)
    calls = 2000
    wrong = sum(faults.take(Call("GET", "/", {}, {})) is not None for _ in range(calls))

    assert 0.25 < wrong / calls < 0.35


@pytest.mark.parametrize("share", ["2", "-1", "x"])
def test_a_share_that_is_none_is_refused(
    share: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["demo", "--faults", share])

    assert "--faults" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    code = cli.main(["lab", str(tmp_path / "file" / "below")])

    assert code == 1
    assert "cannot be used" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with running("demo", "--port", "0") as process:
        port = line_with(process, r"http://127\.0\.0\.1:(\d+)")[1]
        code = cli.main(["demo", "--port", port])

    assert code == 1
    assert port in capsys.readouterr().err


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])

    assert re.match(r"\d+\.\d+", capsys.readouterr().out)
