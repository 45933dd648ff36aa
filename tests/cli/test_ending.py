"""How the command ends where somebody stops it, or stops to read."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from booru_nb.drawn import mishaps
from tests.support.command import ITSELF, command
from tests.support.downloads import ORIGINALS, library, names, served

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.drawn.calls import Call


def test_a_reader_that_has_enough_is_no_error() -> None:
    found = [*ITSELF, "search", "--site", "demo", "--limit", "200", "--json"]
    with subprocess.Popen(
        found, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "[\n"
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()

    assert (process.returncode, said) == (0, "")


def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        ended = subprocess.run(
            [*ITSELF, "search", "--site", "demo", "--limit", "3"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert ended.returncode == 1
    assert ended.stderr == "The answer could not be written: No space left on device.\n"


def _further(call: Call) -> bool:
    return call.query.get("page", "1") != "1"


def test_ctrl_c_prints_the_posts_that_came(tmp_path: Path) -> None:
    gate = threading.Event()
    file = tmp_path / "mine.booru"
    with served() as (app, url):
        with library(file, url):
            pass
        app.faults.add(mishaps.hold(gate), path="/posts.json*", when=_further)
        ask = [*ITSELF, "search", "--limit", "all", "--library", str(file), "--json"]
        with subprocess.Popen(
            ask, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            while len(app.calls.of("/posts.json*")) < 2:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        gate.set()

    assert process.returncode == 130
    assert "200 posts had arrived" in err
    assert out.count('"id": ') == 200


def test_ctrl_c_keeps_the_files_that_came(tmp_path: Path) -> None:
    gate = threading.Event()
    file, to = tmp_path / "mine.booru", tmp_path / "a"
    with served() as (app, url):
        with library(file, url) as lib:
            found = lib.search("lighthouse", limit=20, progress=False)
            posts = found[found["file_url"].notna()].head(4)
            given = posts.booru.to_json(tmp_path / "posts.json")
        app.faults.add(mishaps.hold(gate), path=f"*{posts['md5'].iloc[0]}*")
        ask = ["download", str(given), "--library", str(file), "--to", str(to)]
        with subprocess.Popen(
            [*ITSELF, *ask], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            while len([n for n in names(to) if n.endswith("jpg")]) < 3:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        gate.set()
        app.calls.clear()
        again = command(*ask)

        assert process.returncode == 130
        assert re.search("[123] of 4 files are there", err)
        assert again.returncode == 0
        assert again.stderr == f"3 present, 1 downloaded, in {to}\n"
        assert len(app.calls.of(ORIGINALS)) == 1


def test_ctrl_c_in_an_export_is_gone_on_with(tmp_path: Path) -> None:
    gate = threading.Event()
    file, to = tmp_path / "mine.booru", tmp_path / "a"
    with served() as (app, url):
        with library(file, url):
            pass
        app.faults.add(mishaps.hold(gate), path=ORIGINALS)
        ask = ["export", "lighthouse", "--site", "quay", "--limit", "3", "--to", to]
        ask += ["--format", "webdataset", "--option", "shard_size=1"]
        given = [*ITSELF, *map(str, ask), "--library", str(file)]
        with subprocess.Popen(given, stderr=subprocess.PIPE, text=True) as process:
            while not app.calls.of(ORIGINALS):
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        gate.set()
        assert (process.returncode, (to / "README.md").exists()) == (130, False)
        assert f"What is complete in {to} is kept" in err

        assert command(*ask, "--library", file).returncode == 0

    assert (to / "README.md").exists()


def test_no_progress_is_shown_where_no_terminal_is() -> None:
    ended = command("search", "sky", "--site", "demo", "--limit", "5", "--json")

    assert ended.stderr == ""


def test_help_is_there_without_anything_heavy() -> None:
    heavy = "{'httpx', 'aiohttp', 'starlette', 'scipy', 'altair', 'PIL', 'anywidget'}"
    code = (
        "import sys\n"
        "from booru_nb import cli\n"
        "try:\n    cli.main(['search', '--help'])\n"
        f"except SystemExit:\n    print(sorted({heavy} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert ended.stdout.splitlines()[-1] == "[]"
