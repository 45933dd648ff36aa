"""How fast a library goes into other files and comes back, against its bulk insert.

Run from the top level::

    python -m tests.benchmarks.portability [POSTS]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import booru_nb as bn
from booru_nb.post import Post, Rating
from booru_nb.store import Durability, Entry, Store
from tests.support.desktop import database, site

if TYPE_CHECKING:
    from collections.abc import Callable

POSTS = 20_000
VOCABULARY = 100_000
"""Tags, of which post after post draws thirty, common ones more often."""


def main(count: int) -> None:
    """Print a line for each way, with its rate and its share of the bulk insert's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        posts = drawn(count)
        with Store.open(folder / "bulk.booru") as store:
            entries = [Entry(post) for post in posts]
            bulk = timed(
                lambda: store.bookmarks.add(entries, durability=Durability.NORMAL)
            )
        print(f"{'bulk insert':<24}{count / bulk:>10,.0f} posts/s   1.00")
        fill(folder / "app.db", posts)
        with bn.open(folder / "a.booru") as library:
            app, document = folder / "app.db", folder / "a.json"
            told("import_desktop", count, bulk, lambda: library.import_desktop(app))
            told("export_json", count, bulk, lambda: library.export_json(document))
            told("backup", count, bulk, lambda: library.backup(folder / "b.booru"))
            told("check", count, bulk, library.check)
            told("check(full=True)", count, bulk, lambda: library.check(full=True))
        with bn.open(folder / "c.booru") as library:
            told("import_json", count, bulk, lambda: library.import_json(document))
            told(
                "import_json, again", count, bulk, lambda: library.import_json(document)
            )


def told(what: str, count: int, bulk: float, work: Callable[[], object]) -> None:
    """Time a work, and print how it compares."""
    seconds = timed(work)
    print(f"{what:<24}{count / seconds:>10,.0f} posts/s {bulk / seconds:>6.2f}")


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def drawn(count: int) -> list[Post]:
    """Return posts with tags as frequent as those of a booru."""
    chance = random.Random(1)  # noqa: S311 - a seed, so that it can be repeated
    tags = [f"tag_{number}" for number in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    return [
        Post(
            site="danbooru",
            id=number,
            rating=Rating.GENERAL,
            tags=(
                own := tuple(sorted({*chance.choices(tags, cum_weights=weights, k=30)}))
            ),
            categories=dict.fromkeys(own, "general"),
            score=number % 100,
            ext="jpg",
            md5=f"{number:032x}",
            source="https://art.test/1",
            preview_url=f"https://cdn.donmai.us/p/{number:032x}.jpg",
            file_url=f"https://cdn.donmai.us/o/{number:032x}.jpg",
        )
        for number in range(count)
    ]


def fill(path: Path, posts: list[Post]) -> None:
    """Make a database of the desktop app with the same posts."""
    db = database(path)
    db.execute("begin")
    site(db, 1, "danbooru.donmai.us", "danbooru")
    db.executemany(
        """
        insert into favorites (
          site_id, post_id, file_url, preview_url, tags, rating, score, source,
          favorited_at, tag_categories
        )
        values (1, ?, ?, ?, ?, 'g', ?, ?, '2024-01-01T00:00:00+00:00', ?)
        """,
        [
            (
                *(post.id, post.file_url, post.preview_url, " ".join(post.tags)),
                *(post.score, post.source, json.dumps({"General": post.tags})),
            )
            for post in posts
        ],
    )
    db.execute("commit")
    db.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else POSTS)
