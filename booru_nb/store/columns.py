"""Rows as columns: plain lists, named as the columns of a DataFrame of posts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from booru_nb.errors import ArgumentError
from booru_nb.post import Category, Rating, Status
from booru_nb.store.words import FEW, Vocabulary, Words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from booru_nb.store.connections import Db

Key = tuple[str, int]
"""``(site, id)``."""

Columns = dict[str, list[Any]]
"""One list a column, all of one length."""

Part = Mapping[str, Sequence[Any]]
"""The columns of some rows."""

P = TypeVar("P")

CHUNK = 256
"""Rows that are read at a time: few enough for the processor's cache."""

SITE_ID, TAG_IDS = "site_id", "tag_ids"
"""What columns of the tags are made of."""

RATINGS: tuple[str, ...] = tuple(str(rating) for rating in Rating)
STATUSES: tuple[str, ...] = tuple(str(status) for status in Status)
CATEGORIES: tuple[str, ...] = tuple(str(category) for category in Category)

TEXTS = ("tags", *CATEGORIES, "other")
"""Columns made of the tags."""

_POST: Mapping[str, str] = {
    "site": "site.name",
    "id": "post.post_id",
    "also_on": "post.also_on",
    "rating": "post.rating",
    "score": "post.score",
    "favorites": "post.favorites",
    **dict.fromkeys(TEXTS, ""),
    "width": "post.width",
    "height": "post.height",
    "ext": "post.ext",
    "md5": "post.md5",
    "file_size": "post.file_size",
    "source": "post.source",
    "parent_id": "post.parent_id",
    "uploader": "post.uploader",
    "created_at": "post.created_at",
    "preview_url": "post.preview_url",
    "sample_url": "post.sample_url",
    "file_url": "post.file_url",
    "post_url": "post.post_url",
    "status": "post.status",
}

_BOOKMARK: Mapping[str, str] = {
    **_POST,
    "folder": "coalesce(folder.name, '')",
    "note": "bookmark.note",
    "bookmarked_at": "bookmark.bookmarked_at",
}

POST_COLUMNS: tuple[str, ...] = tuple(_POST)
"""The columns of a post, in order."""

BOOKMARK_COLUMNS: tuple[str, ...] = tuple(_BOOKMARK)
"""The columns of a bookmark: those of its post, then its own."""

POSTS = "post join site using (site_id)"
"""Where the rows of posts come from."""

BOOKMARKS = """
bookmark
join post on post.id = bookmark.post
join site using (site_id)
left join folder using (folder_id)
"""
"""Where the rows of bookmarks come from."""

WANTED = """
json_each(?) as wanted
cross join post
  on post.site_id = json_extract(wanted.value, '$[0]')
  and post.post_id = json_extract(wanted.value, '$[1]')
join site using (site_id)
"""
"""Where the rows of given posts come from; the parameter is made by `wanted`."""


@dataclass(frozen=True)
class Rows(Generic[P]):
    """Rows as the file has them.

    Attributes
    ----------
    names : tuple of str
        The columns asked for, in order.
    parts : list
        What was made of each part of the rows; at least one.
    vocabulary : Vocabulary
        What the tag ids mean, where a column of the tags is asked for.
    """

    names: tuple[str, ...]
    parts: list[P]
    vocabulary: Vocabulary


def source_of(name: str) -> str:
    """Return the SQL of a column of a post; empty for one made of the tags."""
    return _POST[name]


def posts(
    db: Db, rows: str, values: Sequence[Any] = (), names: Sequence[str] | None = None
) -> Columns:
    """Return posts as columns.

    Parameters
    ----------
    db : Connection
        Where to read.
    rows : str
        What stands after ``from``: `POSTS` or another source, filters and order.
    values : sequence
        Its parameters.
    names : sequence of str, optional
        The columns wanted (default: `POST_COLUMNS`).

    Returns
    -------
    dict of str to list
        `rating` and `status` by name; times as microseconds since 1970, UTC; tags
        joined by blanks, sorted by code point; None where missing.
    """
    return _select(db, _POST, rows, values, names)


def bookmarks(
    db: Db, rows: str, values: Sequence[Any] = (), names: Sequence[str] | None = None
) -> Columns:
    """Return bookmarks as columns; as `posts`, with `BOOKMARKS`."""
    return _select(db, _BOOKMARK, rows, values, names)


def wanted(db: Db, keys: Iterable[Key]) -> str:
    """Return the parameter of `WANTED`: those keys whose site is known, in order."""
    sites = dict(db.execute("select name, site_id from site"))
    return json.dumps([[sites[site], post] for site, post in keys if site in sites])


def read(
    db: Db,
    source: str,
    values: Sequence[Any],
    names: Sequence[str],
    each: Callable[[Part], P],
) -> Rows[P]:
    """Return rows as the file has them.

    Parameters
    ----------
    db : Connection
        Where to read.
    source : str
        What stands after ``from``: `BOOKMARKS`, or `POSTS` where nothing of a bookmark
        is asked for, or another source; filters and order.
    values : sequence
        Its parameters.
    names : sequence of str
        The columns wanted, out of `BOOKMARK_COLUMNS`.
    each : callable
        Gets the columns of every `CHUNK` rows, and returns what is kept of them:
        ratings and statuses by number, times as microseconds since 1970, UTC, None
        where missing. In place of the columns of the tags it gets `SITE_ID` and
        `TAG_IDS`. Without rows it gets empty columns.
    """
    asked = stored(names)
    texts = len(asked) < len(names)
    if texts:
        asked |= {SITE_ID: "post.site_id", TAG_IDS: "post.tag_ids"}
    cursor = db.execute(f"select {', '.join(asked.values())} from {source}", values)  # noqa: S608 - texts of this package only
    parts: list[P] = []
    # What Python makes of a row is used while it is in the processor's cache.
    blobs: list[bytes] = []
    while rows := cursor.fetchmany(CHUNK):
        part = dict(zip(asked, zip(*rows, strict=True), strict=True))
        if texts and len(blobs) <= FEW:
            blobs += part[TAG_IDS]
        parts.append(each(part))
    grouped = not set(TEXTS[1:]).isdisjoint(names)
    meant = vocabulary(db, blobs, categories=grouped) if texts else Vocabulary()
    return Rows(tuple(names), parts or [each(dict.fromkeys(asked, ()))], meant)


def stored(names: Sequence[str]) -> dict[str, str]:
    """Return those columns that the file has, each with its place in `BOOKMARKS`."""
    return {name: _BOOKMARK[name] for name in names if _BOOKMARK[name]}


def names_of_bookmarks(names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns of bookmarks that are asked for, each once; None for all.

    Raises
    ------
    ArgumentError
        If there is no such column, or none is named.
    """
    return _checked(_BOOKMARK, names)


def names_of_posts(names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns of posts that are asked for; as `names_of_bookmarks`."""
    return _checked(_POST, names)


def _select(
    db: Db,
    known: Mapping[str, str],
    source: str,
    values: Sequence[Any],
    names: Sequence[str] | None,
) -> Columns:
    names = _checked(known, names)
    rows = read(db, source, values, names, lambda part: part)
    columns: Columns = {name: [] for name in rows.parts[0]}
    for part in rows.parts:
        for name, values_of_part in part.items():
            columns[name] += values_of_part
    if texts := [name for name in names if name in TEXTS]:
        words = Words.of_vocabulary(rows.vocabulary)
        columns |= _texts(words, columns[SITE_ID], columns[TAG_IDS], texts)
    for name, meanings in (("rating", RATINGS), ("status", STATUSES)):
        if name in columns:
            columns[name] = [None if c is None else meanings[c] for c in columns[name]]
    return {name: columns[name] for name in names}


def _checked(known: Mapping[str, str], names: Sequence[str] | None) -> tuple[str, ...]:
    if names is None:
        return tuple(known)
    if isinstance(names, str):
        names = [names]
    if unknown := [name for name in names if name not in known]:
        raise ArgumentError(
            f"There is no column {unknown[0]!r} here. There are: {', '.join(known)}."
        )
    if not names:
        raise ArgumentError("No columns are named. Leave `columns` out to get all.")
    return tuple(dict.fromkeys(names))


def _texts(
    words: Words, sites: Sequence[int], blobs: Sequence[bytes], names: Sequence[str]
) -> Columns:
    if list(names) == ["tags"]:
        return {"tags": [" ".join([n for n, _ in words.of(blob)]) for blob in blobs]}
    texts = [_row(words, s, blob) for s, blob in zip(sites, blobs, strict=True)]
    every = zip(*texts, strict=True) if texts else [()] * len(TEXTS)
    columns = dict(zip(TEXTS, every, strict=True))
    return {name: list(columns[name]) for name in names}


def _row(words: Words, site: int, blob: bytes) -> tuple[str, ...]:
    """Return the texts of one post, in the order of `TEXTS`."""
    tags = words.of(blob)
    category_of = words.categories.get(site, {}).get
    groups: dict[str, list[str]] = {}
    for name, tag in tags:
        category = category_of(tag)
        if category is not None:
            groups.setdefault(category, []).append(name)
    texts = [" ".join(groups.pop(category, ())) for category in CATEGORIES]
    pairs = ((c, name) for c, members in groups.items() for name in members)
    other = " ".join(sorted(starmap("{}:{}".format, pairs)))
    return " ".join([name for name, _ in tags]), *texts, other
