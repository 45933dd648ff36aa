"""All tags of szurubooru, each with its other names and with what it implies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.sites import answers, values
from booru_nb.sites.base import Site
from booru_nb.sites.parts import TagInfo, TagPage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import httpx

SIZE = 100


class SzurubooruLists(Site):
    """The list of a site that runs szurubooru."""

    def tag_lists(self, what: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the list of all tags, which tells everything."""
        return {"tags": ("aliases", "implications", "tags")} if what else {}

    def tag_list(
        self,
        name: str,  # noqa: ARG002 - there is one
        *,
        cursor: str | None = None,
        since: datetime | None = None,  # noqa: ARG002 - what was deleted has no date
    ) -> httpx.Request:
        """Ask ``/api/tags/``, the oldest first, so that new ones come last."""
        query, offset = "sort:creation-date,asc", int(cursor or 0)
        return self._get("/api/tags/", query=query, offset=offset, limit=SIZE)

    def read_tag_list(self, name: str, answer: httpx.Response) -> TagPage:  # noqa: ARG002 - there is one
        """Read a page of tags."""
        answers.check(self, answer)
        raw = answers.read_object(self, answer)
        rows = answers.rows(self, raw.get("results"), of="tags")
        offset = values.count(answer.request.url.params.get("offset")) or 0
        tags, aliases, implications = [], [], []
        for row in rows:
            tag, *others = names_of(row) or [""]
            if not tag:
                continue
            category = values.category(row.get("category"))
            tags.append(TagInfo(tag, category, values.count(row.get("usages"))))
            aliases += [(other, tag) for other in others]
            implied = row.get("implications")
            for other in implied if isinstance(implied, list) else []:
                implications += [(tag, name) for name in names_of(other)[:1]]
        return TagPage(
            count=len(rows),
            cursor=str(offset + len(rows)) if rows else None,
            aliases=tuple(aliases),
            implications=tuple(implications),
            tags=tuple(tags),
            skipped=len(rows) - len(tags),
        )


def names_of(row: object) -> list[str]:
    """Return the names of a tag, its own first; none of what is no tag."""
    names = row.get("names") if isinstance(row, dict) else row
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list):
        return []
    return [tag for name in names if (tag := values.tag(name))]
