"""How far questions reach: ranges of ids that are complete, and the posts in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.store import columns, sitenames
from booru_nb.store.loading import as_posts
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from booru_nb.post import Post
    from booru_nb.store.connections import Db


@dataclass(frozen=True, slots=True)
class Reach:
    """Ids, both ends included, of which all that a question finds has come.

    A `low` of 0 says that nothing older is left.
    """

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """All posts that a question finds below an id, newest first, and down to which."""

    posts: list[Post]
    low: int


def begin(db: Db, site: str, question: Mapping[str, Any]) -> int:
    """Return the number of a crawl, which is made where there is none."""
    key = sitenames.ensure(db, [site])[site], text(question)
    db.execute(
        """
        insert into crawl (site_id, question, started_at, asked_at)
        select ?1, ?2, ?3, ?3
        where not exists (select 1 from crawl where site_id = ?1 and question = ?2)
        """,
        (*key, moment := now()),
    )
    found = db.execute(
        """
        update crawl set asked_at = ?
        where site_id = ? and question = ?
        returning crawl_id
        """,
        (moment, *key),
    )
    number: int = found.fetchall()[0][0]
    return number


def note(db: Db, number: int, posts: Iterable[Post], reach: Reach) -> None:
    """Note what a question has found in a range, in place of what it found before."""
    db.execute(
        "delete from crawl_post where crawl_id = ? and post_id between ? and ?",
        (number, reach.low, reach.high),
    )
    db.executemany(
        "insert or ignore into crawl_post (crawl_id, post_id) values (?, ?)",
        sorted((number, post.id) for post in posts),
    )
    # Ranges that overlap, or leave no id between them, are one.
    near = (number, reach.high + 1, reach.low - 1)
    low, high = db.execute(
        """
        select min(low), max(high) from crawled
        where crawl_id = ? and low <= ? and high >= ?
        """,
        near,
    ).fetchone()
    db.execute(
        "delete from crawled where crawl_id = ? and low <= ? and high >= ?", near
    )
    ends = (reach.low, reach.high) if low is None else (low, high)
    joined = min(reach.low, ends[0]), max(reach.high, ends[1])
    db.execute(
        "insert into crawled (crawl_id, low, high) values (?, ?, ?)", (number, *joined)
    )


def below(
    db: Db, site: str, question: Mapping[str, Any], post: int, limit: int
) -> Stretch | None:
    """Return what a question finds below a post; None where that is not known."""
    found = db.execute(
        """
        select crawl_id, site_id, low
        from site
        join crawl using (site_id)
        join crawled using (crawl_id)
        where name = ? and question = ? and low < ? and high >= ?
        """,
        (site, text(question), post, post - 1),
    ).fetchone()
    if found is None:
        return None
    number, site_id, low = found
    members = db.execute(
        """
        select found.post_id, post.id is not null
        from crawl_post as found
        left join post on post.site_id = ? and post.post_id = found.post_id
        where crawl_id = ? and found.post_id >= ? and found.post_id < ?
        order by found.post_id desc
        limit ?
        """,
        (site_id, number, low, post, limit),
    ).fetchall()
    ids, low = _unbroken(members, low, limit)
    return Stretch(_load(db, site, ids), low) if low < post else None


def _unbroken(
    members: Sequence[tuple[int, int]], low: int, limit: int
) -> tuple[list[int], int]:
    """Return the ids down to the first one that is gone, and where they end."""
    ids: list[int] = []
    for post, is_here in members:
        if not is_here:
            return ids, post + 1
        ids.append(post)
    return ids, ids[-1] if len(ids) == limit else low


def _load(db: Db, site: str, ids: Iterable[int]) -> list[Post]:
    wanted = columns.wanted(db, [(site, post) for post in ids])
    source = f"{columns.WANTED} order by wanted.key"
    return as_posts(columns.posts(db, source, (wanted,)))


def text(question: Mapping[str, Any]) -> str:
    """Return a question as it is stored: one that is equal has the same text."""
    return json.dumps(question, sort_keys=True, ensure_ascii=False)
