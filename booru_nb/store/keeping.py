"""How posts are written: known values are kept, new ones fill in, tags are inverted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from booru_nb.store.batch import Batch
from booru_nb.store.pairs import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from booru_nb.post import Post
    from booru_nb.store.columns import Key
    from booru_nb.store.connections import Db

T = TypeVar("T")

BATCH = 100_000
"""Posts that are written at once: the more, the better in order their tags are."""


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
    for posts_once in _batches(posts):
        batch = Batch(db, posts_once, collected=collected)
        # What the rule withholds now may have been kept before more was known of it.
        if batch.lost:
            withhold(db, batch.lost)
        rows = batch.write()
        for key in batch.withheld:
            kept.rows.pop(key, None)
        kept.rows |= rows
        kept.report.withheld += len(batch.withheld)
        kept.report.updated += batch.updated
        kept.report.added += len(rows) - batch.updated
    return kept


def forget(db: Db, rows: Iterable[int]) -> None:
    """Delete posts that nothing keeps any more, out of these rows of `post`."""
    changes = Changes()
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


def _batches(posts: Iterable[Post]) -> Iterator[dict[Key, Post]]:
    """Yield posts by their keys, so many that none stands there twice."""
    batch: dict[Key, Post] = {}
    for post in posts:
        key = post.key
        if len(batch) == BATCH or key in batch:
            yield batch
            batch = {}
        batch[key] = post
    if batch:
        yield batch
