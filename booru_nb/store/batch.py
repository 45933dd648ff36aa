"""Some posts, written together: what each statement does, it does for all of them."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from booru_nb import guard
from booru_nb.post import Post
from booru_nb.store import sites, tagging
from booru_nb.store.columns import RATINGS, STATUSES
from booru_nb.store.pairs import Changes, Tagged
from booru_nb.store.times import microseconds, now
from booru_nb.store.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    """

    def __init__(self, db: Db, posts: Sequence[Post], *, collected: bool) -> None:
        self._db = db
        self._collected = collected
        self._sites = sites.ensure(db, (post.site for post in posts))
        self._known = self._read_known(posts)
        self.withheld: list[Post] = []
        self._allowed: list[Post] = []
        self._sort_out(posts)

    @property
    def lost(self) -> list[int]:
        """The rows of those withheld posts that are known."""
        known = self._known
        return [known[p.key][0] for p in self.withheld if p.key in known]

    @property
    def updated(self) -> int:
        """How many of those that may be kept are known."""
        return sum(post.key in self._known for post in self._allowed)

    def write(self) -> dict[Key, int]:
        """Write the posts that may be kept, and return the row of each."""
        rows = self._rows()
        bare = [p for p in self._allowed if p.key in self._known and _is_bare(p)]
        if self._collected:
            self._db.executemany(
                "update post set collected = 1 where id = ?",
                [(rows[post.key],) for post in bare],
            )
        names = {post.key for post in bare}
        self._write([p for p in self._allowed if p.key not in names], rows)
        return rows

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
        for post in posts:
            before = self._known.get(post.key)
            # Without tags those that are known hold, and these may be suspect, too.
            clear = suspects.isdisjoint(post.tags) if post.tags else before is None
            withheld = not clear and self._withholds(post, before)
            (self.withheld if withheld else self._allowed).append(post)

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

    def _rows(self) -> dict[Key, int]:
        """Return the row of each post that may be kept: new ones follow the last."""
        last = self._db.execute(
            "select coalesce(max(seq), 0) from sqlite_sequence where name = 'post'"
        ).fetchone()[0]
        free = count(last + 1)
        known = self._known
        return {
            post.key: known[post.key][0] if post.key in known else next(free)
            for post in self._allowed
        }

    def _write(self, posts: Sequence[Post], rows: dict[Key, int]) -> None:
        tagged = Tagged([post.tags for post in posts])
        ids = tagging.ensure(self._db, tagged.names())
        blobs = tagged.blobs(ids)
        changes, lines, at = Changes(), [], now()
        for post, given in zip(posts, blobs, strict=True):
            before = self._known.get(post.key)
            known = before[2] if before else b""
            changes.note(rows[post.key], before=known, after=given or known)
            head = (None if before else rows[post.key], self._sites[post.site], post.id)
            lines.append((*head, at, self._collected, *_values(post), given or known))
        self._db.executemany(UPSERT, lines)
        changes.write(self._db)
        self._learn(posts, ids)

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
