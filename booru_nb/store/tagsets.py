"""Posts as sets of tag numbers, for who counts many of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.store.columns import BOOKMARKS
from booru_nb.store.tagging import CHUNK, FEW, chunks, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.store.connections import Db

Said = tuple[list[int], list[str]]
"""Tag numbers, and the category of each."""


@dataclass(frozen=True, slots=True)
class TagSets:
    """Posts, each with its tags as a blob of numbers.

    Attributes
    ----------
    sites : list of int
        The number of each post's site.
    ids : list of int
        Its id there.
    ratings : list of int or None
        Its rating, by its place in `columns.RATINGS`; None where it is not known.
    blobs : list of bytes
        Its tags: sorted, unique, little-endian 32-bit numbers.
    site_names : dict of int to str
        The name of each site.
    tags : list of int
        The numbers of all tags that the posts may have, in the order of their names.
    names : list of str
        Their names.
    kinds : dict of int to tuple of list of int, list of str
        What each site says of its tags: their numbers, and their categories.
    """

    sites: list[int]
    ids: list[int]
    ratings: list[int | None]
    blobs: list[bytes]
    site_names: dict[int, str]
    tags: list[int]
    names: list[str]
    kinds: dict[int, Said]


def bookmarked(db: Db) -> TagSets:
    """Return the bookmarked posts, the newest bookmark first."""
    sites, ids, ratings, blobs = _lists(
        db.execute(
            f"""
            select post.site_id, post.post_id, post.rating, post.tag_ids
            from {BOOKMARKS}
            order by bookmark.bookmarked_at desc, bookmark.id desc
            """  # noqa: S608 - a constant
        ),
        4,
    )
    wanted, values = _only(blobs) if len(blobs) <= FEW else ("true", ())
    # The index of names is read, in its order; no row of the table is.
    named = f"select tag_id, name from tag where {wanted} order by name"  # noqa: S608 - a constant
    tags, names = _lists(db.execute(named, values), 2)
    said = f"""
    select tag_id, category from tag_category
    where site_id = ? and category is not null and {wanted}
    """  # noqa: S608 - a constant
    site_names = dict(db.execute("select site_id, name from site"))
    kinds: dict[int, Said] = {}
    for site in site_names:
        numbers, categories = _lists(db.execute(said, (site, *values)), 2)
        kinds[site] = numbers, categories
    return TagSets(sites, ids, ratings, blobs, site_names, tags, names, kinds)


def _only(blobs: Sequence[bytes]) -> tuple[str, tuple[str]]:
    """Return the condition that only the tags of some posts meet, and its value."""
    numbers = sorted({tag for blob in blobs for tag in unpack(blob)})
    return "tag_id in (select value from json_each(?))", (json.dumps(numbers),)


def _lists(rows: Iterable[tuple[Any, ...]], columns: int) -> list[list[Any]]:
    """Return rows as columns, a thousand at a time: fewer tuples, less to clean up."""
    lists: list[list[Any]] = [[] for _ in range(columns)]
    for chunk in chunks(rows, CHUNK):
        for column, values in zip(lists, zip(*chunk, strict=True), strict=True):
            column.extend(values)
    return lists
