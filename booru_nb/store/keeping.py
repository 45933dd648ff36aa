"""How posts are written: known values are kept, new ones fill in, tags are inverted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from booru_nb import guard
from booru_nb.post import Post
from booru_nb.store import sitenames, tagging
from booru_nb.store.columns import RATINGS, STATUSES
from booru_nb.store.times import microseconds, now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from booru_nb.store.columns import Key
    from booru_nb.store.connections import Db

T = TypeVar("T")

_Before = tuple[int, int | None, bytes]
"""What is known of a post: its row, its rating's number and its tags."""

BATCH = 1_000
"""Posts between two writes of their tags: large enough to write these in order."""

UPSERT = """
insert into post (
  site_id, post_id, kept_at, collected, also_on, rating, score, favorites,
  width, height, ext, md5, file_size, source, parent_id, uploader, created_at,
  preview_url, sample_url, file_url, post_url, status, tag_ids
)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (site_id, post_id) do update set
  collected = max(collected, excluded.collected),
  also_on = iif(excluded.also_on = '', also_on, excluded.also_on),
  rating = coalesce(excluded.rating, rating),
  score = coalesce(excluded.score, score),
  favorites = coalesce(excluded.favorites, favorites),
  width = coalesce(excluded.width, width),
  height = coalesce(excluded.height, height),
  ext = coalesce(excluded.ext, ext),
  md5 = coalesce(excluded.md5, md5),
  file_size = coalesce(excluded.file_size, file_size),
  source = coalesce(excluded.source, source),
  parent_id = coalesce(excluded.parent_id, parent_id),
  uploader = coalesce(excluded.uploader, uploader),
  created_at = coalesce(excluded.created_at, created_at),
  preview_url = coalesce(excluded.preview_url, preview_url),
  sample_url = coalesce(excluded.sample_url, sample_url),
  file_url = coalesce(excluded.file_url, file_url),
  post_url = coalesce(excluded.post_url, post_url),
  status = coalesce(excluded.status, status),
  tag_ids = excluded.tag_ids
returning id
"""


@dataclass(slots=True)
class Report:
    """What became of the posts that were given.

    Attributes
    ----------
    added : int
        New ones.
    updated : int
        Known ones, whose values were refreshed.
    withheld : int
        Those that are not kept, by the one rule of `booru_nb.guard`.
    """

    added: int = 0
    updated: int = 0
    withheld: int = 0


@dataclass(slots=True)
class Kept:
    """The rows that posts were written to.

    Attributes
    ----------
    rows : dict of (str, int) to int
        `post.id` by key; without those that are withheld.
    report : Report
        How many.
    """

    rows: dict[Key, int] = field(default_factory=dict)
    report: Report = field(default_factory=Report)


def in_order_of_keeping(items: Iterable[T], key: Callable[[T], Key]) -> list[T]:
    """Return items in the order in which to write them.

    What is written last is shown first. So the order is reversed, and a table that is
    kept as a whole is shown as it was; what is given again comes after all, in the
    order given, since the later one holds.
    """
    first: dict[Key, T] = {}
    again = [i for i in items if first.setdefault(key(i), i) is not i]
    return [*reversed(first.values()), *again]


def keep(db: Db, posts: Iterable[Post], *, collected: bool) -> Kept:
    """Write posts in the order given; the latest is then shown first.

    Parameters
    ----------
    db : Connection
        Inside a transaction.
    posts : iterable of Post
        A missing value, or no tags at all, leaves what is known as it is; so does a
        post of which only the key is given.
    collected : bool
        Whether to keep them for their own sake.
    """
    kept = Kept()
    for batch in _batches(posts):
        _Batch(db, batch, collected=collected).write(kept)
    return kept


def forget(db: Db, rows: Iterable[int]) -> None:
    """Delete posts that nothing keeps any more, out of these rows of `post`."""
    changes = tagging.Changes()
    for row in rows:
        gone = db.execute(
            """
            delete from post where id = ? and not collected
            and not exists (select 1 from bookmark where bookmark.post = post.id)
            and not exists (select 1 from file where file.post = post.id)
            returning tag_ids
            """,
            (row,),
        ).fetchall()
        for (blob,) in gone:
            changes.note(row, before=blob, after=b"")
    changes.write(db)


def drop(db: Db, rows: Sequence[int]) -> None:
    """Delete posts, out of these rows of `post`, with their bookmarks.

    Those with files stay.
    """
    for row in rows:
        db.execute("delete from bookmark where post = ?", (row,))
        db.execute("update post set collected = 0 where id = ?", (row,))
    forget(db, rows)


def withhold(db: Db, rows: Sequence[int]) -> None:
    """Delete posts that the rule withholds, whatever keeps them.

    Their files are deleted by `booru_nb.store.withheld_files`, after the transaction.
    """
    for row in rows:
        db.execute(
            """
            insert or replace into file_withheld (root_id, path, sha256)
            select root_id, path, sha256 from file where post = ?
            """,
            (row,),
        )
        db.execute("delete from file where post = ?", (row,))
    drop(db, rows)


def _batches(posts: Iterable[Post]) -> Iterator[list[Post]]:
    """Yield lists in which no post stands twice."""
    batch: dict[Key, Post] = {}
    for post in posts:
        if len(batch) == BATCH or post.key in batch:
            yield list(batch.values())
            batch = {}
        batch[post.key] = post
    if batch:
        yield list(batch.values())


class _Batch:
    """Some posts, none twice, and the numbers of their sites and tags."""

    def __init__(self, db: Db, posts: list[Post], *, collected: bool) -> None:
        self.db = db
        self.posts = posts
        self.collected = collected
        self.sites = sitenames.ensure(db, (post.site for post in posts))
        self.tags: Mapping[str, int] = {}
        self.changes = tagging.Changes()

    def write(self, kept: Kept) -> None:
        known = {post.key: self._known(post) for post in self.posts}
        allowed = []
        for post in self.posts:
            if self._withheld(post, known[post.key]):
                self._delete(known[post.key])
                kept.rows.pop(post.key, None)
                kept.report.withheld += 1
            else:
                allowed.append(post)
        self.tags = tagging.ensure(self.db, (tag for p in allowed for tag in p.tags))
        for post in allowed:
            before = known[post.key]
            kept.rows[post.key] = self._write(post, before)
            kept.report.updated += before is not None
            kept.report.added += before is None
        self.changes.write(self.db)
        self._learn(allowed)

    def _known(self, post: Post) -> _Before | None:
        found: _Before | None = self.db.execute(
            "select id, rating, tag_ids from post where site_id = ? and post_id = ?",
            (self.sites[post.site], post.id),
        ).fetchone()
        return found

    def _withheld(self, post: Post, before: _Before | None) -> bool:
        """Tell whether the rule withholds the post together with what is known."""
        rating: str | None = post.rating
        tags = post.tags
        if before:
            _, code, blob = before
            if rating is None and code is not None:
                rating = RATINGS[code]
            if not tags:
                tags = tuple(n for n, _ in tagging.words(self.db, [blob]).of(blob))
        return guard.withheld(rating, tags, site=post.site)

    def _write(self, post: Post, before: _Before | None) -> int:
        row, _, blob = before or (None, None, b"")
        if row is not None and post == Post(site=post.site, id=post.id):
            if self.collected:
                self.db.execute("update post set collected = 1 where id = ?", (row,))
            return row
        tag_ids = tagging.pack(self.tags[tag] for tag in post.tags) or blob
        values = (self.sites[post.site], post.id, now(), self.collected)
        found = self.db.execute(UPSERT, (*values, *_values(post), tag_ids))
        written: int = found.fetchall()[0][0]
        self.changes.note(written, before=blob, after=tag_ids)
        return written

    def _delete(self, before: _Before | None) -> None:
        """Delete a kept post that the rule withholds, now that more is known of it."""
        if before:
            withhold(self.db, [before[0]])

    def _learn(self, posts: Iterable[Post]) -> None:
        said = {
            (self.sites[post.site], self.tags[tag]): str(post.categories[tag])
            for post in posts
            for tag in post.tags
            if tag in post.categories
        }
        tagging.learn(self.db, said)


def _values(post: Post) -> tuple[Any, ...]:
    """Return what `UPSERT` takes between `collected` and `tag_ids`."""
    return (
        " ".join(post.also_on),
        None if post.rating is None else RATINGS.index(post.rating),
        post.score,
        post.favorites,
        post.width,
        post.height,
        post.ext,
        post.md5,
        post.file_size,
        post.source,
        post.parent_id,
        post.uploader,
        microseconds(post.created_at),
        post.preview_url,
        post.sample_url,
        post.file_url,
        post.post_url,
        None if post.status is None else STATUSES.index(post.status),
    )
