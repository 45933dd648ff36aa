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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Some posts, what is known of them, and which of them the rule withholds.

    Parameters
    ----------
    db : Connection
        Inside a transaction.
    posts : dict of (str, int) to Post
        By their keys, in the order in which they are kept.
    collected : bool
        Whether to keep them for their own sake.

    Attributes
    ----------
    withheld : list of (str, int)
        The keys of those that are not kept.
    lost : list of int
        The rows of those of them that are known.
    """

    def __init__(self, db: Db, posts: dict[Key, Post], *, collected: bool) -> None:
        self._db = db
        self._collected = collected
        self._sites = sitenames.ensure(db, (post.site for post in posts.values()))
        self._known = self._read_known(posts.values())
        self.withheld = self._withheld(posts)
        self.lost = [self._known[k][0] for k in self.withheld if k in self._known]
        # No object is made for each of many posts that could be done without: Python
        # would look through all that there are, again and again.
        out = set(self.withheld)
        self._posts = {k: p for k, p in posts.items() if k not in out} if out else posts

    @property
    def updated(self) -> int:
        """How many of those that are kept are known."""
        return len(self._known) - len(self.lost)

    def write(self) -> dict[Key, int]:
        """Write the posts that may be kept, and return the row of each."""
        last = self._db.execute(
            "select coalesce(max(seq), 0) from sqlite_sequence where name = 'post'"
        ).fetchone()[0]
        free, known = count(last + 1), self._known
        rows = {
            key: known[key][0] if key in known else next(free) for key in self._posts
        }
        bare = [key for key in known if key in rows and _is_bare(self._posts[key])]
        if self._collected:
            self._db.executemany(
                "update post set collected = 1 where id = ?",
                [(rows[key],) for key in bare],
            )
        out = set(bare)
        saying = {k: p for k, p in self._posts.items() if k not in out}
        self._write(saying if out else self._posts, rows)
        return rows

    def _read_known(self, posts: Iterable[Post]) -> dict[Key, _Before]:
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

    def _withheld(self, posts: Mapping[Key, Post]) -> list[Key]:
        """Return the keys of posts that may not be kept, with what is known of them."""
        tags = set().union(*(post.tags for post in posts.values()))
        suspects = _suspects(tags, self._sites)
        if not suspects and not self._known:
            return []
        # Without tags those that are known hold, and these may be suspect, too.
        unclear = (
            key
            for key, post in posts.items()
            if not post.tags or not suspects.isdisjoint(post.tags)
        )
        known = self._known
        return [key for key in unclear if self._withholds(posts[key], known.get(key))]

    def _withholds(self, post: Post, before: _Before | None) -> bool:
        rating: str | None = post.rating
        tags = post.tags
        if before:
            _, code, blob = before
            if rating is None and code is not None:
                rating = RATINGS[code]
            if not tags:
                tags = tuple(name for name, _ in words(self._db, [blob]).of(blob))
        return guard.withheld(rating, tags, site=post.site)

    def _write(self, posts: Mapping[Key, Post], rows: Mapping[Key, int]) -> None:
        tagged = Tagged([post.tags for post in posts.values()])
        ids = tagging.ensure(self._db, tagged.names())
        changes = Changes()
        lines = self._lines(posts, rows, tagged.blobs(ids), changes)
        self._db.executemany(UPSERT, lines)
        changes.write(self._db)
        self._learn(posts.values(), ids)

    def _lines(
        self,
        posts: Mapping[Key, Post],
        rows: Mapping[Key, int],
        blobs: Sequence[bytes],
        changes: Changes,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what `UPSERT` takes, and note whose tags change."""
        at = now()
        for (key, post), given in zip(posts.items(), blobs, strict=True):
            before = self._known.get(key)
            known = before[2] if before else b""
            tags = given or known
            changes.note(rows[key], before=known, after=tags)
            head = (None if before else rows[key], self._sites[post.site], post.id)
            yield (*head, at, self._collected, *_values(post), tags)

    def _learn(self, posts: Iterable[Post], ids: Mapping[str, int]) -> None:
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


def _suspects(tags: AbstractSet[str], sites: Iterable[str]) -> frozenset[str]:
    """Return those tags that can withhold a post; of most posts, that is none."""
    said = [guard.meanings(site).keys() & tags for site in sites]
    meant = frozenset().union(*said)
    if not guard.withheld(None, tags):
        return meant
    return meant | {tag for tag in tags if guard.withheld(None, (tag,))}


def _is_bare(post: Post) -> bool:
    """Tell whether only the key of a post is given."""
    return not post.tags and post == Post(site=post.site, id=post.id)


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
