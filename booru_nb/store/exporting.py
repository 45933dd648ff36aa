"""Everything that a library keeps, row by row, without holding it all in memory.

Files on the disk and their rows stay where they are, and so does what can be asked for
again: crawls, aliases and implications.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from booru_nb import guard
from booru_nb.kept import (
    KeptBlock,
    KeptBookmark,
    KeptFolder,
    KeptPost,
    KeptRule,
    KeptSavedSearch,
    KeptSearch,
    KeptSetting,
    KeptSite,
    KeptTag,
)
from booru_nb.post import Post, Rating, Status
from booru_nb.store.columns import RATINGS, STATUSES
from booru_nb.store.times import EPOCH
from booru_nb.store.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from booru_nb.kept import Kept
    from booru_nb.store.connections import Db


def rows(db: Db, *, history: bool = True) -> Iterator[Kept]:
    """Yield every row that a library keeps, subject after subject.

    Parameters
    ----------
    db : Connection
        Inside a transaction.
    history : bool
        Whether the searches that were made are among them.
    """
    for subject in _SUBJECTS:
        if history or subject is not _history:
            yield from subject(db)


def _sites(db: Db) -> Iterator[Kept]:
    for name, url, engine, options, at in db.execute(
        "select name, url, engine, options, added_at from site order by name"
    ):
        yield KeptSite(
            name=name, url=url, engine=engine, options=json.loads(options), added_at=at
        )


def _tags(db: Db) -> Iterator[Kept]:
    for site, tag, category, at in db.execute(
        """
        select site.name, tag.name, category, fetched_at
        from site join tag_category using (site_id) join tag using (tag_id)
        order by site.name, tag_id
        """
    ):
        yield KeptTag(site=site, tag=tag, category=category, fetched_at=at)


def _posts(db: Db) -> Iterator[Kept]:
    words = Words(dict(db.execute("select tag_id, name from tag")), {})
    for (
        site,
        number,
        kept_at,
        kept,
        also_on,
        rating,
        *plain,
        status,
        blob,
    ) in db.execute(
        """
        select site.name, post_id, kept_at,
          collected or not exists (
            select 1 from bookmark where bookmark.post = post.id
          ),
          also_on, rating, score, favorites, width, height, ext, md5, file_size, source,
          parent_id, uploader, preview_url, sample_url, file_url, post_url, created_at,
          status, tag_ids
        from post join site using (site_id)
        order by post.id
        """
    ):
        *values, created_at = plain
        post = Post(
            site=site,
            id=number,
            also_on=tuple(also_on.split()),
            rating=None if rating is None else Rating(RATINGS[rating]),
            **dict(zip(_PLAIN, values, strict=True)),
            created_at=_moment(created_at),
            status=None if status is None else Status(STATUSES[status]),
            tags=tuple(name for name, _ in words.of(blob)),
        )
        if not guard.withholds(post):
            yield KeptPost(post=post, collected=bool(kept), kept_at=kept_at)


_PLAIN = (
    *("score", "favorites", "width", "height", "ext", "md5", "file_size", "source"),
    *("parent_id", "uploader", "preview_url", "sample_url", "file_url", "post_url"),
)


def _moment(microseconds: int | None) -> datetime | None:
    if microseconds is None:
        return None
    return EPOCH + timedelta(microseconds=microseconds)


def _folders(db: Db) -> Iterator[Kept]:
    for name, query, at in db.execute(
        "select name, query, added_at from folder order by name"
    ):
        yield KeptFolder(name=name, query=query, added_at=at)


def _bookmarks(db: Db) -> Iterator[Kept]:
    for site, number, folder, note, at in db.execute(
        """
        select site.name, post_id, coalesce(folder.name, ''), note, bookmarked_at
        from bookmark
        join post on post.id = bookmark.post
        join site using (site_id)
        left join folder using (folder_id)
        order by bookmark.id
        """
    ):
        yield KeptBookmark(
            site=site, id=number, folder=folder, note=note, bookmarked_at=at
        )


def _rules(db: Db) -> Iterator[Kept]:
    for rule, at in db.execute(
        "select rule, added_at from blacklist_rule order by rule_id"
    ):
        yield KeptRule(rule=rule, added_at=at)


def _blocks(db: Db) -> Iterator[Kept]:
    for site, number, at in db.execute(
        """
        select name, post_id, blacklist_post.added_at
        from blacklist_post join site using (site_id)
        order by name, post_id
        """
    ):
        yield KeptBlock(site=site, id=number, added_at=at)


def _saved(db: Db) -> Iterator[Kept]:
    for name, query, sites, options, at in db.execute(
        "select name, query, sites, options, saved_at from saved_search order by name"
    ):
        yield KeptSavedSearch(
            name=name,
            query=query,
            sites=tuple(json.loads(sites)),
            options=json.loads(options),
            saved_at=at,
        )


def _history(db: Db) -> Iterator[Kept]:
    for query, sites, options, at in db.execute(
        """
        select query, sites, options, searched_at from search_history
        order by search_id
        """
    ):
        yield KeptSearch(
            query=query,
            sites=tuple(json.loads(sites)),
            options=json.loads(options),
            searched_at=at,
        )


def _settings(db: Db) -> Iterator[Kept]:
    for key, value in db.execute("select key, value from setting order by key"):
        yield KeptSetting(name=key, value=json.loads(value))


_SUBJECTS: tuple[Callable[[Db], Iterator[Kept]], ...] = (
    *(_sites, _tags, _posts, _folders, _bookmarks, _rules, _blocks, _saved),
    *(_history, _settings),
)
