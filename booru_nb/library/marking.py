"""Queries of frames that ask what only a library knows: what is bookmarked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb import frames
from booru_nb.columns import cast
from booru_nb.query.frames import lacks_bookmarks, select
from booru_nb.schemas import BOOKMARKS, POSTS

if TYPE_CHECKING:
    from booru_nb.query import Query
    from booru_nb.store import Store

_OWN = [name for name in BOOKMARKS if name not in POSTS]


def found(
    frame: pd.DataFrame, query: str | Query, store: Store, *, limit: int | None
) -> pd.DataFrame:
    """Return the rows of a frame that a query finds, as `booru_nb.query.frames.select`.

    What the frame does not tell of its bookmarks is read from the store.
    """
    frames.conform(frame.iloc[:0])
    if not lacks_bookmarks(frame, query):
        return select(frame, query, limit=limit)
    known = store.bookmarks.columns(columns=["site", "id", *_OWN])
    marks = frames.from_columns(known, BOOKMARKS).set_index(["site", "id"])
    keys = [cast(name, frame[name], POSTS[name]) for name in ("site", "id")]
    own = marks.reindex(pd.MultiIndex.from_arrays(keys))
    lacking = {name: own[name].array for name in _OWN if name not in frame}
    return select(frame.assign(**lacking), query, limit=limit)[list(frame.columns)]
