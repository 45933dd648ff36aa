"""Rows of what a site says of its tags: aliases, implications, and tags themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.store.connections import Db

Pairs: TypeAlias = "Sequence[tuple[str, str]]"
"""The first one is the alias, or the tag that implies."""

TABLES = {
    "aliases": ("tag_alias", "alias", "tag"),
    "implications": ("tag_implication", "tag", "implies"),
    "tags": ("tag_info", "name", "category"),
}
"""Where each kind is, and the two columns of its pairs."""


class Tag(Protocol):
    """What a site says of a tag."""

    @property
    def tag(self) -> str:
        """Its name."""

    @property
    def number(self) -> int | None:
        """The site's own number of it."""

    @property
    def category(self) -> str | None:
        """None where the site does not say."""

    @property
    def count(self) -> int | None:
        """How many posts of the site have it."""


def put_pairs(
    db: Db, kind: str, site: int, seen: int, pairs: Sequence[tuple[str, str]]
) -> int:
    """Keep pairs, and return how many are new; of equal aliases the first holds."""
    table, one, two = TABLES[kind]
    rows = [(site, *pair, seen) for pair in pairs]
    new = db.executemany(
        f"insert or ignore into {table} (site_id, {one}, {two}, seen) "  # noqa: S608 - names of this module
        "values (?, ?, ?, ?)",
        rows,
    ).rowcount
    db.executemany(
        f"update {table} set {two} = ?, seen = ? "  # noqa: S608 - likewise
        f"where site_id = ? and {one} = ? and seen < ?"
        + (f" and {two} = ?" if kind == "implications" else ""),
        [
            (two, seen, site, one, seen, *([two] if kind == "implications" else []))
            for one, two in pairs
        ],
    )
    return max(new, 0)


def end(
    db: Db, kind: str, site: int, seen: int, pairs: Sequence[tuple[str, str]]
) -> int:
    """Delete pairs that hold no more, unless this reading has found that they do."""
    table, one, two = TABLES[kind]
    return max(
        db.executemany(
            f"delete from {table} "  # noqa: S608 - names of this module
            f"where site_id = ? and {one} = ? and {two} = ? and seen < ?",
            [(site, *pair, seen) for pair in pairs],
        ).rowcount,
        0,
    )


def sweep(db: Db, kind: str, site: int, seen: int) -> int:
    """Delete what a reading of everything has not met, and return how much that was."""
    table, *_ = TABLES[kind]
    return db.execute(
        f"delete from {table} where site_id = ? and seen < ?",  # noqa: S608 - a name of this module
        (site, seen),
    ).rowcount


def named(
    db: Db, site: int, numbered: Iterable[tuple[int, int]]
) -> list[tuple[str, str]]:
    """Return pairs of the site's own numbers by names, without unknown ones."""
    name = "(select name from tag_info where site_id = ? and number = ?)"
    found = [
        db.execute(f"select {name}, {name}", (site, one, site, two)).fetchone()
        for one, two in numbered
    ]
    return [(one, two) for one, two in found if one is not None and two is not None]


def put_tags(db: Db, site: int, seen: int, tags: Sequence[Tag]) -> int:
    """Keep what a site says of tags, and return how many are new."""
    new = db.executemany(
        "insert or ignore into tag_info (site_id, name) values (?, ?)",
        [(site, tag.tag) for tag in tags],
    ).rowcount
    db.executemany(
        """
        update tag_info set
          number = coalesce(?, number),
          category = coalesce(?, category),
          site_count = coalesce(?, site_count),
          seen = ?
        where site_id = ? and name = ?
        """,
        [(t.number, t.category, t.count, seen, site, t.tag) for t in tags],
    )
    # Posts that are kept here get the categories that were not known so far.
    db.executemany(
        """
        insert into tag_category (site_id, tag_id, category, fetched_at)
        select ?, tag_id, ?, ? from tag where name = ?
        on conflict (site_id, tag_id) do update set
          category = coalesce(excluded.category, category),
          fetched_at = excluded.fetched_at
        """,
        [(site, t.category, seen, t.tag) for t in tags if t.category],
    )
    return max(new, 0)
