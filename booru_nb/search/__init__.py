"""A question sent to a site, its answer read, page after page."""

from booru_nb.search.lookups import (
    count,
    count_if_it_can,
    policy,
    post,
    post_by_md5,
    suggest,
    tags,
)
from booru_nb.search.pages import Pages
from booru_nb.search.question import Question, ratings

__all__ = [
    "Pages",
    "Question",
    "count",
    "count_if_it_can",
    "policy",
    "post",
    "post_by_md5",
    "ratings",
    "suggest",
    "tags",
]
