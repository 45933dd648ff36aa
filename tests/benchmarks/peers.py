"""Originals to files and to shards, beside the programs that people use for it.

Run it with ``python -m tests.benchmarks.peers``, from the project's folder. The booru
runs in a process of its own, at once or with 50 ms of latency; each program runs in a
process of its own too, and takes turns with the others. Every file is checked for its
md5 afterwards. The first run installs the programs into the cache folder.

A program is measured with few and with many originals. What lies between is its
marginal time for each, without its start; the whole run is shown as well. CPU is that
of the program and of all processes that it starts.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.peer_tools import FILES, PAGE, SHARDS, Job, Tool, environment
from tests.benchmarks.thumbnails import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 1_000
_SHARED = Path("/dev/shm")  # noqa: S108  folders of unguessable names


class Spent(NamedTuple):
    """What a run took, in seconds."""

    wall: float
    cpu: float


class Round(NamedTuple):
    """How often, and how many originals at least and at most."""

    title: str
    tools: Sequence[Tool]
    kind: str
    few: int
    many: int
    rounds: int


CASES = (
    Round("files, 0 ms", FILES, "plain", 200, 1_000, 5),
    Round("files, 50 ms", FILES, "late", 100, 400, 3),
    Round("WebDataset, 0 ms", SHARDS, "plain", 200, 1_000, 5),
)


class Target(NamedTuple):
    """How many times another program's figure ours should be, at least."""

    case: str
    other: str
    figure: str
    least: float


TARGETS = (
    Target("files, 0 ms", "gallery-dl", "rate", 1),
    Target("files, 0 ms", "waifuboard", "rate", 3),
    Target("files, 0 ms", "img2dataset", "rate", 3),
    Target("files, 50 ms", "gallery-dl", "rate", 8),
    Target("files, 50 ms", "waifuboard", "rate", 3),
    Target("files, 50 ms", "img2dataset", "rate", 3),
    Target("WebDataset, 0 ms", "img2dataset", "rate", 1.5),
    Target("WebDataset, 0 ms", "img2dataset", "cpu", 3),
)


class Figures(NamedTuple):
    """Medians of a program: of whole runs, and of what each original more costs."""

    name: str
    whole: Spent
    each: Spent


@contextmanager
def booru() -> Iterator[str]:
    """Run the booru while the block runs, and give its address."""
    port = free_port()
    module = [sys.executable, "-m", "tests.benchmarks.peer_server"]
    with subprocess.Popen([*module, str(port), str(MOST)]) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def files(base: str, kind: str, count: int) -> dict[str, str]:
    """Return the addresses of the newest originals, with their md5."""
    asked = f"{base}/posts.json?tags={kind}&limit={count}"
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return {post["file_url"]: post["md5"] for post in json.load(answer)}


def spent(tool: Tool, base: str, kind: str, count: int) -> Spent:
    """Run a program, and return what it took, if all files came.

    They go into memory where that can be: some disks are slow for a minute after many
    files were deleted, so that each program would pay for the one before it.
    """
    at = _SHARED if _SHARED.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="booru_nb-peers-", dir=at) as name:
        job = Job(base, kind, count, Path(name), files(base, kind, count))
        command = tool.command(job)
        began = time.perf_counter()
        with (job.folder / "said").open("wb") as said:
            process = subprocess.Popen(
                command, stdout=said, stderr=subprocess.STDOUT, env=environment()
            )
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = Spent(time.perf_counter() - began, used.ru_utime + used.ru_stime)
        missing = set(job.files.values()) - sums(job.folder)
        if missing:
            words = (job.folder / "said").read_text(errors="replace")[-2000:]
            raise SystemExit(f"{tool.name} lacks {len(missing)} of {count}: {words}")
        return took


def sums(folder: Path) -> set[str]:
    """Return the md5 of each picture below a folder, loose or in a tar."""
    found = set()
    for path in folder.rglob("*.jp*g"):
        found.add(hashlib.md5(path.read_bytes()).hexdigest())  # noqa: S324
    for path in folder.rglob("*.tar"):
        with tarfile.open(path) as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is not None and member.name.endswith(("jpg", "jpeg")):
                    found.add(hashlib.md5(content.read()).hexdigest())  # noqa: S324
    return found


def measured(base: str, case: Round) -> list[Figures]:
    """Run all programs of a case in turns."""
    few: dict[str, list[Spent]] = {tool.name: [] for tool in case.tools}
    many: dict[str, list[Spent]] = {tool.name: [] for tool in case.tools}
    for _ in range(case.rounds):
        for tool in case.tools:
            few[tool.name].append(spent(tool, base, case.kind, case.few))
            many[tool.name].append(spent(tool, base, case.kind, case.many))
    more = case.many - case.few
    found = []
    for tool in case.tools:
        short, long = median(few[tool.name]), median(many[tool.name])
        each = Spent((long.wall - short.wall) / more, (long.cpu - short.cpu) / more)
        found.append(Figures(tool.name, long, each))
    return found


def median(runs: Sequence[Spent]) -> Spent:
    """Return the median wall time and the median CPU time."""
    return Spent(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
    )


def show(case: Round, found: Sequence[Figures]) -> None:
    """Print a table, with this library first."""
    load = os.getloadavg()[0]
    print(f"\n{case.title}: {case.many:,} originals, {case.rounds} rounds; load {load}")
    columns = ("", "s", "files/s", "ours", "marginal/s", "ours", "CPU ms each", "ours")
    print("{:<12}{:>8}{:>10}{:>8}{:>12}{:>8}{:>14}{:>8}".format(*columns))
    mine = found[0]
    for name, whole, each in found:
        print(
            f"{name:<12}{whole.wall:8.2f}{case.many / whole.wall:10.0f}"
            f"{whole.wall / mine.whole.wall:7.2f}x{1 / each.wall:12.0f}"
            f"{each.wall / mine.each.wall:7.2f}x{each.cpu * 1000:14.2f}"
            f"{each.cpu / mine.each.cpu:7.2f}x"
        )


def judged(case: Round, found: Sequence[Figures]) -> bool:
    """Print what should be reached, beside what was."""
    mine = found[0].each
    others = {figures.name: figures.each for figures in found}
    good = True
    for target in TARGETS:
        if target.case != case.title:
            continue
        other = others[target.other]
        rate, cpu = other.wall / mine.wall, other.cpu / mine.cpu
        ratio = rate if target.figure == "rate" else cpu
        held = ratio >= target.least
        good = good and held
        print(
            f"  {target.figure} against {target.other}: {ratio:.2f}x "
            f"(at least {target.least:g}x: {'held' if held else 'MISSED'})"
        )
    return good


def main() -> None:
    """Measure; the exit code says whether all targets were reached."""
    wanted = sys.argv[1:]
    assert MOST % PAGE == 0
    held = []
    with booru() as base:
        for case in CASES:
            if not wanted or any(word in case.title for word in wanted):
                found = measured(base, case)
                show(case, found)
                held.append(judged(case, found))
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
