"""Some posts, written together: what each statement does, it does for all of them."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from booru_nb import guard
from booru_nb.post import Post
from booru_nb.store import sitenames, tagging
from booru_nb.store.columns import RATINGS, STATUSES
from booru_nb.store.pairs import Changes, Tagged
from booru_nb.store.times import microseconds, now
from booru_nb.store.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from booru_nb.store.columns import Key
    from booru_nb.store.connections import Db

_Before = tuple[int, int | None, bytes]
"""What is known of a post: its row, its rating's number and its tags."""

UPSERT = """
insert into post (
  id, site_id, post_id, kept_at, collected, also_on, rating, score, favorites,
  width, height, ext, md5, file_size, source, parent_id, uploader, created_at,
  preview_url, sample_url, file_url, post_url, status, tag_ids
)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
"""
"""A new post comes with its row; that of a known one is found by its key."""


class Batch:
    """Some posts, none twice, what is known of them, and which the rule withholds.

    Parameters
    ----------
    db : Connection
        Inside a transaction.
    posts : sequence of Post
        In the order in which they are kept.
    collected : bool
        Whether to keep them for their own sake.

    Attributes
    ----------
    withheld : list of Post
        Those that are not kept.
    lost : list of int
        The rows of those of them that are known.
    updated : int
        How many of the others are known.
    """

    def __init__(self, db: Db, posts: Sequence[Post], *, collected: bool) -> None:
        self._db = db
        self._collected = collected
        self._sites = sitenames.ensure(db, (post.site for post in posts))
        self._allowed: list[tuple[Post, _Before | None]] = []
        self.withheld: list[Post] = []
        self.lost: list[int] = []
        self.updated = 0
        self._sort_out(posts)

    def write(self) -> dict[Key, int]:
        """Write the posts that may be kept, and return the row of each."""
        last = self._db.execute(
            "select coalesce(max(seq), 0) from sqlite_sequence where name = 'post'"
        ).fetchone()[0]
        free = count(last + 1)
        rows = [before[0] if before else next(free) for _, before in self._allowed]
        placed = [
            (row, *allowed) for row, allowed in zip(rows, self._allowed, strict=True)
        ]
        if self._collected:
            self._db.executemany(
                "update post set collected = 1 where id = ?",
                [(row,) for row, post, before in placed if _says_nothing(post, before)],
            )
        self._write([line for line in placed if not _says_nothing(*line[1:])])
        return {post.key: row for row, post, _ in placed}

    def _read_known(self, posts: Sequence[Post]) -> dict[Key, _Before]:
        known: dict[Key, _Before] = {}
        for site, number in self._sites.items():
            ids = json.dumps([int(post.id) for post in posts if post.site == site])
            found = self._db.execute(
                """
                select post.post_id, post.id, post.rating, post.tag_ids
                from json_each(?) as wanted
                cross join post on post.site_id = ? and post.post_id = wanted.value
                """,
                (ids, number),
            )
            known |= {(site, post): before for post, *before in found}
        return known

    def _sort_out(self, posts: Sequence[Post]) -> None:
        """Tell apart what may be kept, together with what is known, and what not."""
        suspects = _suspects(set().union(*(post.tags for post in posts)))
        known = self._read_known(posts)
        for post in posts:
            before = known.get(post.key) if known else None
            # Without tags those that are known hold, and these may be suspect, too.
            clear = suspects.isdisjoint(post.tags) if post.tags else before is None
            if clear or not self._withholds(post, before):
                self._allowed.append((post, before))
                self.updated += before is not None
            else:
                self.withheld.append(post)
                self.lost += [before[0]] if before else []

    def _withholds(self, post: Post, before: _Before | None) -> bool:
        rating: str | None = post.rating
        tags = post.tags
        if before:
            _, code, blob = before
            if rating is None and code is not None:
                rating = RATINGS[code]
            if not tags:
                tags = tuple(name for name, _ in words(self._db, [blob]).of(blob))
        return guard.withheld(rating, tags)

    def _write(self, placed: Sequence[tuple[int, Post, _Before | None]]) -> None:
        tagged = Tagged([post.tags for _, post, _ in placed])
        ids = tagging.ensure(self._db, tagged.names())
        changes = Changes()
        lines = self._lines(placed, tagged.blobs(ids), changes)
        self._db.executemany(UPSERT, lines)
        changes.write(self._db)
        self._learn([post for _, post, _ in placed], ids)

    def _lines(
        self,
        placed: Sequence[tuple[int, Post, _Before | None]],
        blobs: Sequence[bytes],
        changes: Changes,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what `UPSERT` takes, and note whose tags change."""
        at = now()
        for (row, post, before), given in zip(placed, blobs, strict=True):
            known = before[2] if before else b""
            tags = given or known
            changes.note(row, before=known, after=tags)
            head = (None if before else row, self._sites[post.site], post.id)
            yield (*head, at, self._collected, *_values(post), tags)

    def _learn(self, posts: Sequence[Post], ids: Mapping[str, int]) -> None:
        said: dict[str, dict[str, str]] = {site: {} for site in self._sites}
        for post in posts:
            if len(post.categories) <= len(post.tags):
                said[post.site].update(post.categories)
            else:
                own = ((t, post.categories.get(t)) for t in post.tags)
                said[post.site].update((tag, c) for tag, c in own if c is not None)
        for site, categories in said.items():
            found = {ids[t]: str(c) for t, c in categories.items() if t in ids}
            tagging.learn(self._db, self._sites[site], found)


def _suspects(tags: AbstractSet[str]) -> frozenset[str]:
    """Return those tags that can withhold a post; of most posts, that is none."""
    if not guard.withheld(None, tags):
        return frozenset()
    return frozenset(tag for tag in tags if guard.withheld(None, (tag,)))


def _says_nothing(post: Post, before: _Before | None) -> bool:
    """Tell whether only the key of a known post is given."""
    if before is None or post.tags:
        return False
    return post == Post(site=post.site, id=post.id)


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
