"""Posts as sets of tag numbers, for who counts many of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from booru_nb.store.tagging import chunks
from booru_nb.store.words import FEW, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.store.connections import Db

Said = tuple[list[int], list[str]]
"""Tag numbers, and the category of each."""

CHUNK = 100
"""Rows that are taken apart at once: so few that they stay near the processor."""

PART = 10_000
"""Posts whose columns are joined at once: about a megabyte of tags."""

END = (1 << 63) - 1
"""Above the number of any post."""


@dataclass(slots=True)
class TagSets:
    """Posts, each with its tags as numbers.

    Attributes
    ----------
    sites : list of int
        The number of each post's site.
    ids : list of int
        Its id there.
    ratings : list of int or None
        Its rating, by its place in `columns.RATINGS`; None where it is not known.
    sizes : list of int
        How many bytes its tags take.
    blob : bytes
        The tags of all posts, one after the other: of each sorted, unique,
        little-endian 32-bit numbers.
    site_names : dict of int to str
        The name of each site.
    tags : list of int
        The numbers of all tags that the posts may have, in the order of their names.
    names : list of str
        Their names.
    kinds : dict of int to tuple of list of int, list of str
        What each site says of its tags: their numbers, and their categories.
    """

    sites: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    ratings: list[int | None] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    blob: bytes = b""
    site_names: dict[int, str] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: dict[int, Said] = field(default_factory=dict)


def bookmarked(db: Db) -> TagSets:
    """Return the bookmarked posts, the newest kept first."""
    sets = TagSets()
    _read_posts(db, sets)
    _read_words(db, sets)
    return sets


def _read_posts(db: Db, sets: TagSets) -> None:
    few, every = (
        db.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608 - two constants
        for table in ("bookmark", "post")
    )
    # Without a look at each bookmark, half the time is enough.
    key, source = "post.id", "post"
    if few < every:
        key = "bookmark.post"
        source = "bookmark cross join post on post.id = bookmark.post"
    # SQLite joins the columns of many posts, so that no row becomes a Python object.
    sql = f"""
    select
      min(id), json_group_array(site_id), json_group_array(post_id),
      json_group_array(rating), json_group_array(length(tag_ids)),
      cast(group_concat(tag_ids, '') as blob)
    from (
      select {key} as id, site_id, post_id, rating, tag_ids
      from {source}
      where {key} < ?
      order by {key} desc
      limit {PART}
    )
    """  # noqa: S608 - constants
    parts = []
    end: int | None = END
    while end is not None:
        end, *texts, blob = db.execute(sql, (end,)).fetchone()
        sites, ids, ratings, sizes = map(json.loads, texts)
        sets.sites += sites
        sets.ids += ids
        sets.ratings += ratings
        sets.sizes += sizes
        parts.append(blob or b"")
    sets.blob = b"".join(parts)


def _read_words(db: Db, sets: TagSets) -> None:
    """Read what is known of all tags, or of those of few posts."""
    wanted, values = "true", tuple[str, ...]()
    if len(sets.ids) <= FEW:
        wanted = "tag_id in (select value from json_each(?))"
        values = (json.dumps(sorted(set(unpack(sets.blob)))),)
    # The index of names is read, in its order; no row of the table is.
    named = f"select tag_id, name from tag where {wanted} order by name"  # noqa: S608 - a constant
    sets.tags, sets.names = _two(db.execute(named, values))
    said = f"""
    select json_group_array(tag_id), json_group_array(category) from tag_category
    where site_id = ? and category is not null and {wanted}
    """  # noqa: S608 - a constant
    sets.site_names = dict(db.execute("select site_id, name from site"))
    for site in sets.site_names:
        numbers, kinds = db.execute(said, (site, *values)).fetchone()
        sets.kinds[site] = json.loads(numbers), json.loads(kinds)


def _two(rows: Iterable[tuple[Any, Any]]) -> tuple[list[Any], list[Any]]:
    """Return the two columns of rows."""
    one: list[Any] = []
    two: list[Any] = []
    for chunk in chunks(rows, CHUNK):
        first, second = zip(*chunk, strict=True)
        one += first
        two += second
    return one, two
