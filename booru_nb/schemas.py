"""The columns of every DataFrame that booru_nb hands out, and their dtypes.

An empty frame has the same columns and dtypes as a full one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.post import Category, Rating, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, object]

RATING = pd.CategoricalDtype([str(r) for r in Rating], ordered=True)
STATUS = pd.CategoricalDtype([str(s) for s in Status])
TIME = pd.DatetimeTZDtype("us", "UTC")
OUTCOME = pd.CategoricalDtype(["downloaded", "present", "failed", "skipped"])
WRITTEN = pd.CategoricalDtype(["written", "present", "skipped", "failed"])
CONDITION = pd.CategoricalDtype(["ok", "missing", "changed", "unreachable"])

POSTS: Schema = {
    "site": "str",
    "id": "int64",
    "also_on": "str",
    "rating": RATING,
    "score": "Int64",
    "favorites": "Int64",
    "tags": "str",
    **{str(c): "str" for c in Category},
    "other": "str",
    "width": "Int64",
    "height": "Int64",
    "ext": "str",
    "md5": "str",
    "file_size": "Int64",
    "source": "str",
    "parent_id": "Int64",
    "uploader": "str",
    "created_at": TIME,
    "preview_url": "str",
    "sample_url": "str",
    "file_url": "str",
    "post_url": "str",
    "status": STATUS,
}
"""A post a row, keyed by ``(site, id)``."""

BOOKMARKS: Schema = {**POSTS, "folder": "str", "note": "str", "bookmarked_at": TIME}
"""A bookmark a row: a post, and what the user says of it."""

TAGS: Schema = {"tag": "str", "category": "str", "count": "int64"}
"""A tag a row, with the number of posts that have it."""

POST_TAGS: Schema = {
    "site": "str",
    "id": "int64",
    "tag": pd.CategoricalDtype(),
    "category": pd.CategoricalDtype(),
}
"""A pair of post and tag a row."""

SUGGESTIONS: Schema = {
    "tag": "str",
    "category": "str",
    "site_count": "Int64",
    "alias": "str",
}
"""A completion a row."""

SITES: Schema = {
    "site": "str",
    "url": "str",
    "engine": "str",
    "rate": "float64",
    "tag_limit": "Int64",
    "login": "bool",
    "is_default": "bool",
    "bookmarks": "int64",
}
"""A site a row."""

FOLDERS: Schema = {
    "folder": "str",
    "count": "int64",
    "direct": "int64",
    "query": "str",
    "added_at": TIME,
}
"""A folder a row, with how many bookmarks are in it."""

BLACKLIST: Schema = {
    "kind": "str",
    "rule": "str",
    "site": "str",
    "id": "Int64",
    "added_at": TIME,
}
"""Something that is not shown a row: a rule, or a post."""

HIDDEN: Schema = {**POSTS, "rule": "str"}
"""A post a row that the blacklist has hidden, and why."""

_ASKED: Schema = {
    "query": "str",
    "site": "str",
    "rating": "str",
    "min_score": "Int64",
    "order": "str",
    "media": "str",
    "after": TIME,
    "before": TIME,
}

HISTORY: Schema = {**_ASKED, "searched_at": TIME}
"""A search that was made a row."""

SAVED_SEARCHES: Schema = {"name": "str", **_ASKED, "saved_at": TIME}
"""A search that has a name a row."""

SETTINGS: Schema = {
    "setting": "str",
    "value": "str",
    "default": "str",
    "meaning": "str",
}
"""A setting a row."""

CRAWLS: Schema = {
    "crawl": "int64",
    "site": "str",
    "query": "str",
    "rating": "str",
    "posts": "int64",
    "complete": "bool",
    "newest_id": "int64",
    "oldest_id": "int64",
    "gaps": "int64",
    "ranges": "str",
    "started_at": TIME,
    "asked_at": TIME,
}
"""A question that was collected a row."""

EXPLANATION: Schema = {"part": "str", "where": "str", "words": "str", "why": "str"}
"""A part of a question a row."""

CHECKS: Schema = {"check": "str", "ok": "boolean", "message": "str"}
"""Something that was tried on a site a row."""

IMPORTS: Schema = {
    "subject": "str",
    "added": "int64",
    "updated": "int64",
    "unchanged": "int64",
    "withheld": "int64",
    "skipped": "int64",
    "reason": "str",
}
"""What became of a subject's rows, or why some were skipped, a row."""

DOWNLOADS: Schema = {
    "site": "str",
    "id": "int64",
    "kind": "str",
    "status": OUTCOME,
    "path": "str",
    "reason": "str",
    "size": "Int64",
    "sha256": "str",
}
"""A file that was to be downloaded a row."""

EXPORTS: Schema = {
    "site": "str",
    "id": "int64",
    "path": "str",
    "status": WRITTEN,
    "reason": "str",
}
"""A post that was to be exported a row."""

FILES: Schema = {
    "site": "str",
    "id": "int64",
    "kind": "str",
    "path": "str",
    "ext": "str",
    "size": "int64",
    "sha256": "str",
    "md5": "str",
    "added_at": TIME,
}
"""A file that is known a row."""

ADOPTED: Schema = {
    "path": "str",
    "status": pd.CategoricalDtype(["adopted", "present", "unmatched", "failed"]),
    "site": "str",
    "id": "Int64",
    "size": "Int64",
    "sha256": "str",
    "reason": "str",
}
"""A file that was looked at a row."""

CHECKED_FILES: Schema = {
    "site": "str",
    "id": "int64",
    "kind": "str",
    "condition": CONDITION,
    "path": "str",
    "reason": "str",
}
"""A known file a row, and how it is on the disk."""

REMOVED_FILES: Schema = {
    "site": "str",
    "id": "int64",
    "kind": "str",
    "removed": "bool",
    "path": "str",
    "reason": "str",
}
"""A known file a row, and whether it was deleted."""

TAG_COUNTS: Schema = {
    **TAGS,
    "share": "float64",
    "low": "float64",
    "high": "float64",
}
"""A tag a row, with its share of the posts, and the ends of the interval of that."""

RELATED: Schema = {**TAGS, "cosine": "float64"}
"""A tag a row that goes with others, with a measure, which bears its own name."""

PAIRS: Schema = {"tag_a": "str", "tag_b": "str", "count": "int64"}
"""A pair of tags a row, with the number of posts that have both."""

OVER_TIME: Schema = {
    "period": TIME,
    "tag": "str",
    "count": "int64",
    "posts": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}
"""A period and tag a row."""

EMERGING: Schema = {
    **TAGS,
    "share": "float64",
    "count_before": "int64",
    "share_before": "float64",
    "log_odds": "float64",
    "z": "float64",
}
"""A tag on the rise a row."""

COMPARED: Schema = {
    "tag": "str",
    "category": "str",
    "count_a": "int64",
    "share_a": "float64",
    "count_b": "int64",
    "share_b": "float64",
    "log_odds": "float64",
    "z": "float64",
    "g2": "float64",
}
"""A tag a row, as it is on two sets of posts."""

DATASET_REPORT: Schema = {
    "step": "str",
    "options": "str",
    "removed": "int64",
    "kept": "int64",
    "changed": "int64",
    "reasons": "str",
}
"""A step of a dataset a row, with what it did."""

DATASET_REASONS: Schema = {"step": "str", "reason": "str", "removed": "int64"}
"""A reason for which a step of a dataset removed posts a row."""

LEFT: Schema = {"before": "Int64", "kept": "int64", "share": "float64"}
"""A value a row, with how many posts of a dataset have it."""

DATASET_EXPLANATION: Schema = {
    "step": "str",
    "options": "str",
    "outcome": "str",
    "why": "str",
}
"""A step of a dataset a row, with what it did to one post."""

TAG_SYNC: Schema = {
    "site": "str",
    "what": "str",
    "fetched": "int64",
    "new": "int64",
    "removed": "int64",
    "skipped": "int64",
    "known": "int64",
    "as_of": TIME,
}
"""A kind of what a site says of its tags a row, and what came of asking for it."""

TAG_ALIASES: Schema = {"site": "str", "alias": "str", "tag": "str"}
"""An alias a row."""

TAG_IMPLICATIONS: Schema = {"site": "str", "tag": "str", "implies": "str"}
"""An implication a row."""

SITE_TAGS: Schema = {
    "site": "str",
    "tag": "str",
    "category": "str",
    "site_count": "Int64",
}
"""A tag of a site a row."""

ALWAYS_TEXT = frozenset(
    [
        "also_on",
        "tags",
        *(str(c) for c in Category),
        "other",
        "folder",
        "note",
        "reason",
    ]
)
"""Columns of text that are empty, not missing, where there is nothing."""


def dtype_name(dtype: object) -> str:
    """Return how a docstring's table names a dtype."""
    return "category" if isinstance(dtype, pd.CategoricalDtype) else str(dtype)


def describe(schema: Mapping[str, object]) -> dict[str, str]:
    """Return the columns of a schema with the names of their dtypes."""
    return {column: dtype_name(dtype) for column, dtype in schema.items()}
