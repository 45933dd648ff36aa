"""What backends have in common whose sets of posts are arrays of rows."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from booru_nb.columns import cast
from booru_nb.errors import ArgumentError
from booru_nb.schemas import POSTS, TIME
from booru_nb.stats import dates, finding
from booru_nb.stats.backend import Groups

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from booru_nb.query import Query
    from booru_nb.stats.relations import Known
    from booru_nb.stats.source import Source
    from booru_nb.stats.sparse import Ints


_LONE = re.compile("[\\ud800-\\udfff]")
"""Halves of characters, which are in no text that can be kept."""


class Rows(ABC):
    """A backend of which a set of posts is an array of rows, ascending.

    Parameters
    ----------
    source : Source
        The posts as they were given; it is asked when something beside tags is wanted.
    places : array of int64
        Where in the source the post of each row stands.
    known : Known
        Aliases, so that a tag is found by any of its names.
    """

    def __init__(self, source: Source, places: Ints, known: Known) -> None:
        self._source = source
        self._places = places
        self._known = known

    @property
    @abstractmethod
    def names(self) -> pd.Index[Any]:
        """The tags."""

    @abstractmethod
    def with_tag(self, code: int) -> Ints:
        """Return the rows that have a tag, ascending."""

    @abstractmethod
    def asked(self, query: Query, columns: Collection[str]) -> NDArray[np.bool_]:
        """Tell which rows a query finds that needs no more than some columns."""

    @abstractmethod
    def grouped(self, groups: Ints, number: int) -> csr_array[Any, Any]:
        """Return how many rows of each group have each tag.

        Parameters
        ----------
        groups : array of int64
            The group of each row.
        number : int
            How many groups there are.
        """

    def __len__(self) -> int:
        return len(self._places)

    def frame(self, columns: Collection[str]) -> pd.DataFrame:
        """Return those of some columns that there are, of the posts of the rows."""
        there = [name for name in self._source.columns if name in columns]
        return self._source.read(there).iloc[self._places]

    @cached_property
    def dates(self) -> pd.Series[Any]:
        """When each post was made; missing where that is not known."""
        return self._column("created_at")

    def select(self, what: object) -> Ints:
        """Return the rows that a tag, a query or a mask means."""
        if isinstance(what, str) and (code := self.code(what)) is not None:
            return self.with_tag(code)
        if finding.is_query(what):
            return finding.rows(what, self)
        return self._masked(what)

    def named(self, what: object) -> frozenset[str]:
        """Return the tags that every post of a selection has by its own words."""
        if isinstance(what, str) and (code := self.code(what)) is not None:
            return frozenset([self.names[code]])
        wanted = finding.required(what) if finding.is_query(what) else ()
        codes = (self.code(name) for names in wanted for name in names)
        return frozenset(self.names[code] for code in codes if code is not None)

    def lacking(self, what: object) -> list[str]:
        """Return the tags that a selection wants on every post, and none has."""
        if not finding.is_query(what) or (
            isinstance(what, str) and self.code(what) is not None
        ):
            return []
        wanted = finding.required(what)
        return [n[0] for n in wanted if all(self.code(name) is None for name in n)]

    def code(self, tag: str) -> int | None:
        """Return the number of a tag, by any of its names; None where it is not."""
        if _LONE.search(tag):
            return None
        names = [tag, *(known.canonical(tag) for known in self._known.each())]
        codes = self.names.get_indexer(pd.Index(names, dtype="str"))
        return next((int(code) for code in codes if code >= 0), None)

    def between(self, first: pd.Timestamp | None, end: pd.Timestamp | None) -> Ints:
        """Return the dated posts from a moment on, and before another."""
        inside = self.dates.notna()
        if first is not None:
            inside &= self.dates >= first
        if end is not None:
            inside &= self.dates < end
        return np.flatnonzero(inside.to_numpy())

    def moment(self, share: float) -> pd.Timestamp | None:
        """Return when this share of the dated posts was made; None without any."""
        known = self.dates.dropna().sort_values()
        if known.empty:
            return None
        moment: pd.Timestamp = known.iloc[min(int(share * len(known)), len(known) - 1)]
        return moment

    def size(self, posts: Ints) -> int:
        """Return how many posts a set has."""
        return len(posts)

    def crosstab(self, by: str) -> tuple[Groups, csr_array[Any, Any]]:
        """Return how many posts of each group have each tag, groups by tags."""
        labels, codes = _groups(self._grouping(by), by)
        sizes = np.bincount(codes, minlength=len(labels))
        return Groups(labels, sizes), self.grouped(codes, len(labels))

    def spread(self, freq: str, sets: Sequence[Ints]) -> tuple[Groups, list[Ints]]:
        """Return the periods of the dated posts, and how many of each set they have."""
        dated = np.flatnonzero(self.dates.notna().to_numpy())
        labels, numbers = dates.periods(self.dates.iloc[dated], freq)
        period = np.full(len(self), -1, dtype=np.int64)
        period[dated] = numbers
        counts = [_counted(period[rows], len(labels)) for rows in sets]
        return Groups(labels, _counted(period, len(labels))), counts

    def undated(self) -> int:
        """Return how many posts have no date."""
        return int(self.dates.isna().sum())

    def posts(self, posts: Ints | None) -> pd.DataFrame:
        """Return a set of posts, or all, with the columns and labels given."""
        places = self._places if posts is None else self._places[posts]
        return self._source.rows(places)

    def _masked(self, what: object) -> Ints:
        """Return the rows where a mask of the posts given is true."""
        if isinstance(what, pd.Series):
            what = _aligned(what, self._source.index)
        elif not isinstance(what, (np.ndarray, list, ExtensionArray)):
            raise ArgumentError(
                "Posts are chosen by a tag, a query or a mask of True and False, not "
                f"{type(what).__name__}."
            )
        elif getattr(what, "ndim", 1) != 1:
            raise ArgumentError("A mask has one value a post, in one dimension.")
        mask = pd.Series(what, dtype=None if len(what) else bool)
        given = len(self._source.index)
        if len(mask) != given:
            msg = f"The mask is of {len(mask)} posts; these are {given}."
            raise ArgumentError(msg)
        if not pd.api.types.is_bool_dtype(mask.dropna().infer_objects()):
            raise ArgumentError("A mask of posts holds True and False only.")
        chosen = mask.fillna(value=False).astype(bool).to_numpy()
        return np.flatnonzero(chosen[self._places])

    def _grouping(self, by: str) -> pd.Series[Any]:
        known = self._source.columns
        if by not in known and by in dates.FLOORS:
            return dates.floors(self.dates, by)
        if by not in known:
            has = ", ".join([*map(str, known), *dates.FLOORS])
            raise ArgumentError(f"Posts have no column {by!r}. They have: {has}.")
        return self._column(by)

    def _column(self, name: str) -> pd.Series[Any]:
        """Return a column of the rows, in the dtype of the schema where it has one."""
        found = self.frame([name])
        if name not in found:
            return pd.Series(None, index=found.index, dtype=TIME)
        column = found[name]
        return cast(name, column, POSTS[name]) if name in POSTS else column


def _aligned(mask: pd.Series[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    """Return a mask in the order of the posts, by their labels."""
    if mask.index.equals(index):
        return mask
    if mask.index.has_duplicates:
        raise ArgumentError(
            "The mask has several values for one label, and other labels than these "
            "posts. Number them first: posts.reset_index(drop=True)."
        )
    return mask.reindex(index)


def _counted(numbers: Ints, groups: int) -> Ints:
    """Return how often each group is there; negative numbers are of none."""
    return np.bincount(numbers[numbers >= 0], minlength=groups)


def _groups(column: pd.Series[Any], name: str) -> tuple[pd.Series[Any], Ints]:
    """Return the different values of a column, in order, and that of each row."""
    try:
        codes, values = pd.factorize(column, sort=True)
    except TypeError as error:
        raise ArgumentError(
            f"Posts cannot be grouped by {name!r}, whose values do not sort."
        ) from error
    labels = pd.Series(values, dtype=column.dtype)
    if (codes < 0).any():
        missing = pd.Series([None], dtype=column.dtype)
        codes = np.where(codes < 0, len(labels), codes)
        labels = pd.concat([labels, missing], ignore_index=True)
    return labels, codes.astype(np.int64)
