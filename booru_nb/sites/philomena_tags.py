"""Tags of Philomena, some of which say a rating, and some their category."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.post import Category, Rating
from booru_nb.sites import values
from booru_nb.sites.parts import TagInfo

if TYPE_CHECKING:
    from collections.abc import Collection

    from booru_nb.sites.answers import Json

RATINGS = {
    "safe": Rating.GENERAL,
    "suggestive": Rating.SENSITIVE,
    "questionable": Rating.QUESTIONABLE,
    "explicit": Rating.EXPLICIT,
}
"""Ratings by their tags, mildest first."""

NAMESPACES = {
    "artist": str(Category.ARTIST),
    "species": str(Category.SPECIES),
    "colorist": "origin",
    "editor": "origin",
    "musician": "origin",
    "photographer": "origin",
    "oc": "oc",
    "spoiler": "spoiler",
}
"""Categories that the beginning of a tag tells."""

_LABEL = re.compile(r"\((\d+)\)\s*$")


def rating(tags: Collection[str]) -> Rating | None:
    """Return the highest rating among tags; None without any."""
    found = [rating for tag, rating in RATINGS.items() if tag in tags]
    return found[-1] if found else None


def namespace(tag: str) -> str | None:
    """Return the category that a tag itself tells; None where it tells none."""
    if tag in RATINGS:
        return "rating"
    return NAMESPACES.get(tag.partition(":")[0]) if ":" in tag else None


def info(row: Json) -> TagInfo | None:
    """Return what a row of tags says; None for one without a name.

    A category of null is what the site shows as general.
    """
    tag = values.tag(row.get("name"))
    if tag is None:
        return None
    told = values.category(row.get("category"))
    if "category" in row and told is None:
        told = str(Category.GENERAL)
    by_name = namespace(tag)
    category = by_name if by_name == Category.ARTIST else told or by_name
    return TagInfo(tag, category, values.count(row.get("images")))


def count(row: Json) -> int | None:
    """Return a completion's count, from its own field or from its label."""
    label = row.get("label")
    found = _LABEL.search(label) if isinstance(label, str) else None
    return values.count(found[1] if found else row.get("images"))
