"""The posts that a grid shows: the user's own frame, and what is displayed of it.

A post is meant by its *ordinal*, its place in the frame shown, which nothing changes
but a new frame: the same post may stand in a frame twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from booru_nb import frames
from booru_nb.guard import withheld
from booru_nb.post import Category
from booru_nb.widgets.item import Item

DISPLAYED = ("site", "id", "preview_url", "rating", "score", "ext", "md5", "tags")
# The guard looks at every tag, so also at those which stand in a category only.
_READ = (*DISPLAYED, *(str(c) for c in Category), "other")


@dataclass(frozen=True, eq=False)
class Shown:
    """A frame of posts with all that a grid displays of it.

    Parameters
    ----------
    frame : DataFrame
        The user's rows, with their labels, columns and dtypes, but for those that the
        guard withholds.
    known : DataFrame
        The same rows in the schema, with a default index.
    """

    frame: pd.DataFrame
    known: pd.DataFrame

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return {name: self.known[name].array for name in DISPLAYED}

    def item(self, ordinal: int) -> Item | None:
        """Return what is known of one post; None if it must not be shown."""
        values: dict[str, Any] = {}
        for name, column in self._columns.items():
            value = column[ordinal]
            values[name] = None if pd.isna(value) else value
        values["id"] = int(values["id"])
        if values["score"] is not None:
            values["score"] = int(values["score"])
        item = Item(**values)
        tags = item.tags.split()
        return None if withheld(item.rating, tags, site=item.site) else item

    def first(self, count: int) -> list[Item]:
        """Return what is known of the first posts, as many as may be shown."""
        items = map(self.item, range(min(count, len(self))))
        return [item for item in items if item is not None]


def shown(frame: pd.DataFrame) -> Shown:
    """Return a frame of posts as a grid shows it. Later changes to it have no effect.

    Raises
    ------
    FrameError
        If it is no frame of posts.
    """
    known = frames.conform(_read(frame))
    kept = frame.copy() if len(known) == len(frame) else frame.iloc[known.index]
    return Shown(kept, known[list(DISPLAYED)].reset_index(drop=True))


def _read(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what a grid reads of a frame, with a default index.

    What is no frame is returned as it is, and left to `frames.conform` to refuse.
    """
    columns = getattr(frame, "columns", None)
    if columns is None:
        return frame
    return frame[[name for name in _READ if name in columns]].reset_index(drop=True)


def extended(before: Shown, frame: pd.DataFrame) -> Shown:
    """Return what is shown with further rows after it.

    Two default indexes become one; other labels are kept as they are.

    Raises
    ------
    FrameError
        If it is no frame of posts.
    """
    more = shown(frame)
    if not len(before):
        return more
    both = [before.frame, more.frame]
    plain = all(_is_default(part.index) for part in (before.frame, frame))
    return Shown(
        pd.concat(both, ignore_index=plain),
        pd.concat([before.known, more.known], ignore_index=True),
    )


def _is_default(index: pd.Index[Any]) -> bool:
    return isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1
