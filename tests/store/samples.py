"""Posts to keep, and looks behind the store."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any, TypeVar

from booru_nb.post import Post, Rating
from booru_nb.store import Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

SITE = "danbooru"


def post(number: int = 1, **values: Any) -> Post:
    """Return a post with two tags, and what else is said of it."""
    said: dict[str, Any] = {
        "site": SITE,
        "rating": Rating.GENERAL,
        "tags": ("cloud", "sky"),
        "categories": {"sky": "general"},
    }
    return Post(id=number, **{**said, **values})


def entries(*numbers: int, folder: str | None = None, site: str = SITE) -> list[Entry]:
    return [Entry(post(number, site=site), folder=folder) for number in numbers]


def rows(path: Path, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the file itself, after or beside the store."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(statement, values).fetchall()


def whole(path: Path) -> bool:
    """Tell whether the file, its inverted table and its counts agree."""
    [(word,)] = rows(path, "pragma integrity_check")
    pairs = rows(path, "select tag_id, post from tag_post order by tag_id, post")
    blobs = rows(path, "select id, tag_ids from post")
    stored = sorted(
        (int.from_bytes(blob[at : at + 4], "little"), post)
        for post, blob in blobs
        for at in range(0, len(blob), 4)
    )
    wrong = rows(
        path,
        """
        select 1 from tag
        where n <> (select count(*) from tag_post where tag_post.tag_id = tag.tag_id)
        """,
    )
    orphans = rows(path, "pragma foreign_key_check")
    return word == "ok" and pairs == stored and not wrong and not orphans


def at_once(work: Callable[[], T], *, threads: int = 2) -> list[T]:
    """Do a work in several threads, which begin together; return what each got."""
    start = threading.Barrier(threads)

    def begin(_number: int) -> T:
        start.wait(timeout=30)
        return work()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))
