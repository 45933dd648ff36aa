"""Danbooru's metatags: ``name:value`` in a query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from booru_nb.drawn.danbooru.ranges import date_matcher, matcher, number
from booru_nb.drawn.posts.booru import Shelf
from booru_nb.drawn.posts.history import DemoPost

Test = Callable[[DemoPost, Shelf], bool]

RATINGS = {"g": "general", "s": "sensitive", "q": "questionable", "e": "explicit"}
FREE = {
    "status", "rating", "is", "id", "date", "filesize", "filetype", "parent", "child",
    "md5", "width", "height", "mpixels", "ratio", "score", "upvotes", "downvotes",
    "favcount", "tagcount",
}  # fmt: skip
"""The metatags that do not count towards the limit of tags."""


@dataclass(frozen=True, slots=True)
class Context:
    """What only the pictures tell.

    Parameters
    ----------
    md5_of : callable
        Gives a post's md5; may draw its picture.
    file_size_of : callable
        Gives the size of its file in bytes; may draw it.
    extension_of : callable
        Gives the kind of its file.
    """

    md5_of: Callable[[DemoPost], str]
    file_size_of: Callable[[DemoPost], int]
    extension_of: Callable[[DemoPost], str]


def never(_: DemoPost, __: Shelf) -> bool:
    """Match no post, as a value that cannot be read does."""
    return False


def _number(get: Callable[[DemoPost], float]) -> Callable[[str, Context], Test]:
    def make(value: str, _: Context) -> Test:
        try:
            fits = matcher(value, number)
        except ValueError:
            return never
        return lambda post, _: fits(get(post))

    return make


def _rating(value: str, _: Context) -> Test:
    wanted = {RATINGS.get(part[:1]) for part in value.split(",")}
    return lambda post, _: post.rating in wanted


def _status(value: str, _: Context) -> Test:
    if value in {"any", "all"}:
        return lambda _, __: True
    groups = {
        "active": {"active", "restricted"},
        "banned": {"restricted"},
        "modqueue": {"pending", "flagged"},
        "unmoderated": {"pending", "flagged"},
    }
    wanted = groups.get(value, {value})
    return lambda post, _: post.status in wanted


def _date(value: str, _: Context) -> Test:
    try:
        fits = date_matcher(value)
    except ValueError:
        return never
    return lambda post, _: fits(post.created_at)


def _parent(value: str, _: Context) -> Test:
    if value in {"none", "any"}:
        return lambda post, _: (post.parent_id is None) == (value == "none")
    if not value.isdecimal():
        return never
    # As on Danbooru, the parent itself is found as well.
    return lambda post, _: int(value) in {post.parent_id, post.id}


def _child(value: str, _: Context) -> Test:
    return lambda post, shelf: (post.id in shelf.children) == (value != "none")


def _is(value: str, context: Context) -> Test:
    if value in {"parent", "child"}:
        return (_child if value == "parent" else _parent)("any", context)
    if value in RATINGS.values():
        return _rating(value, context)
    return _status(value, context)


def _has(value: str, context: Context) -> Test:
    if value == "parent":
        return _parent("any", context)
    if value in {"child", "children"}:
        return _child("any", context)
    if value == "source":
        return lambda post, _: bool(post.source)
    return never


def _md5(value: str, context: Context) -> Test:
    wanted = set(value.split(","))
    return lambda post, _: (
        post.status != "restricted" and context.md5_of(post) in wanted
    )


def _file_size(value: str, context: Context) -> Test:
    try:
        fits = matcher(
            value.replace("kb", "k").replace("mb", "m").replace("b", ""), number
        )
    except ValueError:
        return never
    return lambda post, _: fits(context.file_size_of(post))


def _file_type(value: str, context: Context) -> Test:
    return lambda post, _: context.extension_of(post) in value.split(",")


def _source(value: str, _: Context) -> Test:
    if value == "none":
        return lambda post, _: not post.source
    return lambda post, _: post.source.lower().startswith(value.rstrip("*"))


def _user(value: str, _: Context) -> Test:
    return lambda post, _: post.uploader == value


TESTS: dict[str, Callable[[str, Context], Test]] = {
    "id": _number(lambda post: post.id),
    "score": _number(lambda post: post.score),
    "upvotes": _number(lambda post: post.up_score),
    "downvotes": _number(lambda post: post.down_score),
    "favcount": _number(lambda post: post.favorites),
    "width": _number(lambda post: post.scene.width),
    "height": _number(lambda post: post.scene.height),
    "mpixels": _number(lambda post: post.scene.width * post.scene.height / 1e6),
    "ratio": _number(lambda post: round(post.scene.width / post.scene.height, 2)),
    "tagcount": _number(lambda post: len(post.tags)),
    "rating": _rating,
    "status": _status,
    "date": _date,
    "parent": _parent,
    "child": _child,
    "is": _is,
    "has": _has,
    "md5": _md5,
    "filesize": _file_size,
    "filetype": _file_type,
    "source": _source,
    "user": _user,
}
"""How each metatag is read; ``order`` and ``limit`` are not tests."""

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
