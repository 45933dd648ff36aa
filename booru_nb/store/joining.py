"""Rows of the smaller subjects from another file, joined to those that are here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from booru_nb.store import foldernames, sitenames, tagging
from booru_nb.store.folders import ensure
from booru_nb.store.history import trim
from booru_nb.store.searches import Search
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb import kept
    from booru_nb.kept import Tally
    from booru_nb.store.columns import Key
    from booru_nb.store.connections import Db

LOCAL = "it is set here already"

NOT_EMPTY = "a folder of this name holds bookmarks here, so it does not fill itself"


@dataclass
class Into:
    """The library that rows are joined to.

    Parameters
    ----------
    db : Connection
        Inside a transaction.

    Attributes
    ----------
    moment : int
        The time of what says none, in microseconds since 1970, UTC.
    withheld : set of (str, int)
        Site and id of posts that were withheld so far.
    unkept : list of int
        Rows of `post` that are new, and not kept for their own sake.
    """

    db: Db
    moment: int = field(default_factory=now)
    withheld: set[Key] = field(default_factory=set)
    unkept: list[int] = field(default_factory=list)

    def time(self, moment: int | None) -> int:
        """Return a time; this moment where it is missing."""
        return self.moment if moment is None else moment

    def upsert(
        self,
        tally: Tally,
        look: str,
        write: str,
        rows: Iterable[tuple[tuple[Any, ...], tuple[Any, ...]]],
    ) -> None:
        """Write rows of a key and values, and count what that changed."""
        for key, values in rows:
            before = self.db.execute(look, key).fetchone()
            self.db.execute(write, (*key, *values))
            if before is None:
                tally.added += 1
            elif self.db.execute(look, key).fetchone() == before:
                tally.unchanged += 1
            else:
                tally.updated += 1


def sites(into: Into, rows: Sequence[kept.KeptSite], tally: Tally) -> None:
    """Make sites; what is known of one here already holds."""
    known = dict(into.db.execute("select name, url from site"))
    for row in rows:
        if row.name not in known:
            into.db.execute(
                """
                insert into site (name, url, engine, options, added_at)
                values (?, ?, ?, ?, ?)
                """,
                (
                    sitenames.checked(row.name),
                    row.url,
                    row.engine,
                    json.dumps(dict(row.options)),
                    into.time(row.added_at),
                ),
            )
            tally.added += 1
        elif known[row.name] is None and row.url is not None:
            into.db.execute(
                "update site set url = ?, engine = ?, options = ? where name = ?",
                (row.url, row.engine, json.dumps(dict(row.options)), row.name),
            )
            tally.updated += 1
        else:
            tally.unchanged += 1


def tags(into: Into, rows: Sequence[kept.KeptTag], tally: Tally) -> None:
    """Keep what sites say of tags."""
    places = sitenames.ensure(into.db, (row.site for row in rows))
    numbers = tagging.ensure(into.db, (row.tag for row in rows))
    into.upsert(
        tally,
        "select category, fetched_at from tag_category where site_id = ? "
        "and tag_id = ?",
        """
        insert into tag_category (site_id, tag_id, category, fetched_at)
        values (?, ?, ?, ?)
        on conflict (site_id, tag_id) do update set
          category = coalesce(excluded.category, category),
          fetched_at = max(
            coalesce(excluded.fetched_at, fetched_at),
            coalesce(fetched_at, excluded.fetched_at)
          )
        """,
        [((places[r.site], numbers[r.tag]), (r.category, r.fetched_at)) for r in rows],
    )


def folders(into: Into, rows: Sequence[kept.KeptFolder], tally: Tally) -> None:
    """Make folders, with those around them, and say how they fill themselves."""
    for row in rows:
        name = foldernames.checked(row.name)
        before = into.db.execute(
            "select query from folder where name = ?", (name,)
        ).fetchone()
        number = ensure(into.db, name)
        if before is None:
            into.db.execute(
                "update folder set query = ?, added_at = ? where folder_id = ?",
                (row.query, into.time(row.added_at), number),
            )
            tally.added += 1
        elif row.query is None or before == (row.query,):
            tally.unchanged += 1
        elif _holds_bookmarks(into.db, number):
            tally.skipped[NOT_EMPTY] += 1
        else:
            into.db.execute(
                "update folder set query = ? where folder_id = ?", (row.query, number)
            )
            tally.updated += 1


def _holds_bookmarks(db: Db, folder: int) -> bool:
    found = db.execute("select 1 from bookmark where folder_id = ?", (folder,))
    return found.fetchone() is not None


def rules(into: Into, rows: Sequence[kept.KeptRule], tally: Tally) -> None:
    """Keep rules of the blacklist."""
    into.upsert(
        tally,
        "select 1 from blacklist_rule where rule = ?",
        "insert into blacklist_rule (rule, added_at) values (?, ?) "
        "on conflict do nothing",
        [((row.rule,), (into.time(row.added_at),)) for row in rows],
    )


def blocks(into: Into, rows: Sequence[kept.KeptBlock], tally: Tally) -> None:
    """Keep posts of the blacklist."""
    places = sitenames.ensure(into.db, (row.site for row in rows))
    into.upsert(
        tally,
        "select 1 from blacklist_post where site_id = ? and post_id = ?",
        "insert into blacklist_post values (?, ?, ?) on conflict do nothing",
        [((places[r.site], r.id), (into.time(r.added_at),)) for r in rows],
    )


def saved_searches(
    into: Into, rows: Sequence[kept.KeptSavedSearch], tally: Tally
) -> None:
    """Keep searches with names."""
    into.upsert(
        tally,
        "select query, sites, options from saved_search where name = ?",
        """
        insert into saved_search (name, query, sites, options, saved_at)
        values (?, ?, ?, ?, ?)
        on conflict (name) do update set
          query = excluded.query, sites = excluded.sites,
          options = excluded.options
        """,
        [((r.name,), (*_question(r), into.time(r.saved_at))) for r in rows],
    )


def history(into: Into, rows: Sequence[kept.KeptSearch], tally: Tally) -> None:
    """Keep searches that were made, each once, at its latest time."""
    into.upsert(
        tally,
        "select searched_at from search_history "
        "where query = ? and sites = ? and options = ?",
        """
        insert into search_history (query, sites, options, searched_at)
        values (?, ?, ?, ?)
        on conflict (query, sites, options) do update set
          searched_at = max(searched_at, excluded.searched_at)
        """,
        [(_question(r), (into.time(r.searched_at),)) for r in rows],
    )
    trim(into.db)


def settings(into: Into, rows: Sequence[kept.KeptSetting], tally: Tally) -> None:
    """Keep settings that nobody has set here."""
    known = dict(into.db.execute("select key, value from setting"))
    for row in rows:
        value = json.dumps(row.value)
        if row.name not in known:
            into.db.execute("insert into setting values (?, ?)", (row.name, value))
            tally.added += 1
        elif known[row.name] == value:
            tally.unchanged += 1
        else:
            tally.skipped[LOCAL] += 1


def _question(row: kept.KeptSavedSearch | kept.KeptSearch) -> tuple[str, str, str]:
    return Search(row.query, row.sites, row.options).row()
