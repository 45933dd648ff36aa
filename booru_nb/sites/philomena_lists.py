"""All tags of Philomena, which say themselves what they stand for and imply.

The facts below are read in its source.

- ``/search/tags`` has fifty a page, in the order of their images, which changes while
  it is read. So tags are asked for by ranges of numbers, as many as fit in a page.
- Relations are slugs, as tags are called in addresses.
- A tag that is an alias has ``aliased_tag``; ``aliased:true`` finds these only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from booru_nb.sites import answers, philomena_tags, values
from booru_nb.sites.base import Site
from booru_nb.sites.parts import TagPage

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import httpx

    from booru_nb.sites.answers import Json
    from booru_nb.sites.parts import Pairs

SIZE = 50
END = 1 << 31
"""No tag has a number as high as this."""

_RANGE = re.compile(r"id\.gte:(\d+), id\.lt:(\d+)")
_SIGNS = {
    "-dash-": "-",
    "-fwslash-": "/",
    "-bwslash-": "\\",
    "-colon-": ":",
    "-dot-": ".",
    "-plus-": "+",
}
_SIGN = re.compile("|".join(_SIGNS))


class PhilomenaLists(Site):
    """The lists of a site that runs Philomena."""

    def tag_lists(self, what: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the list of aliases if nothing else is wanted, or that of all tags."""
        if not what:
            return {}
        if set(what) == {"aliases"}:
            return {"aliases": ("aliases",)}
        return {"tags": ("aliases", "implications", "tags")}

    def tag_list(
        self,
        name: str,
        *,
        cursor: str | None = None,
        since: datetime | None = None,  # noqa: ARG002 - nothing has a date there
    ) -> httpx.Request:
        """Ask for the tags of a range of numbers; the cursor is that range."""
        first, _, width = (cursor or "0-1024").partition("-")
        query = f"id.gte:{first}, id.lt:{int(first) + int(width)}"
        if name == "aliases":
            query += ", aliased:true"
        return self._get("/api/v1/json/search/tags", q=query, per_page=SIZE, page=1)

    def read_tag_list(self, name: str, answer: httpx.Response) -> TagPage:  # noqa: ARG002 - both alike
        """Read the tags of a range; those of a range with too many come by halves."""
        answers.check(self, answer)
        raw = answers.read_object(self, answer)
        rows = answers.rows(self, raw.get("tags"), of="tags")
        total = values.count(raw.get("total"))
        asked = _RANGE.match(answer.request.url.params.get("q", ""))
        if total is None or asked is None:
            raise answers.broken(self, "total", of="an answer")
        first, end = map(int, asked.groups())
        if total > SIZE:
            return TagPage(count=total, cursor=f"{first}-{max((end - first) // 2, 1)}")
        width = (end - first) * (2 if total < SIZE // 2 else 1)
        cursor = f"{end}-{min(width, END - end)}" if end < END else None
        return _page(rows, cursor)


def _page(rows: list[Json], cursor: str | None) -> TagPage:
    aliases: list[tuple[str, str]] = []
    implications: list[tuple[str, str]] = []
    own = []
    for row in rows:
        tag, stands_for = values.tag(row.get("name")), _named(row.get("aliased_tag"))
        if tag and stands_for:
            aliases.append((tag, stands_for))
        elif info := philomena_tags.info(row):
            own.append(info)
        implied = row.get("implied_tags")
        if tag and isinstance(implied, list):
            implications += [(tag, other) for s in implied if (other := _named(s))]
    pairs: tuple[Pairs, Pairs] = tuple(aliases), tuple(implications)
    return TagPage(
        count=len(rows),
        cursor=cursor,
        aliases=pairs[0],
        implications=pairs[1],
        tags=tuple(own),
        skipped=len(rows) - len(own) - len(aliases),
    )


def _named(slug: object) -> str | None:
    """Return the name of the tag that has a slug."""
    if not isinstance(slug, str):
        return None
    return values.tag(_SIGN.sub(lambda sign: _SIGNS[sign[0]], unquote_plus(slug)))
