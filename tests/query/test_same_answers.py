"""A library and a DataFrame answer every query alike."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from booru_nb import frames
from booru_nb.query.frames import select
from booru_nb.schemas import BOOKMARKS
from booru_nb.store import Store
from tests.query.samples import NOW, QUERIES, entries, everything, posts

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.store.columns import Columns


def keys(found: pd.DataFrame | Columns) -> list[tuple[Any, Any]]:
    return list(zip(found["site"], found["id"], strict=True))


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(data=st.data(), kept=posts())
def test_sql_and_frames_agree(data: st.DataObject, kept: list[Any]) -> None:
    bookmarked = data.draw(entries(kept))
    with tempfile.TemporaryDirectory() as name, Store.open(Path(name) / "l") as store:
        store.posts.put(kept)
        store.bookmarks.add(bookmarked)
        shown = everything(store)
        marked = frames.from_columns(store.bookmarks.columns(), BOOKMARKS)
        for query in data.draw(st.lists(QUERIES, min_size=4, max_size=8)):
            found = store.posts.find(query, now=NOW)
            assert keys(found) == keys(select(shown, query, now=NOW)), query
            assert store.posts.count(query, now=NOW) == len(found["id"])
            own = store.bookmarks.find(query, now=NOW)
            assert keys(own) == keys(select(marked, query, now=NOW)), query
