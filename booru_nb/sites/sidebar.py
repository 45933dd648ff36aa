"""The list of tags on the page of a post, which says the category of each.

Gelbooru's pages have it as list items of a class such as ``tag-type-artist``, with a
link that searches for the tag.
"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

_CLASS = "tag-type-"


def read(text: str) -> dict[str, str]:
    """Return the tags that a page lists, each with the word for its category."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._category = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "li":
            classes = (said.get("class") or "").split()
            words = [c.removeprefix(_CLASS) for c in classes if c.startswith(_CLASS)]
            self._category = words[0].lower() if words else ""
        elif tag == "a" and self._category:
            for name in _searched(said.get("href") or ""):
                self.found.setdefault(name, self._category)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"li", "ul"}:
            self._category = ""


def _searched(link: str) -> list[str]:
    """Return the one tag that a link searches for, if it does."""
    try:
        tags = parse_qs(urlsplit(link).query).get("tags", [""])[0]
    except ValueError:
        return []
    return [tags] if len(tags.split()) == 1 and tags[0] not in "-~" else []
