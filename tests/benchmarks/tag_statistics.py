"""Statistics of tags against what people do without them, in one run.

Run from the top level, on a machine that does nothing else::

    python -m tests.benchmarks.tag_statistics --size 100000
    python -m tests.benchmarks.tag_statistics --size 1000000

The larger size leaves out the baselines that would take an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd

import booru_nb as bn
from booru_nb.stats.memory import Memory
from booru_nb.store import Entry, Store
from booru_nb.store.transactions import Durability
from tests.benchmarks import drawn_posts
from tests.benchmarks.reference_store import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.stats import TagStats

TOP = 1000
BATCH = 20_000
SMALL = 200_000
"""Up to so many posts the slow baselines are measured as well."""

LARGE = 1_000_000
"""From so many posts on, counts and related tags have their targets."""

MEMORY_GB = 8.0


def main() -> None:
    """Print each figure with its target; the exit code says whether all have held."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=100_000)
    arguments.add_argument("--peak", type=Path, help="print the peak memory only")
    given = arguments.parse_args()
    if given.peak:
        print(peak(given.peak))
        return
    with tempfile.TemporaryDirectory() as name:
        os.environ["BOORU_NB_CACHE"] = name
        bench = Bench(Path(name), given.size)
        bench.fill()
        bench.run()
    sys.exit(not all(bench.held))


class Bench:
    """The files, the measurements, and whether each has held.

    Parameters
    ----------
    folder : Path
        Where the files lie.
    size : int
        How many posts there are.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.held: list[bool] = []
        self._file = folder / "bench.booru"
        self._reference = folder / "reference.db"
        self._parquet = folder / "pairs.parquet"
        self._joined = folder / "pairs.db"
        # Two targets are of this size; smaller ones weigh the vocabulary too much.
        self._is_large = size >= LARGE

    def fill(self) -> None:
        """Keep the same posts in a library and in the desktop app's shape."""
        start = time.perf_counter()
        drawn = drawn_posts.posts(self.size, drawn_posts.vocabulary())
        with Store.open(self._file) as store, Reference(self._reference) as reference:
            while batch := list(islice(drawn, BATCH)):
                entries = [Entry(post) for post in batch]
                store.bookmarks.add(entries, durability=Durability.NORMAL)
                reference.add_many(batch)
        print(f"{self.size:,} posts, drawn and kept in {_seconds(start)}")

    def run(self) -> None:
        """Measure everything."""
        with bn.open(self._file) as lib:
            made, stats = timed(lib.tag_stats)
            print(stats)
            print(f"{'made of the library':<42}{made:9.3f} s")
            self._counts(lib)
            self._related(stats)
            self._pairs(lib, stats)
        self._memory()

    def _counts(self, lib: bn.Library) -> None:
        ours, counts = timed(lambda: lib.tag_stats().counts())
        plain, found = timed(lambda: split_counts(self._reference))
        assert dict(zip(counts["tag"], counts["count"], strict=True)) == found
        at_least = 5 if self._is_large else None
        self._tell("counts from scratch / split", plain / ours, at_least=at_least)
        whole, _ = timed(lambda: split_with_categories(self._reference), rounds=1)
        self._tell("counts from scratch / split, categories", whole / ours)

    def _related(self, stats: TagStats) -> None:
        tag = stats.counts()["tag"].iloc[3]
        ours, related = timed(lambda: stats.related(tag, measure="frequency"))
        theirs, plain = timed(lambda: like_related(self._reference, tag))
        assert related["count"].head(50).tolist() == [count for _, count in plain]
        at_least = 8 if self._is_large else None
        self._tell("related, common tag / LIKE", theirs / ours, at_least=at_least)

    def _pairs(self, lib: bn.Library, stats: TagStats) -> None:
        ours, square = timed(lambda: stats.cooccurrence(top=TOP))
        scratch, _ = timed(lambda: lib.tag_stats().cooccurrence(top=TOP))
        print(f"{'co-occurrence, top 1,000':<42}{ours:9.3f} s ({scratch:.3f} with all)")
        every, top = pair_table(stats)
        pairs = every[every["tag"].isin(top)]
        pairs.to_parquet(self._parquet, compression="zstd", index=False)
        duck, found = timed(lambda: duckdb_pairs(self._parquet))
        assert int(found["n"].sum()) == int(np.triu(square.to_numpy(), 1).sum())
        small = self.size <= SMALL
        at_most = 1 if small else None
        self._tell("co-occurrence / DuckDB's time", ours / duck, at_most=at_most)
        if not small:
            return
        merged, _ = timed(lambda: pandas_pairs(pairs), rounds=1)
        self._tell("pandas merge / co-occurrence", merged / ours, at_least=10)
        joined, total = sqlite_pairs(self._joined, every, top)
        assert total == int(found["n"].sum())
        self._tell("SQLite self-join / co-occurrence", joined / ours, at_least=60)

    def _memory(self) -> None:
        command = [sys.executable, "-m", __spec__.name, "--peak", str(self._file)]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
        self._tell("peak memory, GB", float(said.stdout), at_most=MEMORY_GB)

    def _tell(
        self,
        what: str,
        figure: float,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> None:
        if at_least is None and at_most is None:
            print(f"{what:<42}{figure:9.2f}")
            return
        target = f"≥ {at_least:g}" if at_least is not None else f"≤ {at_most:g}"
        good = (at_least is None or figure >= at_least) and (
            at_most is None or figure <= at_most
        )
        self.held.append(good)
        print(f"{what:<42}{figure:9.2f}   {target:<8} {'held' if good else 'MISSED'}")


def timed(work: Callable[[], Any], *, rounds: int = 3) -> tuple[float, Any]:
    """Return the median time of some calls, in seconds, and the last result."""
    times, result = [], None
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return median(times), result


def split_counts(path: Path) -> Counter[str]:
    """Count tags as one does with tags as text: every row is split."""
    counts: Counter[str] = Counter()
    with sqlite3.connect(path) as db:
        for (tags,) in db.execute("select tags from favorites"):
            counts.update(tags.split())
    return counts


def split_with_categories(path: Path) -> list[tuple[str, str | None, int]]:
    """Count tags as `split_counts` does, and tell the category of each."""
    counts: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    with sqlite3.connect(path) as db:
        for tags, said in db.execute("select tags, tag_categories from favorites"):
            counts.update(tags.split())
            for kind, names in json.loads(said).items():
                kinds.update(dict.fromkeys(names, kind))
    return [(tag, kinds.get(tag), count) for tag, count in counts.most_common()]


def like_related(path: Path, tag: str) -> list[tuple[str, int]]:
    """Return the 50 tags that are most often with a tag, found by `LIKE` and split."""
    counts: Counter[str] = Counter()
    with sqlite3.connect(path) as db:
        found = db.execute(
            "select tags from favorites where tags like ?", (f"%{tag}%",)
        )
        for (text,) in found:
            tags = text.split()
            # A substring is found, too.
            if tag in tags:
                counts.update(tags)
    del counts[tag]
    return counts.most_common(50)


def pair_table(stats: TagStats) -> tuple[pd.DataFrame, list[int]]:
    """Return which post has which tag, by numbers, and the most frequent tags."""
    backend = stats.backend
    assert isinstance(backend, Memory)
    matrix = backend.matrix
    posts = np.repeat(np.arange(len(matrix)), matrix.sizes)
    top = matrix.names.get_indexer(stats.cooccurrence(top=TOP).index)
    return pd.DataFrame({"post": posts, "tag": matrix.codes}), top.tolist()


def duckdb_pairs(path: Path) -> pd.DataFrame:
    """Join the pairs with themselves in DuckDB, on a file that is written already."""
    with duckdb.connect() as db:
        return db.execute(
            f"""
            select a.tag as one, b.tag as two, count(*) as n
            from '{path}' as a join '{path}' as b on a.post = b.post and a.tag < b.tag
            group by a.tag, b.tag
            """  # noqa: S608 - a path of this benchmark
        ).df()


def pandas_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Join the pairs with themselves in pandas."""
    both = pairs.merge(pairs, on="post")
    both = both[both["tag_x"] < both["tag_y"]]
    return both.groupby(["tag_x", "tag_y"]).size().reset_index(name="n")


def sqlite_pairs(path: Path, every: pd.DataFrame, top: list[int]) -> tuple[float, int]:
    """Join a file's table of posts and tags with itself; return the time and the sum.

    All tags are in the table, as in a database that one has, and the most frequent
    ones are named in the question.
    """
    with sqlite3.connect(path) as db:
        db.execute(
            """
            create table post_tag (
              post integer, tag integer, primary key (post, tag)
            ) without rowid
            """
        )
        db.executemany("insert into post_tag values (?, ?)", every.to_numpy().tolist())
        db.execute("create index post_by_tag on post_tag (tag, post)")
        db.execute("create table top (tag integer primary key)")
        db.executemany("insert into top values (?)", [(tag,) for tag in top])
        db.commit()
        db.execute("analyze")
        start = time.perf_counter()
        found = db.execute(
            """
            select a.tag, b.tag, count(*)
            from post_tag as a join post_tag as b on a.post = b.post and a.tag < b.tag
            where a.tag in (select tag from top) and b.tag in (select tag from top)
            group by a.tag, b.tag
            """
        ).fetchall()
        return time.perf_counter() - start, sum(count for _, _, count in found)


def peak(path: Path) -> float:
    """Ask everything of a library's bookmarks; return the peak memory in GB."""
    with bn.open(path) as lib:
        stats = lib.tag_stats()
        tag = stats.counts()["tag"].iloc[3]
        stats.related(tag, measure="npmi")
        stats.cooccurrence(top=TOP, measure="g2")
        stats.over_time([tag])
        stats.counts(by="rating")
        stats.emerging()
        stats.compare(tag)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _seconds(start: float) -> str:
    return f"{time.perf_counter() - start:.1f} s"


if __name__ == "__main__":
    main()
