"""The keywords of the language, and what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS: Mapping[str, str] = {
    "id": "id:123",
    "score": "score:>50",
    "favorites": "favorites:>=10",
    "width": "width:>=1024",
    "height": "height:768..2048",
    "filesize": "filesize:<2MB",
    "parent": "parent:123",
    "ratio": "ratio:16:9",
    "mpixels": "mpixels:>2.5",
    "tagcount": "tagcount:<10",
    "date": "date:>=2024-05",
    "age": "age:<7d",
    "bookmarked": "bookmarked:2024",
}
"""What is compared as a number or a time, each with an example."""

CHOICES: Mapping[str, str] = {
    "rating": "rating:general,sensitive",
    "status": "status:active",
}
"""What is one of a few words, each with an example."""

TEXTS: Mapping[str, str] = {
    "site": "site:danbooru",
    "ext": "ext:png,jpg",
    "md5": "md5:0123456789abcdef0123456789abcdef",
    "uploader": "uploader:name",
    "source": "source:pixiv",
    "folder": "folder:skies",
    "note": 'note:"two words"',
}
"""What is compared as text, each with an example."""

TAKEN_WHOLE = frozenset({"source", "folder", "note"})
"""Texts in which a comma separates nothing."""

FACTS: Mapping[str, str] = {
    "is": "is:bookmarked",
    "has": "has:parent",
    "order": "order:score",
    "limit": "limit:100",
}
"""Further keywords, each with an example."""

EXAMPLES: Mapping[str, str] = {**NUMBERS, **CHOICES, **TEXTS, **FACTS}

ALIASES: Mapping[str, str] = {
    "favcount": "favorites",
    "favs": "favorites",
    "filetype": "ext",
    "type": "ext",
    "created": "date",
    "user": "uploader",
    "sort": "order",
}
"""Other words for keywords, as one site or another has them."""

CATEGORIES: Mapping[str, str] = {
    "artist": "artist",
    "art": "artist",
    "character": "character",
    "char": "character",
    "copyright": "copyright",
    "copy": "copyright",
    "species": "species",
    "general": "general",
    "gen": "general",
    "meta": "meta",
}
"""Prefixes of tags that mean a category."""

OF_SITES_ONLY = frozenset(
    [
        *("approver", "comment", "commenter", "delreason", "disapproved", "downvote"),
        *("favgroup", "fav", "flagger", "ordfav", "ordfavgroup", "ordpool", "pool"),
        *("search", "set", "updater", "upvote", "vote", "voted", "voteddown"),
        *("votedup", "wiki"),
    ]
)
"""Keywords of boorus that say what is not kept here."""

ORDERS: Mapping[str, bool] = {
    "id": False,
    "score": True,
    "favorites": True,
    "date": True,
    "bookmarked": True,
    "kept": True,
    "width": True,
    "height": True,
    "mpixels": True,
    "filesize": True,
    "tagcount": True,
    "ratio": True,
    "random": True,
}
"""What posts are ordered by, and whether the largest comes first if nothing is said."""

OF_BOOKMARKS = frozenset({"bookmarked", "folder", "note"})
"""What only a bookmark has."""
