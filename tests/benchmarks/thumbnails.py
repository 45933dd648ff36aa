"""How fast thumbnails come, against plain httpx and bare aiohttp.

Run it with ``python -m tests.benchmarks.thumbnails``, from the project's folder. It
fetches 1,000 thumbnails of 8 kB over 16 connections from a server in a process of its
own, in five interleaved rounds, and prints medians and their ratios beside the figures
to hold. Pacing is off, and answers stay in memory unless the line says otherwise.

httpx's own pool tries to import ``sniffio`` some ten times a request where it is not
installed, which alone slows plain httpx down; so the table says whether it is.
"""

from __future__ import annotations

import asyncio
import importlib.util
import itertools
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import aiohttp
import httpx

from booru_nb import http
from booru_nb.media import DiskCache, Memory, Thumbnails

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 1_000
CONNECTIONS = 16
ROUNDS = 5
SIZE = 8_192

Fetch: TypeAlias = Callable[[str], Awaitable[object]]
Runner: TypeAlias = Callable[[list[str]], Awaitable[float]]

_home = tempfile.TemporaryDirectory(prefix="booru_nb-benchmark-")

POLICY = http.Policy(rate=None, connections=CONNECTIONS, allow_private=True)


class Case(NamedTuple):
    """A line of the table: how it is run, and what it should reach."""

    name: str
    run: Runner
    of_httpx: float | None = None
    of_aiohttp: float | None = None
    of_pool: float | None = None


async def through_workers(urls: list[str], fetch: Fetch) -> float:
    """Return the thumbnails a second of sixteen workers."""
    waiting = iter(urls)

    async def work() -> None:
        for url in waiting:
            await fetch(url)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    return len(urls) / (time.perf_counter() - began)


async def plain_httpx(urls: list[str]) -> float:
    """Measure an `httpx.AsyncClient` with its own pool."""
    limits = httpx.Limits(
        max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS
    )
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def fetch(url: str) -> None:
            _whole((await client.get(url)).content)

        return await through_workers(urls, fetch)


async def bare_aiohttp(urls: list[str]) -> float:
    """Measure an `aiohttp.ClientSession`."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def fetch(url: str) -> None:
            async with session.get(url) as response:
                _whole(await response.read())

        return await through_workers(urls, fetch)


async def library_client(urls: list[str]) -> float:
    """Measure `http.fetch`, the library's way to every small file."""

    async def fetch(url: str) -> None:
        _whole((await http.fetch(url, POLICY, max_bytes=2 * SIZE)).data)

    try:
        return await through_workers(urls, fetch)
    finally:
        await http.aclose()


async def library_cached(urls: list[str]) -> float:
    """Measure `Thumbnails.get` until every picture is there, in an empty folder."""
    thumbnails = Thumbnails(DiskCache(_new_folder()), memory=Memory())

    async def fetch(url: str) -> None:
        _whole((await thumbnails.get(url, POLICY)).data)

    try:
        return await through_workers(urls, fetch)
    finally:
        await thumbnails.flush()
        await http.aclose()


async def library_written(urls: list[str]) -> float:
    """Measure the same until every file is written, too."""
    thumbnails = Thumbnails(DiskCache(_new_folder()), memory=Memory())

    async def fetch(url: str) -> None:
        _whole((await thumbnails.get(url, POLICY)).data)

    began = time.perf_counter()
    try:
        await through_workers(urls, fetch)
        await thumbnails.flush()
        return len(urls) / (time.perf_counter() - began)
    finally:
        await http.aclose()


async def library_hits(urls: list[str]) -> float:
    """Measure `Thumbnails.get` where every file is on disk already."""
    cache = DiskCache(_new_folder())
    filling = Thumbnails(cache, memory=Memory())

    async def fill(url: str) -> None:
        await filling.get(url, POLICY)

    await through_workers(urls, fill)
    await filling.flush()
    await http.aclose()
    reading = Thumbnails(cache, memory=Memory())

    async def fetch(url: str) -> None:
        _whole((await reading.get(url, POLICY)).data)

    return await through_workers(urls, fetch)


async def library_burst(urls: list[str]) -> float:
    """Measure `http.fetch` where everything is asked for at once."""

    async def fetch(url: str) -> None:
        _whole((await http.fetch(url, POLICY, max_bytes=2 * SIZE)).data)

    began = time.perf_counter()
    try:
        await asyncio.gather(*(fetch(url) for url in urls))
        return len(urls) / (time.perf_counter() - began)
    finally:
        await http.aclose()


def _new_folder() -> Path:
    """Return an empty folder, which is removed when all rounds are over.

    ext4 without a journal looks at every file that was lately removed when it makes a
    new one, so that cleaning up in between would be what is measured.
    """
    return Path(tempfile.mkdtemp(dir=_home.name))


def _whole(data: bytes) -> None:
    if len(data) != SIZE:
        raise AssertionError(f"{len(data)} bytes came instead of {SIZE}.")


CASES = (
    Case("bare aiohttp", bare_aiohttp),
    Case("plain httpx", plain_httpx),
    Case("http.fetch", library_client, of_httpx=4.0, of_aiohttp=0.22),
    Case("Thumbnails, filling the disk", library_cached, of_httpx=3.0, of_aiohttp=0.15),
    Case("the same, until all is written", library_written),
    Case("Thumbnails, from the disk", library_hits),
    Case("http.fetch, all at once", library_burst, of_pool=0.6),
)


@contextmanager
def server() -> Iterator[str]:
    """Run the server while the block runs, and give its address."""
    port = free_port()
    script = Path(__file__).with_name("thumbnail_server.py")
    with subprocess.Popen([sys.executable, script, str(port), str(SIZE)]) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """Wait until a server listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The server did not start.")


def measured(base: str) -> dict[str, float]:
    """Return the median rate of each case."""
    numbers = itertools.count()
    rates: dict[str, list[float]] = {case.name: [] for case in CASES}
    for _ in range(ROUNDS):
        for case in CASES:
            urls = [f"{base}/{next(numbers)}.jpg" for _ in range(COUNT)]
            rates[case.name].append(asyncio.run(_run(case.run, urls)))
    return {name: statistics.median(values) for name, values in rates.items()}


async def _run(run: Runner, urls: list[str]) -> float:
    return await run(urls)


def table(rates: dict[str, float]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'':32}{'/s':>8}{'of httpx':>18}{'of aiohttp':>18}{'of http.fetch':>18}"
    for case in CASES:
        rate = rates[case.name]
        yield (
            f"{case.name:32}{rate:8,.0f}"
            f"{_ratio(rate / rates['plain httpx'], case.of_httpx):>18}"
            f"{_ratio(rate / rates['bare aiohttp'], case.of_aiohttp):>18}"
            f"{_ratio(rate / rates['http.fetch'], case.of_pool):>18}"
        )


def _ratio(value: float, target: float | None) -> str:
    if target is None:
        return f"{value:.2f}"
    return f"{value:.2f} {'>=' if value >= target else 'MISSES'} {target:.2f}"


def main() -> None:
    """Measure, and print the table."""
    installed = importlib.util.find_spec("sniffio") is not None
    with _home, server() as base:
        rates = measured(base)
    print(
        f"{COUNT:,} thumbnails of {SIZE:,} bytes, {CONNECTIONS} connections, medians "
        f"of {ROUNDS} rounds.\nhttpx {httpx.__version__}, aiohttp "
        f"{aiohttp.__version__}, sniffio {'' if installed else 'not '}installed.\n"
    )
    print("\n".join(table(rates)))


if __name__ == "__main__":
    main()
