"""The parts of a query as SQL conditions on a post.

Each is 0 or 1 of any post, never NULL, so that ``not`` is the opposite. Everything
that a user has written is a parameter, or is looked up beforehand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.query.text import matcher
from booru_nb.query.tree import And, Has, Not, OneOf, Or, Tag, Text, Wildcard, Within
from booru_nb.store.columns import RATINGS, STATUSES
from booru_nb.store.lookup import EVERY_SITE
from booru_nb.store.words import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from booru_nb.query.tree import Leaf, Node, Span
    from booru_nb.store.connections import Db
    from booru_nb.store.lookup import Meant
    from booru_nb.store.predicates import Lent

PROBED = 8
"""Up to so many tags of a pattern are probed one by one."""

GATHERED = 50_000
"""Up to so many posts of a pattern's tags are gathered first; then each is asked."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values of its question marks, in their order."""

    text: str
    values: tuple[Any, ...] = ()

    def within(self, before: str, after: str) -> Sql:
        """Return this with a text on each side."""
        return Sql(f"{before}{self.text}{after}", self.values)


def joined(parts: Iterable[Sql], between: str) -> Sql:
    """Return pieces one behind the other."""
    every = list(parts)
    values = tuple(value for part in every for value in part.values)
    return Sql(between.join(part.text for part in every), values)


NUMBERS: Mapping[str, str] = {
    "id": "post.post_id",
    "score": "post.score",
    "favorites": "post.favorites",
    "width": "post.width",
    "height": "post.height",
    "filesize": "post.file_size",
    "parent": "post.parent_id",
    # SQLite has no value where something is divided by 0.
    "ratio": "(1.0 * post.width / post.height)",
    "mpixels": "(1.0 * post.width * post.height)",
    "tagcount": "(length(post.tag_ids) / 4)",
    "date": "post.created_at",
    "bookmarked": """(
      select own.bookmarked_at from bookmark as own where own.post = post.id
    )""",
}
"""The fields that are numbers."""

_CODES = {"rating": RATINGS, "status": STATUSES}

_BOOKMARK = "exists (select 1 from bookmark as own where own.post = post.id and "


@dataclass(frozen=True, slots=True)
class Conditions:
    """What turns the parts of one query into conditions.

    Parameters
    ----------
    db : Connection
        Where sites and folders are looked up.
    meant : Mapping of Tag or Wildcard to Meant
        What `booru_nb.store.lookup` has found.
    lent : Lent
        Where functions are lent to the statement.
    now : int
        From when ages are counted, in microseconds since 1970, UTC.
    row : str
        What `post.id` is called where tags are probed.
    """

    db: Db
    meant: Mapping[Tag | Wildcard, Meant]
    lent: Lent
    now: int
    row: str = "post.id"

    def of(self, node: Node) -> Sql:
        """Return a part as a condition that may stand beside others."""
        match node:
            case Not(part):
                return self.of(part).within("not (", ")")
            case And(()):
                return Sql("true")
            case Or(()):
                return Sql("false")
            case And(parts):
                ordered = sorted(parts, key=self._cost)
                return joined(map(self.of, ordered), "\n  and ")
            case Or(parts):
                return joined(map(self._grouped, parts), "\n  or ").within("(", ")")
            case _:
                return self._leaf(node)

    def _grouped(self, node: Node) -> Sql:
        found = self.of(node)
        return found.within("(", ")") if isinstance(node, And) else found

    def _cost(self, node: Node) -> tuple[int, int]:
        """Rank conditions: rare tags first, what is unlikely to decide last."""
        if isinstance(node, (Tag, Wildcard)):
            return 0, self.meant[node].posts
        if isinstance(node, (Within, OneOf, Has)):
            return 1, 0
        return 2, 0

    def _leaf(self, leaf: Leaf) -> Sql:
        match leaf:
            case Tag() | Wildcard():
                return self._tagged(self.meant[leaf])
            case Within(field, spans):
                return _within(self.number(field), spans)
            case OneOf(field, values):
                codes = sorted(_CODES[field].index(value) for value in values)
                words = ", ".join(map(str, codes))
                return Sql(f"(post.{field} in ({words})) is true")
            case Text(field, pattern):
                return self._fitting(field, pattern)
            case Has(field):
                return Sql(self._there(field))

    def number(self, field: str) -> str:
        """Return a field that is a number, as SQL."""
        if field == "age":
            return f"({self.now} - post.created_at)"
        return NUMBERS[field]

    def _tagged(self, meant: Meant) -> Sql:
        parts = []
        for site, tags in sorted(meant.tags.items()):
            found = self._having(tags, meant.posts)
            if site != EVERY_SITE:
                found = found.within(f"(post.site_id = {site} and ", ")")
            parts.append(found)
        if len(parts) == 1:
            return parts[0]
        return joined(parts, " or ").within("(", ")") if parts else Sql("false")

    def _having(self, tags: frozenset[int], posts: int) -> Sql:
        """Return the condition that a post has one of some tags."""
        if len(tags) <= PROBED:
            marks = ", ".join("?" * len(tags))
            found = Sql(f"probe.tag_id in ({marks})", tuple(sorted(tags)))
            probe = "exists (select 1 from tag_post as probe where "
            return found.within(probe, f" and probe.post = {self.row})")
        if posts <= GATHERED:
            return gathered(tags).within(f"{self.row} in (", ")")
        number = self.lent.lend(lambda blob: not tags.isdisjoint(unpack(blob)))
        return Sql(f"asked({number}, post.tag_ids)")

    def _fitting(self, field: str, pattern: str) -> Sql:
        fits = matcher(field, pattern)
        if field == "site":
            found = self._numbers_of("select site_id, name from site", fits)
            return Sql("post.site_id in (select value from json_each(?))", (found,))
        if field == "folder":
            found = self._numbers_of("select folder_id, name from folder", fits)
            among = "own.folder_id in (select value from json_each(?)))"
            return Sql(f"{_BOOKMARK}{among}", (found,))
        number = self.lent.lend(fits)
        if field == "note":
            return Sql(f"{_BOOKMARK}asked({number}, own.note))")
        return Sql(f"asked({number}, post.{field})")

    def _numbers_of(self, rows: str, fits: Callable[[str], bool]) -> str:
        return json.dumps([row for row, name in self.db.execute(rows) if fits(name)])

    def _there(self, field: str) -> str:
        if field == "folder":
            return f"{_BOOKMARK}own.folder_id is not null)"
        if field == "note":
            return f"{_BOOKMARK}own.note <> '')"
        if field == "site":
            return "true"
        if field in NUMBERS or field == "age":
            return f"{self.number(field)} is not null"
        if field in _CODES:
            return f"post.{field} is not null"
        return f"(post.{field} <> '') is true"


def gathered(tags: Iterable[int]) -> Sql:
    """Return a query for the posts that have one of some tags."""
    return Sql(
        "select distinct post from tag_post "
        "where tag_id in (select value from json_each(?))",
        (json.dumps(sorted(tags)),),
    )


def _within(number: str, spans: Iterable[Span]) -> Sql:
    single = [low for low, high in spans if low == high]
    parts = []
    if single:
        among = Sql("select value from json_each(?)", (json.dumps(single),))
        parts.append(among.within(f"{number} in (", ")"))
    for low, high in spans:
        if low is None:
            parts.append(Sql(f"{number} <= ?", (high,)))
        elif high is None:
            parts.append(Sql(f"{number} >= ?", (low,)))
        elif low != high:
            parts.append(Sql(f"{number} between ? and ?", (low, high)))
    return joined(parts, " or ").within("(", ") is true")
