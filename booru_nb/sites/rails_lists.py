"""All aliases, implications and tags of Danbooru and e621, which list them alike.

``/tag_aliases.json``, ``/tag_implications.json`` and ``/tags.json``, read from the
newest id down. The facts below are read in the sources of both.

- A page ``b<id>`` is what is older than an id, whatever the order would be otherwise.
- A relation has been ``active``, ``deleted``, ``retired``, ``pending`` and more; only
  an active one holds. One that was deleted may have been made again, with a newer id.
- A list that is empty has been an object with the list in it on e621.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from booru_nb.sites import answers, values
from booru_nb.sites.base import Site
from booru_nb.sites.parts import TagPage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    import httpx

    from booru_nb.sites.answers import Json

LISTS = {
    "tags": "tags",
    "aliases": "tag_aliases",
    "implications": "tag_implications",
}
"""What the lists are called there."""

NEWEST = "b2147483647"
"""The page of what is older than the last id there can be."""


class RailsLists(Site):
    """The lists of a site that runs Danbooru or e621ng."""

    dated_lists: ClassVar[frozenset[str]] = frozenset({"aliases", "implications"})
    list_size: ClassVar[int]
    """How many rows a page of a list has at the most."""

    def tag_lists(self, what: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return one list for each of what is wanted."""
        return {name: (name,) for name in LISTS if name in what}

    def tag_list(
        self, name: str, *, cursor: str | None = None, since: datetime | None = None
    ) -> httpx.Request:
        """Ask for active relations, or for all that have changed since a day."""
        params: dict[str, str | int] = {
            "limit": self.list_size,
            "page": cursor or NEWEST,
        }
        if name == "tags":
            params["search[hide_empty]"] = "yes"
        elif since is None:
            params["search[status]"] = "active"
        else:
            params["search[updated_at]"] = f">={since:%Y-%m-%d}"
        return self._get(f"/{LISTS[name]}.json", **params)

    def read_tag_list(self, name: str, answer: httpx.Response) -> TagPage:
        """Read a page of a list."""
        answers.check(self, answer)
        data = answers.read_json(self, answer)
        if isinstance(data, dict) and LISTS[name] in data:
            data = data[LISTS[name]]
        rows = answers.rows(self, data, of=LISTS[name])
        ids = [number for row in rows if (number := values.count(row.get("id")))]
        if rows and not ids:
            raise answers.broken(self, "id", of="a row")
        cursor = f"b{min(ids)}" if ids and min(ids) > 1 else None
        if name == "tags":
            tags = tuple(self.read_tags(answer))
            return TagPage(
                count=len(rows),
                cursor=cursor,
                tags=tags,
                skipped=len(rows) - len(tags),
            )
        return _relations(name, rows, cursor)


def _relations(name: str, rows: Sequence[Json], cursor: str | None) -> TagPage:
    found = [
        (
            values.tag(row.get("antecedent_name")),
            values.tag(row.get("consequent_name")),
            str(row.get("status")).strip().lower() == "active",
        )
        for row in rows
    ]
    named = [(one, two, holds) for one, two, holds in found if one and two]
    pairs = tuple((one, two) for one, two, holds in named if holds)
    ended = tuple((one, two) for one, two, holds in named if not holds)
    skipped, count = len(found) - len(named), len(rows)
    if name == "aliases":
        return TagPage(
            count=count,
            cursor=cursor,
            aliases=pairs,
            ended_aliases=ended,
            skipped=skipped,
        )
    return TagPage(
        count=count,
        cursor=cursor,
        implications=pairs,
        ended_implications=ended,
        skipped=skipped,
    )
