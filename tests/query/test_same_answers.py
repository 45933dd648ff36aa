"""A library and a DataFrame answer every query alike."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from booru_nb import frames
from booru_nb.post import Post
from booru_nb.query.frames import select
from booru_nb.schemas import BOOKMARKS
from booru_nb.store import Store, conditions
from tests.query.samples import NOW, QUERIES, entries, everything, posts

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.store.columns import Columns


def keys(found: pd.DataFrame | Columns) -> list[tuple[Any, Any]]:
    return list(zip(found["site"], found["id"], strict=True))


def agree(store: Store, queries: list[str]) -> None:
    """Hold both ways to answer a query against each other."""
    shown = everything(store)
    marked = frames.from_columns(store.bookmarks.columns(), BOOKMARKS)
    for query in queries:
        found = store.posts.find(query, now=NOW)
        assert keys(found) == keys(select(shown, query, now=NOW)), query
        assert store.posts.count(query, now=NOW) == len(found["id"]), query
        own = store.bookmarks.find(query, now=NOW)
        assert keys(own) == keys(select(marked, query, now=NOW)), query


# A pattern's tags are probed, gathered, or asked post by post, as it seems cheaper.
@pytest.mark.parametrize(
    ("probed", "gathered"), [(8, 50_000), (0, 50_000), (0, 0)], ids=str
)
# A failing example is large; making it smaller takes minutes.
@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), kept=posts())
def test_sql_and_frames_agree(
    probed: int, gathered: int, data: st.DataObject, kept: list[Post]
) -> None:
    bookmarked = data.draw(entries(kept))
    queries = data.draw(st.lists(QUERIES, min_size=4, max_size=8))
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory() as name,
        Store.open(Path(name) / "l.booru") as store,
    ):
        patch.setattr(conditions, "PROBED", probed)
        patch.setattr(conditions, "GATHERED", gathered)
        store.posts.put(kept)
        store.bookmarks.add(bookmarked)
        agree(store, queries)


def test_they_agree_where_one_tag_of_several_leads(store: Store) -> None:
    store.posts.put(
        Post(site="s", id=n, tags=tuple(sorted({"all", f"t{n % 7}", f"u{n % 50}"})))
        for n in range(200)
    )

    agree(
        store,
        [
            *("u1", "u1 or u2", "(u1 or u2) all", "(u1 or u2) limit:3", "u1* -t1"),
            *("(u1 or -all)", "all (u3 or (u4 t4))", "nothing or u1", "nothing", "-u1"),
            *("u1 or u2 order:id limit:3", "u* order:id_desc limit:5", "t1 u1 u8"),
        ],
    )
