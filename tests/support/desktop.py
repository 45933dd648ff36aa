"""Databases as the desktop app of the past writes them."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import booru_nb as bn

NEWEST = """
create table sites (
  id integer primary key autoincrement, name text not null unique, url text not null,
  api_type text not null, api_key text, api_user text,
  enabled integer not null default 1, added_at text not null
);
create table favorites (
  id integer primary key autoincrement,
  site_id integer not null references sites (id), post_id integer not null,
  file_url text not null, preview_url text, tags text not null default '', rating text,
  score integer, source text, cached_path text, folder text,
  favorited_at text not null, tag_categories text default '',
  unique (site_id, post_id)
);
create table favorite_folders (id integer primary key, name text not null unique);
create table blacklisted_tags (id integer primary key, tag text not null unique);
create table blacklisted_posts (id integer primary key, url text not null unique);
create table library_meta (
  post_id integer primary key, tags text not null default '',
  tag_categories text default '', score integer default 0, rating text, source text,
  file_url text, saved_at text, filename text default ''
);
create table settings (key text primary key, value text not null);
create table search_history (
  id integer primary key, query text not null, site_id integer, searched_at text
);
create table saved_searches (
  id integer primary key, name text not null, query text not null, site_id integer
);
create table tag_types (
  site_id integer, name text, label text, fetched_at text, primary key (site_id, name)
);
"""
"""The tables of its last version, written after their description."""

OLDEST = """
create table sites (id integer primary key, name text, url text, api_type text);
create table favorites (
  id integer primary key, site_id integer, post_id integer, file_url text,
  preview_url text, tags text default '', rating text, score integer, source text,
  cached_path text, favorited_at text
);
"""

TIME = "2024-05-01T12:00:00+00:00"


def database(path: Path, *, tables: str = NEWEST) -> sqlite3.Connection:
    """Return an open database of the app, with a log beside it."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma journal_mode = wal")
    db.executescript(tables)
    return db


def put(db: sqlite3.Connection, table: str, **values: Any) -> None:
    """Insert a row."""
    marks = ", ".join("?" * len(values))
    columns = ", ".join(values)
    db.execute(
        f"insert into {table} ({columns}) values ({marks})",  # noqa: S608 - of a test
        list(values.values()),
    )


def site(db: sqlite3.Connection, number: int, host: str, kind: str) -> None:
    name, url = host.partition(".")[0], f"https://{host}"
    put(db, "sites", id=number, name=name, url=url, api_type=kind, added_at=TIME)


def sites(db: sqlite3.Connection) -> None:
    """Insert three sites of three engines."""
    site(db, 1, "danbooru.donmai.us", "danbooru")
    site(db, 2, "e621.net", "e621")
    site(db, 3, "booru.example.org", "gelbooru")


def kept(library: bn.Library, number: int) -> dict[Any, Any]:
    """Return the bookmark of a post, as the library has it."""
    found = library.bookmarks()
    [row] = found[found["id"] == number].to_dict("records")
    return row


def favorite(db: sqlite3.Connection, site_id: int, post: object, **said: Any) -> None:
    md5 = f"{post:032x}" if isinstance(post, int) and post >= 0 else "x"
    usual = {
        "file_url": f"https://cdn.donmai.us/original/{md5}.jpg",
        "preview_url": f"https://cdn.donmai.us/180x180/{md5}.jpg",
        "tags": "sky anna_alder",
        "rating": "s",
        "score": 5,
        "source": "https://art.test/1",
        "favorited_at": TIME,
        "tag_categories": json.dumps({"Artist": ["anna_alder"], "Lore": ["gone"]}),
    }
    put(db, "favorites", site_id=site_id, post_id=post, **(usual | said))
