"""How many originals come whole from a bad server, and how fast from a good one.

Run it with ``python -m tests.benchmarks.downloads``, from the project's folder. The
server runs in a process of its own. What is to hold stands beside each figure.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from booru_nb import http
from booru_nb.media import Originals, Wanted
from booru_nb.media.disk import place
from tests.benchmarks.download_server import LATE, LIMIT, md5
from tests.benchmarks.thumbnails import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

SIZE = 300_000
FAULTY = 300
FAST = 300
ROUNDS = 3
POLICY = http.Policy(rate=None, connections=16, allow_private=True)

_home = tempfile.TemporaryDirectory(prefix="booru_nb-benchmark-")


@contextmanager
def server() -> Iterator[str]:
    """Run the server while the block runs, and give its address."""
    port = free_port()
    script = Path(__file__).with_name("download_server.py")
    with subprocess.Popen([sys.executable, script, str(port), str(SIZE)]) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def stats(base: str) -> dict[str, int]:
    """Return what the server was asked and sent since this was asked before."""
    with urllib.request.urlopen(f"{base}/stats") as answer:  # noqa: S310
        found: dict[str, int] = json.load(answer)
    return found


def new_folder() -> Path:
    """Return an empty folder, which is removed in the end."""
    return Path(tempfile.mkdtemp(dir=_home.name)).resolve()


async def have(
    base: str, kind: str, numbers: range, folder: Path, policy: http.Policy = POLICY
) -> None:
    """Download originals, each under its number, as the library does."""
    originals = Originals()

    async def one(number: int) -> None:
        wanted = Wanted(
            url=f"{base}/{kind}/{number}.jpg",
            policy=policy,
            folder=folder,
            limit=10 * SIZE,
            md5=SUMS[number],
            size=SIZE,
        )
        async with originals.fetched(wanted) as got:
            target = folder / f"{number}.jpg"
            await asyncio.to_thread(
                place, got.path, target, folder, shared=False, replace=False
            )

    waiting = iter(numbers)

    async def work() -> None:
        for number in waiting:
            await one(number)

    try:
        await asyncio.gather(*(work() for _ in range(24)))
    finally:
        await http.aclose()


async def bare(base: str, kind: str, numbers: range, folder: Path) -> None:
    """Stream originals into files with aiohttp alone, and check nothing."""
    connector = aiohttp.TCPConnector(limit=24)
    async with aiohttp.ClientSession(connector=connector) as session:
        waiting = iter(numbers)

        async def work() -> None:
            for number in waiting:
                async with session.get(f"{base}/{kind}/{number}.jpg") as answer:
                    part = folder / f"{number}.part"
                    with part.open("wb") as file:
                        async for piece in answer.content.iter_any():
                            file.write(piece)
                    part.rename(folder / f"{number}.jpg")

        await asyncio.gather(*(work() for _ in range(24)))


def intact(folder: Path, numbers: range) -> int:
    """Return how many files are there and whole."""
    return sum(
        (folder / f"{n}.jpg").is_file()
        and hashlib.md5((folder / f"{n}.jpg").read_bytes()).hexdigest() == SUMS[n]  # noqa: S324
        for n in numbers
    )


def faults(base: str) -> None:
    """Download from a server that fails at every fourth request."""
    folder, numbers = new_folder(), range(FAULTY)
    stats(base)
    began = time.perf_counter()
    asyncio.run(have(base, "bad", numbers, folder, replace(POLICY, backoff=0.05)))
    seconds = time.perf_counter() - began
    said = stats(base)
    ratio = said["bytes"] / (FAULTY * SIZE)
    others = len(list(folder.iterdir())) - FAULTY
    print(
        f"faults: {intact(folder, numbers)} of {FAULTY} intact, {others} other files, "
        f"bytes {ratio:.3f}x (<= 1.02), {said['requests']} requests, {seconds:.0f} s\n"
        f"        {said}"
    )


def pacing(base: str) -> None:
    """Download from a server that takes no more than 60 requests a second."""
    folder, numbers = new_folder(), range(FAULTY)
    stats(base)
    began = time.perf_counter()
    asyncio.run(have(base, "limited", numbers, folder, replace(POLICY, rate=LIMIT)))
    rate = FAULTY / (time.perf_counter() - began)
    said = stats(base)
    print(
        f"pacing: {rate:.1f}/s of {LIMIT} ({rate / LIMIT:.2f}, >= 0.90), "
        f"{said.get('429', 0)} answers 429 (0)"
    )


def coalescing(base: str) -> None:
    """Ask a hundred times for one original."""

    async def hundred() -> None:
        originals, folder = Originals(), new_folder()
        wanted = Wanted(
            url=f"{base}/late/1.jpg",
            policy=POLICY,
            folder=folder,
            limit=SIZE,
            md5=SUMS[1],
        )

        async def one() -> str:
            async with originals.fetched(wanted) as got:
                return got.sha256

        try:
            assert len(set(await asyncio.gather(*(one() for _ in range(100))))) == 1
        finally:
            await http.aclose()

    stats(base)
    asyncio.run(hundred())
    print(f"coalescing: 100 asked, {stats(base)['requests']} requests (1)")


def speed(base: str, kind: str) -> None:
    """Compare with aiohttp alone, which checks nothing."""
    numbers = range(FAST)
    runs: dict[str, Callable[..., Awaitable[None]]] = {"ours": have, "aiohttp": bare}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            folder = new_folder()
            began = time.perf_counter()
            asyncio.run(run(base, kind, numbers, folder))  # type: ignore[arg-type]
            seconds[name].append(time.perf_counter() - began)
            assert intact(folder, numbers) == FAST
    rates = {name: FAST / statistics.median(found) for name, found in seconds.items()}
    print(
        f"speed, {kind}: {rates['ours']:.0f}/s, aiohttp alone "
        f"{rates['aiohttp']:.0f}/s: "
        f"{rates['ours'] / rates['aiohttp']:.2f}"
    )


SUMS: dict[int, str] = {}


def main() -> None:
    """Measure, and print a line each."""
    SUMS.update({number: md5(number, SIZE) for number in range(FAULTY)})
    print(f"{SIZE:,} bytes a file; late: {LATE * 1000:.0f} ms")
    with _home, server() as base:
        # The faults' answers 429 slow down whatever is asked of this host after them.
        pacing(base)
        faults(base)
        coalescing(base)
        speed(base, "plain")
        speed(base, "late")


if __name__ == "__main__":
    main()
