"""All aliases, implications and tags of Moebooru.

The facts below are read in its source.

- ``/tag/summary.json`` has every tag that a post has, with the aliases that hold.
- ``/tag_implication.json`` names tags by number, twenty a page; ``/tag.json`` has the
  numbers. The predicate implies the consequent.
- A relation is pending until it is approved, and is deleted when it does not hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from booru_nb.sites import answers, listing, values
from booru_nb.sites.base import Site
from booru_nb.sites.parts import TagPage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import httpx

SIZE = 1_000
"""Tags a page."""


class MoebooruLists(Site):
    """The lists of a site that runs Moebooru."""

    def tag_lists(self, what: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the table of all names, and the lists of tags and implications."""
        lists: dict[str, tuple[str, ...]] = {}
        if "aliases" in what:
            lists["aliases"] = ("aliases",)
        if not {"tags", "implications"}.isdisjoint(what):
            lists["tags"] = ("tags",)
        if "implications" in what:
            lists["implications"] = ("implications",)
        return lists

    def tag_list(
        self,
        name: str,
        *,
        cursor: str | None = None,
        since: datetime | None = None,  # noqa: ARG002 - nothing has a date there
    ) -> httpx.Request:
        """Ask for the table of all names, or for a page of a list."""
        page = int(cursor or 1)
        if name == "aliases":
            return self._get("/tag/summary.json")
        if name == "implications":
            return self._get("/tag_implication.json", page=page)
        return self._get("/tag.json", order="name", limit=SIZE, page=page)

    def read_tag_list(self, name: str, answer: httpx.Response) -> TagPage:
        """Read the table of all names, or a page of a list."""
        answers.check(self, answer)
        if name == "aliases":
            return self._aliases(answer)
        asked = answer.request.url.params.get("page")
        page = values.count(asked) or 1
        if name == "tags":
            return self._tags(answer, page)
        rows = listing.read(self, answer, of="tag_implication").rows
        pairs = [
            (values.count(row.get("predicate_id")), values.count(row["consequent_id"]))
            for row in rows
            if "consequent_id" in row and not values.yes(row.get("pending"))
        ]
        pending = sum(values.yes(row.get("pending")) for row in rows)
        numbered = tuple((a, b) for a, b in pairs if a is not None and b is not None)
        return TagPage(
            count=len(rows),
            cursor=str(page + 1) if rows else None,
            numbered=numbered,
            skipped=len(rows) - pending - len(numbered),
        )

    def _aliases(self, answer: httpx.Response) -> TagPage:
        data = answers.read_object(self, answer).get("data")
        if not isinstance(data, str):
            raise answers.broken(self, "data", of="a table of tags")
        rows = [row.rstrip("`").split("`")[1:] for row in data.split()]
        named = [[values.tag(name) for name in row] for row in rows if row]
        pairs = tuple(
            (alias, tag)
            for tag, *aliases in named
            for alias in aliases
            if alias and tag
        )
        skipped = len(rows) - sum(bool(row and row[0]) for row in named)
        return TagPage(count=len(rows), cursor=None, aliases=pairs, skipped=skipped)

    def _tags(self, answer: httpx.Response, page: int) -> TagPage:
        rows = listing.read(self, answer, of="tag").rows
        numbers = {
            tag: values.count(row.get("id"))
            for row in rows
            if (tag := values.tag(row.get("name")))
        }
        found = self.read_tags(answer)
        return TagPage(
            count=len(rows),
            cursor=str(page + 1) if rows else None,
            tags=tuple(replace(info, number=numbers.get(info.tag)) for info in found),
            skipped=len(rows) - len(found),
        )
