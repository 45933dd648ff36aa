"""Queries of a library beside the same questions to tags that are kept as text.

Run from the top level::

    python -m tests.benchmarks.queries [--size 1000000] [--folder DIR]

The baseline has the desktop app's tables and asks them as it does, with ``LIKE``; each
of its words also finds the tags that it is a part of. Times are medians of several
runs, in one process, of files that were read before. With ``--folder`` the two files
stay there and are used again.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

from booru_nb import arrow
from booru_nb.store import Store
from tests.benchmarks.drawn_posts import posts, vocabulary
from tests.benchmarks.reference_store import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from booru_nb.store.columns import Columns

T = TypeVar("T")

Rows = list[Any]

RANKS = {"most": 0, "often": 30, "a": 100, "b": 250, "c": 10, "rare": 2_500}
"""Places in the vocabulary, the most frequent tag first."""

KEYS = ["site", "id"]
RUNS = 15
PATIENCE = 2.0
"""Seconds after which no further run is made."""


def main() -> None:
    """Fill both files, ask both, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="posts")
    parser.add_argument("--folder", type=Path, help="where the files stay")
    wanted = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as name:
        folder = wanted.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        ours, baseline = folder / "ours.booru", folder / "reference.db"
        if not ours.exists() or not baseline.exists():
            fill(ours, baseline, wanted.size)
        with Store.open(ours) as store, Reference(baseline) as reference:
            compare(store, reference)


def fill(ours: Path, baseline: Path, size: int) -> None:
    """Keep the same posts in both files."""
    words = vocabulary()
    began = time.perf_counter()
    with Store.open(ours) as store:
        store.posts.put(posts(size, words))
    between = time.perf_counter()
    with Reference(baseline) as reference:
        reference.add_many(posts(size, words))
    ended = time.perf_counter()
    print(f"filled in {between - began:.0f} s, the baseline in {ended - between:.0f} s")


def compare(store: Store, reference: Reference) -> None:
    """Ask both the same, and print a line for each question."""
    names = vocabulary().names
    tag = {role: whole_word(names, rank) for role, rank in RANKS.items()}
    counts = (f"{role} {store.posts.count(tag[role]):,}" for role in tag)
    print(f"{store.posts.count():,} posts; with each tag: {', '.join(counts)}")
    print(f"{'':38}{'found':>9}{'ours, ms':>12}{'LIKE, ms':>12}{'times':>9}")
    like = Like(reference.db)
    for title, query, words in (
        ("a b -c", f"{tag['a']} {tag['b']} -{tag['c']}", Words(tag, "a b", "c")),
        ("rare often", f"{tag['rare']} {tag['often']}", Words(tag, "rare often")),
        ("most", tag["most"], Words(tag, "most")),
    ):
        newest(title, store, query, like, words)
    for beginning in ("sky_blue", "sky", "s"):
        line(
            f"20 best that begin with {beginning}",
            partial(store.tags.completions, beginning),
            partial(like.beginning, beginning),
        )


def whole_word(names: list[str], rank: int) -> str:
    """Return the first tag from a rank on that is no part of another."""
    return next(n for n in names[rank:] if sum(n in other for other in names) == 1)


def newest(title: str, store: Store, query: str, like: Like, words: Words) -> None:
    """Print how long the newest posts of a query take, and all."""
    find = partial(store.posts.find, query)
    line(
        f"newest 100 of {title}, ids",
        partial(find, limit=100, columns=KEYS),
        partial(like.keys, words, 100),
    )
    line(
        "  as rows with all their tags",
        partial(find, limit=100),
        partial(like.rows, words, 100),
    )
    line(
        "  as a DataFrame of these",
        lambda: arrow.frame(
            arrow.table(store.posts.find_rows(query, arrow.part, limit=100))
        ),
        partial(like.rows, words, 100),
    )
    line(
        "  all ids",
        partial(find, columns=KEYS),
        partial(like.keys, words, -1),
    )


def line(
    title: str, ours: Callable[[], Columns | pd.DataFrame], baseline: Callable[[], Rows]
) -> None:
    """Print the times of both, and how many times faster ours is."""
    found, mine = timed(ours)
    _, theirs = timed(baseline)
    many = len(found["id"] if "id" in found else found["tag"])
    times = f"{mine * 1e3:12.2f}{theirs * 1e3:12.1f}{theirs / mine:9,.1f}"
    print(f"{title:38}{many:9,}{times}")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what a work returns, and the median of its times in seconds."""
    result = work()
    times: list[float] = []
    while len(times) < RUNS and (len(times) < 1 or sum(times) < PATIENCE):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return result, median(times)


class Words:
    """Words to be there, and words not to be there, as patterns of ``LIKE``."""

    def __init__(self, tag: dict[str, str], wanted: str, unwanted: str = "") -> None:
        self.wanted = [f"%{tag[role]}%" for role in wanted.split()]
        self.unwanted = [f"%{tag[role]}%" for role in unwanted.split()]

    def __iter__(self) -> Iterator[str]:
        return iter(self.wanted + self.unwanted)

    @property
    def condition(self) -> str:
        """What stands behind ``where``."""
        wanted = ["tags like ?"] * len(self.wanted)
        return " and ".join(wanted + ["tags not like ?"] * len(self.unwanted))


class Like:
    """The desktop app's questions: newest first, by the index of the time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keys(self, words: Words, limit: int) -> Rows:
        """Return site and id of the newest; of all with a limit of -1."""
        return self._newest("site_id, post_id", words, limit)

    def rows(self, words: Words, limit: int) -> Rows:
        """Return the newest with all columns, their categories parsed."""
        found = self._newest("*", words, limit)
        for row in found:
            json.loads(row["tag_categories"])
        return found

    def _newest(self, columns: str, words: Words, limit: int) -> Rows:
        return self._db.execute(
            f"""
            select {columns} from favorites where {words.condition}
            order by favorited_at desc limit ?
            """,  # noqa: S608 - texts of this module only
            (*words, limit),
        ).fetchall()

    def beginning(self, beginning: str) -> Rows:
        """Return the 20 most frequent tags that begin so."""
        rows = self._db.execute(
            "select tags from favorites where tags like ? or tags like ?",
            (f"{beginning}%", f"% {beginning}%"),
        )
        counts = Counter(
            tag for (tags,) in rows for tag in tags.split() if tag.startswith(beginning)
        )
        return counts.most_common(20)


if __name__ == "__main__":
    main()
