"""Searches as they are kept: what was asked, of which sites, and what else was said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.store.connections import Db


@dataclass(frozen=True, slots=True)
class Search:
    """A search, as it can be made again.

    Parameters
    ----------
    query : str
        In the sites' own words.
    sites : tuple of str
        The names of the sites; none for the default site of that time.
    options : Mapping of str to JSON values
        What else was said, such as the rating.
    """

    query: str
    sites: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def row(self) -> tuple[str, str, str]:
        """Return query, sites and options as they are stored: equal ones alike."""
        sites = json.dumps(list(self.sites))
        return self.query, sites, json.dumps(dict(self.options), sort_keys=True)

    @classmethod
    def of(cls, query: str, sites: str, options: str) -> Search:
        """Return what was stored."""
        return cls(query, tuple(json.loads(sites)), json.loads(options))


def leave_out(db: Db, table: str, site: str) -> None:
    """Take a site out of the searches of a table; those of it alone go altogether."""
    named = """
    select 1 from json_each(sites) where json_each.value = ?
    """
    alone = f"json_array_length(sites) = 1 and exists ({named})"
    db.execute(f"delete from {table} where {alone}", (site,))  # noqa: S608 - a table of this package
    db.execute(
        f"""
        update or replace {table} set sites = (
          select json_group_array(json_each.value) from json_each(sites)
          where json_each.value <> ?
        )
        where exists ({named})
        """,  # noqa: S608 - likewise
        (site, site),
    )
