"""Queries of the file: the rarest tag drives, the others are probed.

A tag's posts stand in the inverted table in the order of keeping. So the newest posts
of a query are found from the end, and reading stops where there are enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from booru_nb.errors import QueryError
from booru_nb.query import Query, parse
from booru_nb.query.chance import ranking
from booru_nb.query.parsing import MOST_TERMS
from booru_nb.query.tree import And, Or, Tag, Wildcard
from booru_nb.store import columns
from booru_nb.store.conditions import Conditions, Sql, gathered, joined
from booru_nb.store.lookup import look_up
from booru_nb.store.predicates import lending
from booru_nb.store.times import microseconds, now

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from booru_nb.query.tree import Node
    from booru_nb.store.columns import Columns, P, Part, Rows
    from booru_nb.store.connections import Db
    from booru_nb.store.lookup import Meant
    from booru_nb.store.predicates import Lent

NEWEST_KEPT = "post.id desc"
NEWEST_BOOKMARKED = "bookmark.bookmarked_at desc, bookmark.id desc"

OF_BOOKMARKS = frozenset(columns.BOOKMARK_COLUMNS) - frozenset(columns.POST_COLUMNS)
"""The columns that only a bookmark has."""


@dataclass(frozen=True, slots=True)
class Search:
    """A query of a library.

    Parameters
    ----------
    query : Query
        Which posts, in which order.
    bookmarked : bool
        Whether only bookmarks are searched; they come newest first.
    limit : int or None
        How many at the most.
    now : datetime or None
        From when ages are counted (default: this moment).
    """

    query: Query
    bookmarked: bool = False
    limit: int | None = None
    now: datetime | None = None


def search(
    query: str | Query,
    *,
    bookmarked: bool = False,
    limit: int | None = None,
    now: datetime | None = None,
) -> Search:
    """Return a search for a query, which may be a text.

    Raises
    ------
    QueryError
        If the text cannot be read, or a query that was put together is too large.
    ArgumentError
        If the limit is no whole number.
    """
    said = query if isinstance(query, Query) else parse(query)
    if len(list(said.leaves())) > MOST_TERMS:
        raise QueryError(
            f"A query of a library has at most {MOST_TERMS} terms. Ask in several."
        )
    return Search(said, bookmarked=bookmarked, limit=said.most(limit), now=now)


def find(db: Db, wanted: Search, names: Sequence[str] | None = None) -> Columns:
    """Return the posts that a search finds, as columns.

    Parameters
    ----------
    db : Connection
        Where to read.
    wanted : Search
        What is looked for.
    names : sequence of str, optional
        The columns (default: those of a post, or of a bookmark).
    """
    kept = wanted.bookmarked or not OF_BOOKMARKS.isdisjoint(names or ())
    read = columns.bookmarks if kept else columns.posts
    with lending() as lent:
        found = _statement(db, wanted, lent, _extra(wanted, names))
        return read(db, found.text, found.values, names)


def find_rows(
    db: Db, wanted: Search, names: Sequence[str], each: Callable[[Part], P]
) -> Rows[P]:
    """Return the posts that a search finds as the file has them.

    Parameters
    ----------
    db, wanted, names
        As in `find`.
    each : callable
        As in `booru_nb.store.columns.read`.
    """
    with lending() as lent:
        found = _statement(db, wanted, lent, _extra(wanted, names))
        return columns.read(db, found.text, found.values, names, each)


def _extra(wanted: Search, names: Sequence[str] | None) -> str:
    """Return what else is to be read for columns that only a bookmark has."""
    if wanted.bookmarked or OF_BOOKMARKS.isdisjoint(names or ()):
        return ""
    return """
    left join bookmark on bookmark.post = post.id
    left join folder using (folder_id)
    """


def rows(db: Db, wanted: Search) -> list[int]:
    """Return `post.id` of the posts that a search finds, in its order."""
    with lending() as lent:
        found = _statement(db, wanted, lent).within("select post.id from ", "")
        return [row for (row,) in db.execute(found.text, found.values)]


def count(db: Db, wanted: Search) -> int:
    """Return how many posts a search finds."""
    with lending() as lent:
        found = _statement(db, replace(wanted, query=_unordered(wanted.query)), lent)
        inner = found.within("select count(*) from (select 1 from ", ")")
        return int(db.execute(inner.text, inner.values).fetchone()[0])


def _unordered(query: Query) -> Query:
    return replace(query, order=None)


def _statement(db: Db, wanted: Search, lent: Lent, extra: str = "") -> Sql:
    """Return what stands behind ``select … from``."""
    meant = look_up(db, wanted.query)
    moment = microseconds(wanted.now) if wanted.now else None
    node = wanted.query.where
    driver = _driver(db, node, meant)
    conditions = Conditions(
        db,
        meant,
        lent,
        now() if moment is None else moment,
        "post.id" if driver is None else "hit.post",
    )
    parts = [
        _source(driver, bookmarked=wanted.bookmarked),
        Sql(extra),
        conditions.of(node).within("where ", ""),
        Sql(f"order by {_order(conditions, wanted)}"),
    ]
    if wanted.limit is not None:
        parts.append(Sql("limit ?", (wanted.limit,)))
    return joined(parts, "\n")


def _source(driver: frozenset[int] | None, *, bookmarked: bool) -> Sql:
    """Return the tables, in the order in which they are to be read."""
    site = "cross join site using (site_id)"
    bookmark = "join bookmark on bookmark.post = post.id"
    folder = "left join folder using (folder_id)"
    if driver is None:
        if bookmarked:
            first = "bookmark cross join post on post.id = bookmark.post"
            return Sql(f"{first} {site} {folder}")
        return Sql(f"post {site}")
    hit = gathered(driver).within("(", ") as hit")
    if len(driver) == 1:
        hit = Sql("(select post from tag_post where tag_id = ?) as hit", tuple(driver))
    rest = f"cross join post on post.id = hit.post {site}"
    if bookmarked:
        rest = f"{rest} cross {bookmark} {folder}"
    return hit.within("", f" {rest}")


def _order(conditions: Conditions, wanted: Search) -> str:
    newest = NEWEST_BOOKMARKED if wanted.bookmarked else NEWEST_KEPT
    if not wanted.bookmarked and conditions.row != "post.id":
        newest = f"{conditions.row} desc"
    order = wanted.query.order
    if order is None:
        return newest
    if order.by == "random":
        number = conditions.lent.lend(ranking(order.seed))
        return f"asked({number}, site.name || ':' || post.post_id), {newest}"
    way = "desc" if order.descending else "asc"
    if order.by == "kept":
        return newest if order.descending else newest.replace(" desc", " asc")
    return f"{conditions.number(order.by)} {way} nulls last, {newest}"


def _driver(
    db: Db, node: Node, meant: Mapping[Tag | Wildcard, Meant]
) -> frozenset[int] | None:
    """Return tags of which each post that is found has one; None for no such, or many.

    One tag's posts stand in order. Those of several are gathered and sorted first,
    which must not take longer than to look at each post.
    """
    found = _narrowest(node, meant)
    if found is None or len(found[0]) == 1:
        return found and found[0]
    newest = db.execute("select max(id) from post").fetchone()[0] or 0
    tags, posts = found
    return tags if posts * 4 <= newest or not tags else None


def _narrowest(
    node: Node, meant: Mapping[Tag | Wildcard, Meant]
) -> tuple[frozenset[int], int] | None:
    """Return tags of which each post that is found has one, and their posts."""
    if isinstance(node, (Tag, Wildcard)):
        tags = meant[node].tags.values()
        return frozenset().union(*tags), meant[node].posts
    if isinstance(node, And):
        parts = [_narrowest(part, meant) for part in node.parts]
        return min(
            (part for part in parts if part is not None),
            key=lambda part: part[1],
            default=None,
        )
    if isinstance(node, Or):
        choice = [_narrowest(part, meant) for part in node.parts]
        known = [part for part in choice if part is not None]
        if len(known) == len(choice):
            tags_of_all = frozenset().union(*(tags for tags, _ in known))
            return tags_of_all, sum(posts for _, posts in known)
    return None
