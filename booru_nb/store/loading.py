"""Columns as posts: the way back from the file to the one datum."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from booru_nb.post import Post, Rating, Status
from booru_nb.store.columns import CATEGORIES, POST_COLUMNS, TEXTS
from booru_nb.store.times import EPOCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.store.columns import Columns

_SAME = tuple(name for name in POST_COLUMNS if name not in {*TEXTS, "also_on"})


def as_posts(columns: Columns) -> list[Post]:
    """Return the rows of all of `POST_COLUMNS` as posts, in their order."""
    rows = zip(*columns.values(), strict=True)
    return [_post(dict(zip(columns, row, strict=True))) for row in rows]


def _post(row: dict[str, Any]) -> Post:
    same = {name: row[name] for name in _SAME}
    for name, kind in (("rating", Rating), ("status", Status)):
        if same[name] is not None:
            same[name] = kind(same[name])
    if same["created_at"] is not None:
        same["created_at"] = EPOCH + timedelta(microseconds=same["created_at"])
    return Post(
        **same,
        also_on=tuple(row["also_on"].split()),
        tags=tuple(row["tags"].split()),
        categories=_categories(row),
    )


def _categories(row: Mapping[str, Any]) -> dict[str, str]:
    found = {tag: name for name in CATEGORIES for tag in row[name].split()}
    for token in row["other"].split():
        category, _, tag = token.partition(":")
        found[tag] = category
    return found
