"""The posts that a dataset begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import frames
from booru_nb.columns import cast
from booru_nb.errors import FrameError

if TYPE_CHECKING:
    Key = tuple[str, int]

SPLIT = r"[A-Za-z0-9]\w*"
"""What a split may be called, so that every format can bear its name."""


@dataclass(frozen=True)
class Source:
    """Posts, as they were given.

    Attributes
    ----------
    posts : DataFrame
        In the schema, with all further columns; its index is the place of each in
        what was given. Posts that the guard withholds have none.
    index : Index
        The labels of what was given, those of withheld posts included.
    query : str or None
        What found them in the library, where they were given as that.
    """

    posts: pd.DataFrame
    index: pd.Index[Any]
    query: str | None = None

    def labels(self, places: pd.Index[Any]) -> pd.Index[Any]:
        """Return the labels that posts at some places had in what was given."""
        return self.index.take(places.to_numpy())

    def brought(self, name: str) -> pd.Series[Any]:
        """Return what a column of the given frame says; missing where it is silent."""
        if name not in self.posts.columns:
            return pd.Series(None, index=self.posts.index, dtype="str")
        return self.posts[name]


def key_list(posts: pd.DataFrame) -> list[Key]:
    """Return the site and id of each post of a frame in the schema."""
    return list(zip(posts["site"].tolist(), posts["id"].tolist(), strict=True))


def of_frame(given: pd.DataFrame, *, query: str | None = None) -> Source:
    """Return a frame of posts as the beginning of a dataset.

    Raises
    ------
    FrameError
        If it is no frame of posts, or its column `split` has a name that is none.
    """
    # What is no frame of posts is refused by its own labels and columns.
    frames.conform(given.iloc[:0] if isinstance(given, pd.DataFrame) else given)
    posts = frames.conform(given.set_axis(pd.RangeIndex(len(given)), axis=0))
    own = {name: _said(posts, name) for name in ("caption", "split") if name in posts}
    if "cluster" in posts:
        own["cluster"] = cast("cluster", posts["cluster"], "Int64")
    if "split" in own:
        _check_splits(own["split"])
    return Source(posts.assign(**own), given.index, query)


def _said(posts: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Return a column of text, missing where it is empty."""
    column = cast(name, posts[name], "str").str.strip()
    return column.where(column.notna() & (column != ""))


def _check_splits(column: pd.Series[Any]) -> None:
    wrong = column[column.notna() & ~column.fillna("a").str.fullmatch(SPLIT)]
    if len(wrong):
        raise FrameError(
            "The column 'split' must hold names such as 'train', of letters, digits "
            f"and _, not {wrong.iloc[0]!r}."
        )
