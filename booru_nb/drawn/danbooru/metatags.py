"""Danbooru's metatags: ``name:value`` in a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.queries import traits
from booru_nb.drawn.queries.words import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Context, Test, Trait

RATINGS = {
    rating[0]: (rating,)
    for rating in ("general", "sensitive", "questionable", "explicit")
}
STATUSES = {
    "active": ("active", "restricted"),
    "banned": ("restricted",),
    "modqueue": ("pending", "flagged"),
    "unmoderated": ("pending", "flagged"),
}
FREE = frozenset({
    "status", "rating", "is", "id", "date", "filesize", "filetype", "parent", "child",
    "md5", "width", "height", "mpixels", "ratio", "score", "upvotes", "downvotes",
    "favcount", "tagcount", "limit",
})  # fmt: skip
"""The metatags that do not count towards the limit of tags."""

_rating = traits.rated(RATINGS)


def _status(value: str, context: Context) -> Test:
    if value not in STATUSES:
        return traits.status(value, context)
    return lambda post, _: post.status in STATUSES[value]


def _is(value: str, context: Context) -> Test:
    if value in {"parent", "child"}:
        return (traits.child if value == "parent" else traits.parent)("any", context)
    if (value,) in RATINGS.values():
        return _rating(value, context)
    return _status(value, context)


def _has(value: str, context: Context) -> Test:
    if value == "parent":
        return traits.parent("any", context)
    if value in {"child", "children"}:
        return traits.child("any", context)
    if value == "source":
        return lambda post, _: bool(post.source)
    return traits.never


TESTS: dict[str, Trait] = {
    **traits.NUMBERS,
    "rating": _rating,
    "status": _status,
    "date": traits.date,
    "parent": traits.parent,
    "child": traits.child,
    "is": _is,
    "has": _has,
    "md5": traits.md5,
    "filesize": traits.file_size,
    "filetype": traits.file_type,
    "source": traits.source,
    "user": traits.user,
}
"""How each metatag is read; ``order`` and ``limit`` are not tests."""

LANGUAGE = Language(TESTS, once=frozenset({"order", "limit"}), free=FREE)

ORDERS: dict[str, Callable[[DemoPost], tuple[float, ...]]] = {
    "id": lambda post: (post.id,),
    "id_desc": lambda post: (-post.id,),
    "id_asc": lambda post: (post.id,),
    "score": lambda post: (-post.score, -post.id),
    "score_asc": lambda post: (post.score, post.id),
    "favcount": lambda post: (-post.favorites, -post.id),
    "favcount_asc": lambda post: (post.favorites, post.id),
    "created_at": lambda post: (-post.created_at.timestamp(),),
    "created_at_asc": lambda post: (post.created_at.timestamp(),),
    "change": lambda post: (-post.updated_at.timestamp(),),
    "tagcount": lambda post: (-len(post.tags), -post.id),
    "tagcount_asc": lambda post: (len(post.tags), post.id),
    "mpixels": lambda post: (-post.scene.width * post.scene.height, -post.id),
    "mpixels_asc": lambda post: (post.scene.width * post.scene.height, post.id),
    "landscape": lambda post: (-post.scene.width / post.scene.height, -post.id),
    "portrait": lambda post: (post.scene.width / post.scene.height, -post.id),
}
"""What posts are sorted by; ``order:random`` is not here."""
