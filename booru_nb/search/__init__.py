"""A question sent to a site, its answer read, page after page.

- `question` and `wishes`: what is searched for, whichever site is asked.
- `plan`: which part of it the site evaluates, and which is filtered here.
- `identity`: what makes two questions the same one.
- `asker`: the question as one site is asked for it, page by page.
- `pages` and `merging`: the posts of one site, and of several.
- `lookups`, `detection`, `checkup`: single questions.
"""

from booru_nb.search.asker import Asker, tag_limit
from booru_nb.search.checkup import Check, check
from booru_nb.search.detection import detect_site
from booru_nb.search.identity import identity
from booru_nb.search.learnt import Learnt
from booru_nb.search.lookups import (
    count,
    count_if_it_can,
    page_tags,
    policy,
    post,
    post_by_md5,
    suggest,
    tag_batch,
    tags,
)
from booru_nb.search.merging import Listing, Merged
from booru_nb.search.pages import Pages
from booru_nb.search.plan import parts
from booru_nb.search.question import Question, ratings
from booru_nb.search.sparse import Sparseness, refuse
from booru_nb.search.wishes import Wishes, wishes

__all__ = [
    "Asker",
    "Check",
    "Learnt",
    "Listing",
    "Merged",
    "Pages",
    "Question",
    "Sparseness",
    "Wishes",
    "check",
    "count",
    "count_if_it_can",
    "detect_site",
    "identity",
    "page_tags",
    "parts",
    "policy",
    "post",
    "post_by_md5",
    "ratings",
    "refuse",
    "suggest",
    "tag_batch",
    "tag_limit",
    "tags",
    "wishes",
]
