"""Searching what is kept: ``lib.query`` and ``df.booru.query``."""

from __future__ import annotations

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import schemas
from booru_nb.errors import ArgumentError, LibraryError, QueryError


@pytest.fixture
def posts(lib: bn.Library) -> pd.DataFrame:
    found = lib.search("sky", limit=30, rating="any", progress=False)
    lib.bookmark(found[:20])
    lib.bookmark(found[:5], folder="skies/blue", note="Nice one")
    return found


@pytest.mark.parametrize(
    "query",
    [
        *("", "sky", "sky -night", "s* or night", "rating:g score:>0 order:score"),
        *("artist:*", "tagcount:>8 limit:3", "date:>2000 order:date_asc", "nothing"),
        *("folder:skies", "-is:bookmarked", "note:nice", "order:bookmarked limit:4"),
        *("folder:none order:random:3", "site:demo has:source"),
    ],
)
def test_a_library_and_a_frame_of_its_posts_agree(
    lib: bn.Library, posts: pd.DataFrame, query: str
) -> None:
    assert len(posts) == 30
    every = lib.posts()

    found = lib.query(query)

    pd.testing.assert_frame_equal(
        found, every.booru.query(query).reset_index(drop=True)
    )


def test_nothing_found_has_the_columns_of_a_search(lib: bn.Library) -> None:
    found = lib.query("nothing")

    assert {c: schemas.dtype_name(d) for c, d in found.dtypes.items()} == (
        schemas.describe(schemas.POSTS)
    )


@pytest.mark.usefixtures("posts")
def test_columns_come_in_the_order_asked_for(lib: bn.Library) -> None:
    found = lib.query("folder:skies", columns=["note", "id", "folder"])

    assert list(found) == ["note", "id", "folder"]
    assert set(found["folder"]) == {"skies/blue"}


@pytest.mark.usefixtures("posts")
def test_a_frame_of_bookmarks_tells_itself(lib: bn.Library) -> None:
    kept = lib.bookmarks()
    kept.attrs.clear()
    lib.close()

    assert len(kept.booru.query("folder:skies/blue note:nice")) == 5


def test_whose_bookmarks_are_meant_is_never_guessed(posts: pd.DataFrame) -> None:
    posts.attrs.clear()
    with bn.demo(), pytest.raises(LibraryError, match="Say which one"):
        posts.booru.query("is:bookmarked")


def test_the_library_knows_what_a_frame_does_not(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    found = lib.query("is:bookmarked", posts=posts)

    assert len(found) == 20
    assert list(found) == list(posts)
    assert found.index.tolist() == list(range(20))


def test_a_frame_needs_no_library(posts: pd.DataFrame, lib: bn.Library) -> None:
    lib.close()

    assert len(posts.booru.query("sky", limit=3)) == 3


def test_a_wrong_question_is_explained(lib: bn.Library) -> None:
    with pytest.raises(QueryError, match=r"\n    sky scor:>5\n        \^\^\^\^\^\^\^"):
        lib.query("sky scor:>5")
    with pytest.raises(ArgumentError, match="A limit"):
        lib.query("sky", limit=-1)
    with pytest.raises(ArgumentError, match="no column 'colour'"):
        lib.query("sky", columns=["colour"])


def test_a_closed_library_says_so(lib: bn.Library) -> None:
    lib.close()

    with pytest.raises(LibraryError, match="closed"):
        lib.query("sky")
