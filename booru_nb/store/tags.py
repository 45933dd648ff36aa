"""What is said of the tags of bookmarks, or of every post kept here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store import columns, completions, sites, tagblobs, tagging, tagsets
from booru_nb.store.bookmarks import NEWEST_FIRST
from booru_nb.store.times import now
from booru_nb.store.transactions import Durability
from booru_nb.store.words import unpack, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from booru_nb.store.columns import Columns
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile
    from booru_nb.store.tagblobs import TagBlobs
    from booru_nb.store.tagsets import TagSets


@dataclass(frozen=True, slots=True)
class Note:
    """What a site says of a tag.

    Attributes
    ----------
    category : str or None
        None where the site was asked and does not know the tag.
    fetched_at : int or None
        When it was asked, in microseconds since 1970, UTC; None where a post said it.
    """

    category: str | None
    fetched_at: int | None


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

    def completions(self, beginning: str, *, limit: int = 20) -> Columns:
        """Return the tags of kept posts that begin so, the most frequent first.

        Parameters
        ----------
        beginning : str
            As it was typed; case is what the tags have, or lower case.
        limit : int
            How many at the most.

        Returns
        -------
        dict of str to list
            The columns `tag` and `count` (of posts kept here, bookmarked or not);
            equally frequent ones come by name. Nothing found gives empty lists.
        """
        return self.file.read(lambda db: completions.find(db, beginning, limit))

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

    def sets(self) -> TagSets:
        """Return the bookmarked posts, with tags as numbers, the newest kept first."""
        return self.file.read(tagsets.bookmarked)

    def blobs(self) -> TagBlobs:
        """Return the bookmarks with tags as numbers, as `post_tags` has them."""
        return self.file.read(tagblobs.read)

    def notes(self, site: str, names: Collection[str]) -> dict[str, Note]:
        """Return what a site is known to say of some of its tags, by their names."""
        return self.file.read(lambda db: _notes(db, site, names))

    def learn(self, site: str, categories: Mapping[str, str | None]) -> None:
        """Keep what a site has just said of its tags: None where it knows no such."""

        def work(db: Db) -> None:
            numbers = tagging.ensure(db, categories)
            place = sites.ensure(db, [site])[site]
            at = now()
            db.executemany(
                """
                insert into tag_category (site_id, tag_id, category, fetched_at)
                values (?, ?, ?, ?)
                on conflict (site_id, tag_id) do update set
                  category = coalesce(excluded.category, category),
                  fetched_at = excluded.fetched_at
                """,
                [(place, numbers[tag], said, at) for tag, said in categories.items()],
            )

        self.file.write(work, durability=Durability.NORMAL)


def _notes(db: Db, site: str, wanted: Collection[str]) -> dict[str, Note]:
    found: dict[str, Note] = {}
    names = set(wanted)
    for chunk in tagging.chunks(names, tagging.CHUNK):
        marks = ", ".join("?" * len(chunk))
        rows = db.execute(
            f"""
            select tag.name, category, fetched_at
            from tag join tag_category using (tag_id) join site using (site_id)
            where site.name = ? and tag.name in ({marks})
            """,  # noqa: S608 - question marks only
            (site, *chunk),
        )
        found.update((name, Note(said, at)) for name, said, at in rows)
    for chunk in tagging.chunks(names - found.keys(), tagging.CHUNK):
        marks = ", ".join("?" * len(chunk))
        rows = db.execute(
            f"""
            select tag_info.name, category, seen
            from tag_info join site using (site_id)
            where site.name = ? and tag_info.name in ({marks}) and category is not null
            """,  # noqa: S608 - question marks only
            (site, *chunk),
        )
        found.update((name, Note(said, at)) for name, said, at in rows)
    return found


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
