"""What is said of the tags of bookmarks, or of every post kept here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store import columns
from booru_nb.store.bookmarks import NEWEST_FIRST
from booru_nb.store.tagging import unpack, words

if TYPE_CHECKING:
    from booru_nb.store.columns import Columns
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile


@dataclass(frozen=True)
class Tags:
    """The tags of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def counts(self, *, every_post: bool = False) -> Columns:
        """Return how many bookmarks have each tag.

        Parameters
        ----------
        every_post : bool
            Count every post kept here, bookmarked or not.

        Returns
        -------
        dict of str to list
            The columns `tag`, `category` (None where unknown) and `count`; most
            frequent first, then by name. A tag that two sites put into two categories
            has a row for each, so that counts add up.
        """
        return self.file.read(lambda db: _counts(db, _source(every_post=every_post)))

    def post_tags(self, *, every_post: bool = False) -> Columns:
        """Return one row for each post and tag.

        Parameters
        ----------
        every_post : bool
            Of every post kept here, bookmarked or not.

        Returns
        -------
        dict of str to list
            The columns `site`, `id`, `tag` and `category` (None where unknown), in the
            order of the bookmarks (or posts), then by tag.
        """
        return self.file.read(lambda db: _post_tags(db, _source(every_post=every_post)))


def _source(*, every_post: bool) -> str:
    if every_post:
        return f"{columns.POSTS} order by post.id desc"
    return f"{columns.BOOKMARKS} {NEWEST_FIRST}"


def _counts(db: Db, source: str) -> Columns:
    rows = db.execute(f"select post.site_id, post.tag_ids from {source}").fetchall()  # noqa: S608 - texts of this package only
    by_site: dict[int, Counter[int]] = {}
    for site, blob in rows:
        by_site.setdefault(site, Counter()).update(unpack(blob))
    vocabulary = words(db, [blob for _, blob in rows])
    counts: Counter[tuple[str, str | None]] = Counter()
    for site, tags in by_site.items():
        category_of = vocabulary.categories.get(site, {}).get
        for tag, count in tags.items():
            counts[vocabulary.name(tag), category_of(tag)] += count
    ordered = sorted(counts.items(), key=lambda c: (-c[1], c[0][0], c[0][1] or ""))
    return {
        "tag": [tag for (tag, _), _ in ordered],
        "category": [category for (_, category), _ in ordered],
        "count": [count for _, count in ordered],
    }


def _post_tags(db: Db, source: str) -> Columns:
    rows = db.execute(
        f"""
        select site.name, post.site_id, post.post_id, post.tag_ids from {source}
        """  # noqa: S608 - texts of this package only
    ).fetchall()
    vocabulary = words(db, [blob for *_, blob in rows])
    result: Columns = {"site": [], "id": [], "tag": [], "category": []}
    for name, site, post, blob in rows:
        tags = vocabulary.of(blob)
        category_of = vocabulary.categories.get(site, {}).get
        result["site"] += [name] * len(tags)
        result["id"] += [post] * len(tags)
        result["tag"] += [tag for tag, _ in tags]
        result["category"] += [category_of(tag) for _, tag in tags]
    return result
