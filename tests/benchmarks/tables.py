"""The store's frames and writes against the desktop app's shape, as ratios.

Run from the top level; a number of posts may be given::

    python -m tests.benchmarks.tables 100000

Both sides hold the same posts and are measured in turn, in one process; each line says
the median of its rounds. Read the ratios: the times are those of a machine that may
have other work. "Cold" is without the sidecar, and its measure is ``fetchall`` of the
columns that the file stores for it.
"""

from __future__ import annotations

import gc
import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booru_nb.library.keptframes import KeptFrames
from booru_nb.store import Durability, Entry, Store
from booru_nb.store.bookmarks import NEWEST_FIRST
from booru_nb.store.columns import BOOKMARK_COLUMNS, BOOKMARKS, TEXTS, stored
from tests.benchmarks.drawn_posts import posts, vocabulary
from tests.benchmarks.reference_store import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from booru_nb.post import Post

ROUNDS = 7
SINGLES = 400

PLAIN = [name for name in BOOKMARK_COLUMNS if name not in TEXTS]

UNKNOWN_THERE: dict[str, Any] = dict.fromkeys(
    (
        *("favorites", "width", "height", "ext", "md5", "file_size", "parent_id"),
        *("uploader", "created_at", "sample_url", "post_url", "status"),
    )
)
"""What the desktop app does not keep."""


@dataclass(frozen=True)
class Line:
    """A line of the table: a ratio and the target that it is held to."""

    what: str
    target: str
    ratio: float
    times: str

    def __str__(self) -> str:
        return f"{self.what:52} {self.target:>8} {self.ratio:>8.2f}  {self.times}"


def main(count: int) -> None:
    """Measure all, and print the table."""
    words = vocabulary()
    versions = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    print(f"{versions}, {count:,} posts")
    print(f"{'what':52} {'target':>8} {'measured':>8}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for line in sizes(folder, list(posts(count, words))):
            print(line, flush=True)
        for line in writes(folder, list(posts(SINGLES, words, first=count + 1))):
            print(line, flush=True)
        for line in (*frames(folder), *against(folder)):
            print(line, flush=True)


def sizes(folder: Path, drawn: Sequence[Post]) -> list[Line]:
    """Fill both files in turn, one transaction each; leave one of each."""
    same = [replace(post, **UNKNOWN_THERE) for post in drawn]
    times: dict[str, list[float]] = {"theirs": [], "dropping": [], "ours": []}
    for _ in range(3):
        _without(folder)
        times["theirs"].append(_fill_theirs(folder / "theirs.db", same))
        dropping = folder / "dropping.db"
        times["dropping"].append(_fill_theirs(dropping, same, categories=False))
        times["ours"].append(_fill_ours(folder / "same.booru", same))
    _fill_ours(folder / "ours.booru", drawn)
    theirs, dropping_, ours = (statistics.median(t) for t in times.values())
    bytes_ = {path.name: path.stat().st_size for path in folder.iterdir()}
    rate = f"{len(drawn) / ours:,.0f} posts/s"
    return [
        Line(
            "bulk of all, rate (theirs keeps categories)", ">= 0.8", theirs / ours, rate
        ),
        Line("the same (theirs drops them, as it does)", "", dropping_ / ours, rate),
        _size("file size, the same data", "<= 0.45", bytes_, "same.booru"),
        _size("file size, with what theirs cannot hold", "", bytes_, "ours.booru"),
    ]


def _size(what: str, target: str, bytes_: Mapping[str, int], name: str) -> Line:
    ours, theirs = bytes_[name], bytes_["theirs.db"]
    said = f"{ours / 1e6:.1f} of {theirs / 1e6:.1f} MB"
    return Line(what, target, ours / theirs, said)


def writes(folder: Path, drawn: Sequence[Post]) -> list[Line]:
    """Add posts one by one to both filled files, in turn."""
    lines = []
    for durability, part in zip(Durability, (drawn[::2], drawn[1::2]), strict=True):
        theirs, ours = [], []
        with (
            Reference(folder / "theirs.db") as there,
            Store.open(folder / "same.booru") as here,
        ):
            there.db.execute(f"pragma synchronous = {durability}")
            add = partial(here.bookmarks.add, durability=durability)
            for post in part:
                same = replace(post, **UNKNOWN_THERE)
                theirs.append(timed(partial(there.add, same)))
                ours.append(timed(partial(add, [Entry(same)])))
        target = "<= 3" if durability is Durability.FULL else ""
        lines.append(_line(f"one bookmark, {durability}, p50", target, ours, theirs))
    return lines


def frames(folder: Path) -> list[Line]:
    """Read the fullest file as DataFrames, each way in turn."""
    with Store.open(folder / "ours.booru") as store:
        warm = KeptFrames(store, folder / "frames")
        warm.bookmarks()
        warm.wait()
        ways: dict[str, Callable[[], object]] = {
            "fetchall": lambda: fetched(store),
            "cold": lambda: cold(store, folder).bookmarks(),
            "plain": lambda: cold(store, folder).bookmarks(columns=PLAIN),
            "warm": lambda: KeptFrames(store, folder / "frames").bookmarks(),
            "again": warm.bookmarks,
        }
        took = rounds(ways, ROUNDS)
    base = took["fetchall"]
    return [
        _line("bookmarks() cold / fetchall", "<= 3", took["cold"], base),
        _line("bookmarks() without tag texts / fetchall", "<= 2", took["plain"], base),
        _line("bookmarks() warm, at first / fetchall", "<= 0.2", took["warm"], base),
        _line("bookmarks() warm, again / fetchall", "<= 0.2", took["again"], base),
    ]


def against(folder: Path) -> list[Line]:
    """Read the same data from both files as DataFrames, each way in turn."""
    with (
        Store.open(folder / "same.booru") as store,
        Reference(folder / "theirs.db") as there,
    ):
        warm = KeptFrames(store, folder / "frames")
        warm.bookmarks()
        warm.post_tags()
        warm.wait()
        ways: dict[str, Callable[[], object]] = {
            "cold": lambda: cold(store, folder).bookmarks(),
            "warm": lambda: KeptFrames(store, folder / "frames").bookmarks(),
            "objects": there.frame,
            "vars": there.flat_frame,
            "cold pairs": lambda: cold(store, folder).post_tags(),
            "warm pairs": lambda: KeptFrames(store, folder / "frames").post_tags(),
            "exploded": there.post_tags,
        }
        took = rounds(ways, 3)
    objects, exploded = took["objects"], took["exploded"]
    return [
        _line("their DataFrame / bookmarks() cold", ">= 12", objects, took["cold"]),
        _line("their DataFrame / bookmarks() warm", ">= 12", objects, took["warm"]),
        _line("the same by vars(row) / cold", "", took["vars"], took["cold"]),
        _line(
            "split, explode / post_tags() warm", ">= 8", exploded, took["warm pairs"]
        ),
        _line(
            "split, explode / post_tags() cold", ">= 8", exploded, took["cold pairs"]
        ),
    ]


def fetched(store: Store) -> list[tuple[object, ...]]:
    """Return the rows of all bookmarks as SQLite's driver gives them."""
    asked = ", ".join([*stored(BOOKMARK_COLUMNS).values(), "post.tag_ids"])
    rows = f"select {asked} from {BOOKMARKS} {NEWEST_FIRST}"  # noqa: S608 - constants
    return store.file.read(lambda db: db.execute(rows).fetchall())


def cold(store: Store, folder: Path) -> KeptFrames:
    """Return frames whose sidecar cannot be written, and so is never there."""
    return KeptFrames(store, folder / "theirs.db")


def rounds(
    ways: Mapping[str, Callable[[], object]], number: int
) -> dict[str, list[float]]:
    """Return the times of each way, taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(number):
        for name, work in ways.items():
            gc.collect()
            times[name].append(timed(work))
    return times


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a work takes."""
    began = time.perf_counter()
    result = work()
    took = time.perf_counter() - began
    del result
    return took


def _line(what: str, target: str, ours: Sequence[float], base: Sequence[float]) -> Line:
    """Return the median of what each round says, since the machine's load changes."""
    one, other = statistics.median(ours), statistics.median(base)
    ratio = one / other
    if len(ours) == len(base) <= ROUNDS:
        ratio = statistics.median(a / b for a, b in zip(ours, base, strict=True))
    return Line(what, target, ratio, f"{one * 1e3:.2f} / {other * 1e3:.2f} ms")


def _without(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def _fill_theirs(
    path: Path, drawn: Sequence[Post], *, categories: bool = True
) -> float:
    with Reference(path) as there:
        return timed(lambda: there.add_many(drawn, categories=categories))


def _fill_ours(path: Path, drawn: Sequence[Post]) -> float:
    # As a site sends them: the newest first, which is then kept last.
    newest_first = [Entry(post) for post in reversed(drawn)]
    with Store.open(path) as here:
        add = here.bookmarks.add
        return timed(lambda: add(newest_first, durability=Durability.NORMAL))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
