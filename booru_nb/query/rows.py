"""The rows of a DataFrame of posts, as the parts of a query ask for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb import frames, guard
from booru_nb.columns import cast, missing
from booru_nb.post import Category
from booru_nb.query.chance import ranking
from booru_nb.query.fields import CHOICES, TEXTS
from booru_nb.query.tagtexts import TagTexts
from booru_nb.query.text import fold, matcher
from booru_nb.query.tree import And, Has, Not, OneOf, Or, Tag, Text, Wildcard, Within
from booru_nb.schemas import BOOKMARKS

if TYPE_CHECKING:
    import numpy.typing as npt

    from booru_nb.query.tree import Leaf, Node, Order

    Bools = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[Any]

_CATEGORIES = tuple(str(category) for category in Category)

_COLUMNS = {
    "filesize": "file_size",
    "parent": "parent_id",
    "date": "created_at",
    "age": "created_at",
    "bookmarked": "bookmarked_at",
}
"""The columns of fields that have another name."""


def column_of(field: str) -> str:
    """Return the column of a frame in which a field stands."""
    return _COLUMNS.get(field, field)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rows:
    """A frame of posts, asked for the parts of a query.

    Parameters
    ----------
    frame : DataFrame
        As for `booru_nb.posts`.
    now : datetime
        From when ages are counted.

    Raises
    ------
    FrameError
        If it is no frame of posts.
    """

    def __init__(self, frame: pd.DataFrame, now: datetime) -> None:
        frames.conform(frame[:0] if isinstance(frame, pd.DataFrame) else frame)
        self._frame = frame
        self._now = (now - _EPOCH) // timedelta(microseconds=1)
        self._cast: dict[str, pd.Series[Any]] = {}

    def where(self, node: Node) -> Bools:
        """Tell for which rows a part of a query is true."""
        match node:
            case Not(part):
                return ~self.where(part)
            case And(parts):
                start = np.ones(len(self._frame), dtype=bool)
                return reduce(np.logical_and, map(self.where, parts), start)
            case Or(parts):
                start = np.zeros(len(self._frame), dtype=bool)
                return reduce(np.logical_or, map(self.where, parts), start)
            case _:
                return self._asked(node)

    def _asked(self, leaf: Leaf) -> Bools:
        match leaf:
            case Tag() | Wildcard():
                return self._tagged(leaf)
            case Within(field, spans):
                return _within(*self._numbers(field), spans)
            case OneOf(field, values):
                return self._column(field).isin(list(values)).to_numpy()
            case Text(field, pattern):
                return self._fitting(field, pattern)
            case Has(field):
                return self._there(field)

    def ordered(self, places: Numbers, order: Order) -> Numbers:
        """Return the places of rows in another order; equal ones stay in theirs."""
        if order.by == "kept":
            return places if order.descending else places[::-1]
        if order.by == "random":
            rank = ranking(order.seed)
            sites, ids = (self._column(c).iloc[places] for c in ("site", "id"))
            ranks = [rank(f"{s}:{i}") for s, i in zip(sites, ids, strict=True)]
            return places[np.argsort(np.array(ranks, dtype="int64"), kind="stable")]
        numbers, known = self._numbers(order.by)
        there, gone = places[known[places]], places[~known[places]]
        keys = -numbers[there] if order.descending else numbers[there]
        return np.concatenate([there[np.argsort(keys, kind="stable")], gone])

    def allowed(self, places: Numbers) -> Bools:
        """Tell which of some rows the guard lets pass."""
        # Most frames have no tag that could withhold a post, whatever its rating.
        if not guard.withheld(None, self._tags.vocabulary(places)):
            return np.ones(len(places), dtype=bool)
        ratings = self._column("rating").iloc[places].astype(object)
        known = ratings.where(ratings.notna(), None)
        texts = self._tags.texts(places)
        withheld = [
            guard.withheld(rating, text.split())
            for rating, text in zip(known, texts, strict=True)
        ]
        return ~np.array(withheld, dtype=bool)

    def _column(self, field: str) -> pd.Series[Any]:
        name = column_of(field)
        if name not in self._cast:
            dtype = BOOKMARKS[name]
            self._cast[name] = (
                cast(name, self._frame[name], dtype)
                if name in self._frame.columns
                else missing(name, self._frame.index, dtype)
            )
        return self._cast[name]

    @cached_property
    def _tags(self) -> TagTexts:
        """All tags, of whatever category."""
        names = [n for n in ("tags", *_CATEGORIES) if n in self._frame.columns]
        columns = [self._column(name) for name in names]
        other = self._column("other")
        if (other != "").any():
            columns.append(other.str.replace(r"(^| )[^: ]*:", r"\1", regex=True))
        return TagTexts(columns, len(self._frame))

    def _tagged(self, leaf: Tag | Wildcard) -> Bools:
        names = leaf.names if isinstance(leaf, Tag) else leaf.patterns
        texts = self._tags
        if leaf.category in _CATEGORIES:
            texts = TagTexts([self._column(leaf.category)], len(self._frame))
        elif leaf.category is not None:
            texts = TagTexts([self._column("other")], len(self._frame))
            kinds = dict.fromkeys((leaf.category, fold(leaf.category)))
            names = tuple(f"{kind}:{name}" for kind in kinds for name in names)
        return texts.having(names) if isinstance(leaf, Tag) else texts.fitting(names)

    def _numbers(self, field: str) -> tuple[Numbers, Bools]:
        """Return a field's numbers, and where they are known."""
        if field == "tagcount":
            return self._tags.counts, np.ones(len(self._frame), dtype=bool)
        if field in {"mpixels", "ratio"}:
            (width, wide), (height, high) = map(self._numbers, ("width", "height"))
            if field == "mpixels":
                return width.astype(float) * height.astype(float), wide & high
            known = wide & high & (height != 0)
            return width.astype(float) / np.where(known, height, 1), known
        column = self._column(field)
        known = column.notna().to_numpy()
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            numbers = column.to_numpy("datetime64[us]").view("int64")
            return (self._now - numbers if field == "age" else numbers), known
        return column.to_numpy("int64", na_value=0), known

    def _fitting(self, field: str, pattern: str) -> Bools:
        fits = matcher(field, pattern)
        codes, texts = pd.factorize(self._column(field))
        # A missing text has the code -1, which is the last one here.
        return np.array([*map(fits, texts), False], dtype=bool)[codes]

    def _there(self, field: str) -> Bools:
        if field in TEXTS:
            column = self._column(field)
            return (column.notna() & (column != "")).to_numpy(dtype=bool)
        if field in CHOICES:
            return self._column(field).notna().to_numpy()
        return self._numbers(field)[1]


def _within(
    numbers: Numbers, known: Bools, spans: tuple[tuple[Any, Any], ...]
) -> Bools:
    single = [low for low, high in spans if low == high]
    found = np.isin(numbers, single) if single else np.zeros(len(numbers), dtype=bool)
    for low, high in spans:
        if low is None or low != high:
            inside = np.ones(len(numbers), dtype=bool)
            if low is not None:
                inside &= numbers >= low
            if high is not None:
                inside &= numbers <= high
            found |= inside
    return found & known
