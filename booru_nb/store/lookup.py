"""The tags that a query means, by number: names and patterns are looked up once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.query.text import fold, regex
from booru_nb.query.tree import Tag, Wildcard
from booru_nb.store.tagging import LAST

if TYPE_CHECKING:
    from booru_nb.query import Query
    from booru_nb.store.connections import Db


@dataclass(frozen=True, slots=True)
class Meant:
    """The tags that a part of a query means.

    Attributes
    ----------
    tags : Mapping of int to frozenset of int
        Tag ids by the site on which they count; `EVERY_SITE` for all sites.
    posts : int
        How many posts have one of them at the most.
    """

    tags: dict[int, frozenset[int]] = field(default_factory=dict)
    posts: int = 0


EVERY_SITE = 0
"""Where a tag counts on whichever site it stands; site ids begin with 1."""


def look_up(db: Db, query: Query) -> dict[Tag | Wildcard, Meant]:
    """Return what the tags and patterns of a query mean."""
    leaves = {leaf for leaf in query.leaves() if isinstance(leaf, (Tag, Wildcard))}
    names = {name for leaf in leaves if isinstance(leaf, Tag) for name in leaf.names}
    known = {
        name: (tag, n)
        for name, tag, n in db.execute(
            """
            select name, tag_id, n from tag
            where name in (select value from json_each(?)) and n > 0
            """,
            (json.dumps(sorted(names)),),
        )
    }
    found: dict[Tag | Wildcard, Meant] = {}
    for leaf in leaves:
        if isinstance(leaf, Tag):
            counts = dict(known[name] for name in leaf.names if name in known)
        else:
            counts = _fitting(db, leaf.patterns)
        found[leaf] = _meant(db, counts, leaf.category)
    return found


def _fitting(db: Db, patterns: tuple[str, ...]) -> dict[int, int]:
    """Return id and number of posts of the tags that fit one of some patterns."""
    counts: dict[int, int] = {}
    for pattern in patterns:
        parts = pattern.split("*")
        rows = db.execute(
            """
            select name, tag_id, n from tag
            where name >= ? and name < ? and instr(name, ?) and n > 0
            """,
            (parts[0], parts[0] + LAST, max(parts, key=len)),
        )
        fits = regex(pattern).fullmatch
        counts.update((tag, n) for name, tag, n in rows if fits(name))
    return counts


def _meant(db: Db, counts: dict[int, int], category: str | None) -> Meant:
    if not counts:
        return Meant()
    if category is None:
        return Meant({EVERY_SITE: frozenset(counts)}, sum(counts.values()))
    rows = db.execute(
        """
        select site_id, tag_id from tag_category
        where category in (?, ?) and tag_id in (select value from json_each(?))
        """,
        (category, fold(category), json.dumps(list(counts))),
    )
    tags: dict[int, set[int]] = {}
    for site, tag in rows:
        tags.setdefault(site, set()).add(tag)
    of_category = set().union(*tags.values())
    return Meant(
        {site: frozenset(ids) for site, ids in tags.items()},
        sum(counts[tag] for tag in of_category),
    )
