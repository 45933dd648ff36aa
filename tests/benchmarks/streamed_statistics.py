"""Statistics of a Parquet file in memory and streamed: time, and memory at the peak.

Run from the top level, on a machine that does nothing else::

    python -m tests.benchmarks.streamed_statistics --size 1000000
    python -m tests.benchmarks.streamed_statistics --size 3000000 --memory 2GB

Each engine runs in a process of its own, so that each has its own peak.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from booru_nb import stats
from tests.benchmarks import drawn_posts

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = 1000
PART = 100_000
MEMORY_GB = 8.0


def main() -> None:
    """Print what each engine needs; the exit code says whether answers are the same."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=100_000)
    arguments.add_argument("--memory", default="2GB")
    arguments.add_argument("--engines", default="memory,duckdb")
    arguments.add_argument("--of", type=Path, help="count this file only")
    given = arguments.parse_args()
    if given.of:
        count(given.of, given.engines, given.memory)
        return
    answers = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.parquet"
        write(path, given.size)
        print(f"{given.size:,} posts, {path.stat().st_size / 1e6:,.0f} MB of Parquet")
        for engine in given.engines.split(","):
            options = ["--of", str(path), "--engines", engine, "--memory", given.memory]
            command = [sys.executable, "-m", __spec__.name, *options]
            said = subprocess.run(command, check=True, capture_output=True, text=True)
            *lines, answer = said.stdout.splitlines()
            print(f"{engine}:", *lines, sep="\n  ")
            answers.add(answer)
    print("same answers" if len(answers) == 1 else "DIFFERENT ANSWERS")
    sys.exit(len(answers) != 1)


def write(path: Path, size: int) -> None:
    """Write drawn posts with nothing but what statistics and queries need."""
    words = drawn_posts.vocabulary()
    chance = np.random.default_rng(7)
    names = np.array(words.names, dtype=object)
    first = pd.Timestamp("2020-01-01", tz="UTC").value // 1_000
    schema = None
    writer = None
    for start in range(0, size, PART):
        count = min(PART, size - start)
        sizes = np.maximum(chance.poisson(drawn_posts.TAGS_A_POST + 5, count), 1)
        drawn = words.bounds.searchsorted(chance.random(sizes.sum()))
        each = np.split(drawn, np.cumsum(sizes)[:-1])
        times = first + np.arange(start, start + count) * 60_000_000
        columns = {
            "site": pa.array(["danbooru"] * count),
            "id": pa.array(np.arange(start, start + count) + 1),
            "rating": pa.array(chance.choice(["general", "sensitive"], count)),
            "score": pa.array(chance.integers(-5, 200, count)),
            "tags": pa.array([" ".join(names[np.unique(codes)]) for codes in each]),
            "created_at": pa.array(times, pa.timestamp("us", "UTC")),
        }
        table = pa.table(columns, schema)
        if writer is None:
            schema = table.schema
            writer = pq.ParquetWriter(path, schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def count(path: Path, engine: str, memory: str) -> None:
    """Ask a file everything, and print times, the peak, and what was answered."""
    digest = hashlib.sha256()
    start = time.perf_counter()
    found = stats.of_parquet(path, engine=engine, memory=memory)
    tag = found.counts()["tag"].iloc[3]
    print(f"{'made, and counts':<28}{time.perf_counter() - start:8.2f} s")
    asks: dict[str, Callable[[], pd.DataFrame]] = {
        "related": lambda: found.related(tag, measure="npmi"),
        "co-occurrence, top 1,000": lambda: found.cooccurrence(top=TOP),
        "over time": lambda: found.over_time([tag]),
        "by rating": lambda: found.counts(by="rating"),
        "query with a score": lambda: found.related(f"{tag} score:>150"),
        "compare": lambda: found.compare(tag),
    }
    for name, ask in asks.items():
        start = time.perf_counter()
        answer = ask()
        print(f"{name:<28}{time.perf_counter() - start:8.2f} s")
        digest.update(pd.util.hash_pandas_object(answer.round(9)).to_numpy().tobytes())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    held = "held" if peak <= MEMORY_GB else "MISSED"
    print(f"{'peak memory':<28}{peak:8.2f} GB   ≤ {MEMORY_GB:g} {held}")
    print(digest.hexdigest())


if __name__ == "__main__":
    main()
