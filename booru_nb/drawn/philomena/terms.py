"""Single terms of Philomena's queries: tags, and fields such as ``score.gte:5``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.drawn.philomena.spelling import tags_of
from booru_nb.drawn.queries.ranges import date_matcher
from booru_nb.drawn.queries.traits import Test, always, never
from booru_nb.drawn.queries.wildcards import wildcard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from booru_nb.drawn.posts.history import DemoPost

FIELD = re.compile(
    r"(?P<name>[a-z0-9_]+)(?:\.(?P<sign>gte|gt|lte|lt|eq))?:(?P<value>.*)"
)
SIGNS: dict[str, Callable[[float, float], bool]] = {
    "gte": lambda found, asked: found >= asked,
    "gt": lambda found, asked: found > asked,
    "lte": lambda found, asked: found <= asked,
    "lt": lambda found, asked: found < asked,
    "eq": lambda found, asked: found == asked,
}
DATE_SIGNS = {"gte": ">=", "gt": ">", "lte": "<=", "lt": "<", "eq": ""}
DATES: dict[str, Callable[[DemoPost], datetime]] = {
    "created_at": lambda post: post.created_at,
    "first_seen_at": lambda post: post.created_at,
    "updated_at": lambda post: post.updated_at,
}
NUMBERS: dict[str, Callable[[DemoPost], float]] = {
    "id": lambda post: post.id,
    "score": lambda post: post.score,
    "upvotes": lambda post: post.up_score,
    "downvotes": lambda post: -post.down_score,
    "faves": lambda post: post.favorites,
    "width": lambda post: post.scene.width,
    "height": lambda post: post.scene.height,
    "pixels": lambda post: post.scene.width * post.scene.height,
    "aspect_ratio": lambda post: post.scene.width / post.scene.height,
    "comment_count": lambda _: 0,
    "tag_count": lambda post: len(tags_of(post)),
}
TEXTS: dict[str, Callable[[DemoPost], str]] = {
    "uploader": lambda post: post.uploader,
    "source_url": lambda post: post.source.lower(),
}


def term(text: str) -> Test:
    """Return the test that a term stands for.

    Raises
    ------
    ValueError
        If the value of a field cannot be read.
    """
    if text == "*":
        return always
    found = FIELD.fullmatch(text)
    if found is not None:
        test = _field(found["name"], found["sign"] or "eq", found["value"])
        if test is not None:
            return test
    fits = wildcard(text)
    return lambda post, _: any(map(fits, tags_of(post)))


def _field(name: str, sign: str, value: str) -> Test | None:
    if name in NUMBERS:
        get, asked, compare = NUMBERS[name], float(value), SIGNS[sign]
        return lambda post, _: compare(get(post), asked)
    if name in DATES:
        when, inside = DATES[name], date_matcher(DATE_SIGNS[sign] + value)
        return lambda post, _: inside(when(post))
    if name in TEXTS:
        said, fits = TEXTS[name], wildcard(value)
        return lambda post, _: fits(said(post))
    if name in {"sha512_hash", "orig_sha512_hash"}:
        return never
    return None
