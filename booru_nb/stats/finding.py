"""Queries of the local language on a matrix: tags by numbers, the rest by the frame.

So a query finds a tag by any of its names, and in the vocabulary of the statistics; a
tag with a category is looked for on the posts as they were given.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

from booru_nb.post import Category
from booru_nb.query import Query, parse
from booru_nb.query.frames import mask
from booru_nb.query.rows import column_of
from booru_nb.query.text import regex
from booru_nb.query.tree import And, Not, Or, Tag, Wildcard

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import TypeGuard

    import pandas as pd
    from numpy.typing import NDArray

    from booru_nb.query.tree import Leaf, Node
    from booru_nb.stats.matrix import Matrix
    from booru_nb.stats.sparse import Ints

_TAG_TEXTS = ("tags", *(str(category) for category in Category), "other")
"""Columns that hold nothing but tags, which take long to read."""

_OF_SEVERAL = {field: ["width", "height"] for field in ("mpixels", "ratio")}
"""The columns of fields that are made of several."""


class Tagged(Protocol):
    """Posts of which a query can be asked."""

    @property
    def matrix(self) -> Matrix:
        """Which post has which tag."""

    def frame(self, columns: Collection[str]) -> pd.DataFrame:
        """Return those of some columns that there are, of the matrix's rows."""

    def code(self, tag: str) -> int | None:
        """Return the number of a tag, by any of its names; None where it is not."""


def is_query(what: object) -> TypeGuard[str | Query]:
    """Tell whether something is a query."""
    return isinstance(what, (str, Query))


def rows(what: str | Query, posts: Tagged) -> Ints:
    """Return the rows that a query finds; its order and limit are passed over.

    Raises
    ------
    QueryError
        If the query cannot be read.
    """
    said = parse(what) if isinstance(what, str) else what
    return np.flatnonzero(_where(said.where, posts))


def required(what: str | Query) -> Iterator[tuple[str, ...]]:
    """Yield the tags that a query wants on every post, each by its possible names."""
    said = parse(what) if isinstance(what, str) else what
    parts = said.where.parts if isinstance(said.where, And) else (said.where,)
    for part in parts:
        if isinstance(part, Tag):
            yield part.names


def _where(node: Node, posts: Tagged) -> NDArray[np.bool_]:
    match node:
        case Not(part):
            return ~_where(part, posts)
        case And(parts):
            start = np.ones(len(posts.matrix), dtype=bool)
            return reduce(np.logical_and, (_where(p, posts) for p in parts), start)
        case Or(parts):
            start = np.zeros(len(posts.matrix), dtype=bool)
            return reduce(np.logical_or, (_where(p, posts) for p in parts), start)
        case Tag(category=None):
            return _with_any(map(posts.code, node.names), posts)
        case Wildcard(category=None):
            fits = [regex(pattern).fullmatch for pattern in node.patterns]
            return _with_any(
                (
                    code
                    for code, tag in enumerate(posts.matrix.names)
                    if any(f(tag) for f in fits)
                ),
                posts,
            )
        case _:
            return _by_frame(node, posts)


def _with_any(codes: Iterator[int | None], posts: Tagged) -> NDArray[np.bool_]:
    found = np.zeros(len(posts.matrix), dtype=bool)
    for code in {code for code in codes if code is not None}:
        found[posts.matrix.with_tag(code)] = True
    return found


def _by_frame(leaf: Leaf, posts: Tagged) -> NDArray[np.bool_]:
    frame = posts.frame(_columns(leaf))
    return mask(frame, Query(text="", where=leaf)).to_numpy()


def _columns(leaf: Leaf) -> list[str]:
    """Return the columns that a part of a query looks at, and a post's key."""
    if isinstance(leaf, (Tag, Wildcard)) or leaf.field == "tagcount":
        return ["site", "id", *_TAG_TEXTS]
    return ["site", "id", *_OF_SEVERAL.get(leaf.field, [column_of(leaf.field)])]
