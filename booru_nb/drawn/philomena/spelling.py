"""Tags as Philomena spells them: with blanks, and with a rating among them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.drawn.posts.history import DemoPost

RATINGS = {
    "general": "safe",
    "sensitive": "suggestive",
    "questionable": "questionable",
    "explicit": "explicit",
}
"""The tag of each rating."""

CATEGORIES = {
    "artist": "origin",
    "copyright": "content-official",
    "character": "character",
    "rating": "rating",
}
"""What it calls the categories; the others it does not call anything."""

SLUGS = {
    "-": "-dash-",
    "/": "-fwslash-",
    "\\": "-bwslash-",
    ":": "-colon-",
    ".": "-dot-",
    "+": "-plus-",
}
_TABLE = str.maketrans(SLUGS)


def spelt(name: str, category: str) -> str:
    """Return a tag as it is spelt there."""
    plain = name.replace("_", " ")
    return f"artist:{plain}" if category == "artist" else plain


@lru_cache(maxsize=4096)
def _spelt_of(tags: tuple[tuple[str, str], ...], rating: str) -> dict[str, str]:
    found = {spelt(name, category): category for name, category in tags}
    return dict(sorted({**found, RATINGS[rating]: "rating"}.items()))


def tags_of(post: DemoPost) -> Mapping[str, str]:
    """Return the category of each tag of a post, its rating among them."""
    return _spelt_of(tuple(post.tags.items()), post.rating)


def slug(name: str) -> str:
    """Return what a tag is called in an address."""
    return quote_plus(name.translate(_TABLE), safe="")
