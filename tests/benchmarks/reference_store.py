"""The baseline: bookmarks as the desktop app keeps them, written afresh.

One table, with tags as text and their categories as JSON in each row, an index on that
text, ISO times, one connection under a lock, and an object with a parsed dict for each
row that is read.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from booru_nb.post import Post

TABLES = """
create table if not exists sites (
  id integer primary key autoincrement,
  name text not null unique,
  url text not null,
  api_type text not null,
  api_key text,
  api_user text,
  enabled integer default 1,
  added_at text not null
);
create table if not exists favorites (
  id integer primary key autoincrement,
  site_id integer not null references sites (id),
  post_id integer not null,
  file_url text not null,
  preview_url text,
  tags text not null default '',
  rating text,
  score integer,
  source text,
  cached_path text,
  folder text,
  favorited_at text not null,
  tag_categories text default '',
  unique (site_id, post_id)
);
create index if not exists idx_favorites_tags on favorites (tags);
create index if not exists idx_favorites_site on favorites (site_id);
create index if not exists idx_favorites_folder on favorites (folder);
create index if not exists idx_favorites_at on favorites (favorited_at desc);
"""

INSERT = """
insert or ignore into favorites (
  site_id, post_id, file_url, preview_url, tags, rating, score, source,
  cached_path, folder, favorited_at, tag_categories
)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

INSERT_PLAIN = INSERT.replace(", tag_categories", "").replace(", ?)", ")")
"""As the desktop app inserts many: it leaves the categories out."""


@dataclass
class Favorite:
    """A row, as the desktop app hands it out."""

    id: int
    site_id: int
    post_id: int
    file_url: str
    preview_url: str | None
    tags: str
    rating: str | None
    score: int | None
    source: str | None
    cached_path: str | None
    folder: str | None
    favorited_at: str
    tag_categories: dict[str, list[str]] = field(default_factory=dict)


class Reference:
    """A file of the desktop app's shape.

    Parameters
    ----------
    path : Path
        Where; the file is made with one site.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self.db = sqlite3.connect(path, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("pragma journal_mode = wal")
        self.db.execute("pragma foreign_keys = on")
        self.db.executescript(TABLES)
        with self.db:
            self.db.execute(
                """
                insert or ignore into sites (name, url, api_type, added_at)
                values ('danbooru', 'https://booru.example', 'danbooru', ?)
                """,
                (_now(),),
            )

    def add(self, post: Post) -> int:
        """Insert one post in a transaction of its own, and return its row."""
        with self._lock, self.db:
            return int(self.db.execute(INSERT, _values(post)).lastrowid or 0)

    def add_many(self, posts: Iterable[Post], *, categories: bool = True) -> None:
        """Insert posts one after the other, in one transaction.

        Parameters
        ----------
        posts : iterable of Post
            What to insert.
        categories : bool
            Whether to keep the categories; the desktop app's own batch drops them.
        """
        with self._lock, self.db:
            for post in posts:
                if categories:
                    self.db.execute(INSERT, _values(post))
                else:
                    self.db.execute(INSERT_PLAIN, _values(post)[:-1])

    def favorites(self) -> list[Favorite]:
        """Return every row as an object, newest first."""
        rows = self.db.execute("select * from favorites order by favorited_at desc")
        return [_favorite(row) for row in rows.fetchall()]

    def frame(self) -> pd.DataFrame:
        """Return every row as a DataFrame, as pandas makes it of the objects."""
        return pd.DataFrame(self.favorites())

    def flat_frame(self) -> pd.DataFrame:
        """Return the same by a kinder way: pandas takes the objects apart slowly."""
        return pd.DataFrame([vars(favorite) for favorite in self.favorites()])

    def post_tags(self) -> pd.DataFrame:
        """Return one row a post and tag, by splitting and exploding the text."""
        rows = self.db.execute("select site_id, post_id, tags from favorites")
        frame = pd.DataFrame(
            [tuple(row) for row in rows.fetchall()], columns=["site_id", "id", "tags"]
        )
        frame["tag"] = frame.pop("tags").str.split(" ")
        return frame.explode("tag", ignore_index=True)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _values(post: Post) -> tuple[Any, ...]:
    kinds: dict[str, list[str]] = {}
    for tag in post.tags:
        kinds.setdefault(post.categories.get(tag, "general").title(), []).append(tag)
    return (
        1,
        post.id,
        post.file_url,
        post.preview_url,
        " ".join(post.tags),
        post.rating,
        post.score,
        post.source,
        None,
        None,
        _now(),
        json.dumps(kinds),
    )


def _favorite(row: sqlite3.Row) -> Favorite:
    values = dict(row)
    text = values.pop("tag_categories")
    return Favorite(**values, tag_categories=json.loads(text) if text else {})


def _now() -> str:
    return datetime.now(UTC).isoformat()
