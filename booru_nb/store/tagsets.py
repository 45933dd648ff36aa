"""Posts as sets of tag numbers, for who counts many of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store.columns import BOOKMARKS, RATINGS
from booru_nb.store.tagging import words

if TYPE_CHECKING:
    from booru_nb.store.connections import Db
    from booru_nb.store.tagging import Words


@dataclass(frozen=True, slots=True)
class TagSets:
    """Posts, each with its tags as a blob of numbers; all lists are of one length.

    Attributes
    ----------
    sites : list of str
        The site of each post.
    ids : list of int
        Its id there.
    ratings : list of str or None
        Its rating; None where it is not known.
    blobs : list of bytes
        Its tags: sorted, unique, little-endian 32-bit numbers.
    words : Words
        The names of the tags, and their categories by `site_ids`.
    site_ids : dict of str to int
        The number of each site.
    """

    sites: list[str]
    ids: list[int]
    ratings: list[str | None]
    blobs: list[bytes]
    words: Words
    site_ids: dict[str, int]


def bookmarked(db: Db) -> TagSets:
    """Return the bookmarked posts, the newest bookmark first."""
    rows = db.execute(
        f"""
        select post.site_id, post.post_id, post.rating, post.tag_ids
        from {BOOKMARKS}
        order by bookmark.bookmarked_at desc, bookmark.id desc
        """  # noqa: S608 - a constant
    ).fetchall()
    places, ids, ratings, blobs = (
        map(list, zip(*rows, strict=True)) if rows else [[]] * 4
    )
    names = dict(db.execute("select site_id, name from site"))
    meanings: dict[int | None, str | None] = {None: None, **dict(enumerate(RATINGS))}
    return TagSets(
        sites=[names[place] for place in places],
        ids=ids,
        ratings=[meanings[rating] for rating in ratings],
        blobs=blobs,
        words=words(db, blobs),
        site_ids={name: place for place, name in names.items()},
    )
