"""Posts as sets of tag numbers, for who counts many of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store.columns import BOOKMARKS, RATINGS
from booru_nb.store.tagging import FEW, Words, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.store.connections import Db


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
        words=words(db, blobs) if len(blobs) <= FEW else _every_word(db, names),
        site_ids={name: place for place, name in names.items()},
    )


def _every_word(db: Db, sites: Iterable[int]) -> Words:
    """Return what is known of all tags, without a look at each row."""
    known = """
    select tag_id, category from tag_category
    where site_id = ? and category is not null
    """
    return Words(
        names=dict(db.execute("select tag_id, name from tag")),
        categories={site: dict(db.execute(known, (site,))) for site in sites},
    )
