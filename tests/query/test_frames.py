"""Queries of DataFrames, whatever pandas has made of them."""

from __future__ import annotations

from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError, FrameError, QueryError
from booru_nb.query.frames import mask, select


def frame(**columns: Any) -> pd.DataFrame:
    """Return three posts of a site, with what else is said of them."""
    return pd.DataFrame(
        {"site": "s", "id": [1, 2, 3], "tags": ["sky", "sky cloud", ""], **columns}
    )


def found(posts: pd.DataFrame, query: str) -> list[int]:
    return [int(n) for n in select(posts, query)["id"]]


def test_a_mask_has_the_index_of_the_frame() -> None:
    posts = frame().set_axis(["x", "y", "x"])

    found = mask(posts, "sky")

    assert found.dtype == bool
    pd.testing.assert_series_equal(
        found, pd.Series([True, True, False], index=["x", "y", "x"])
    )


def test_rows_keep_labels_columns_dtypes_and_attrs() -> None:
    posts = frame(mine=[1.5, 2.5, 3.5]).set_axis([7, 7, 9])
    posts.attrs["whose"] = "mine"

    kept = select(posts, "sky order:id_desc")

    assert kept["mine"].tolist() == [2.5, 1.5]
    assert kept.index.tolist() == [7, 7]
    assert kept.attrs == posts.attrs
    assert kept.dtypes.equals(posts.dtypes)


def test_nothing_found_has_the_same_columns_and_dtypes() -> None:
    kept = select(bn.posts(frame()), "night")

    assert len(kept) == 0
    assert kept.dtypes.equals(bn.posts(frame()).dtypes)


def test_a_frame_without_rows_can_be_asked() -> None:
    posts = bn.posts(frame()[:0])

    assert found(posts, "sky* -a (tagcount:>1 or score:>5) order:random") == []


def test_a_frame_is_not_changed() -> None:
    posts = frame(score=["5", None, "7"])
    before = posts.copy(deep=True)

    select(posts, "score:>5 sky* order:score")

    pd.testing.assert_frame_equal(posts, before)


def test_a_csv_round_trip_changes_no_answer() -> None:
    posts = bn.posts(
        frame(score=[5, None, 9], created_at=["2024-05-01", None, "2023-01-01"])
    )
    text = StringIO(posts.to_csv(index=False))
    again = pd.read_csv(text)

    for query in ("score:>5", "date:2024", "-score:9", "cloud", "has:source"):
        assert found(again, query) == found(posts, query)


def test_tags_of_category_columns_count() -> None:
    posts = frame(artist=["ann", "", "bob"], other=["lore:old", "", ""])

    assert found(posts, "bob") == [3]
    assert found(posts, "old") == found(posts, "lore:old") == [1]
    assert found(posts, "artist:*") == [1, 3]
    assert found(posts, "tagcount:3") == [1]


def test_any_white_space_parts_tags() -> None:
    posts = frame(tags=["sky\tcloud", " sky  sea\n", "skysea"])

    assert found(posts, "sky") == [1, 2]
    assert found(posts, "tagcount:2") == [1, 2]
    assert found(posts, "s*a") == [2, 3]


def test_a_part_of_a_tag_is_not_the_tag() -> None:
    posts = frame(tags=["cat_ears", "cat", "tomcat"])

    assert found(posts, "cat") == [2]
    assert found(posts, "cat*") == [1, 2]
    assert found(posts, "*cat") == [2, 3]


def test_a_missing_value_fits_no_comparison() -> None:
    posts = frame(score=[60, None, 10])

    assert found(posts, "score:>50") == [1]
    assert found(posts, "-score:>50") == [2, 3]
    assert found(posts, "score:none") == [2]


def test_rows_without_the_value_come_last() -> None:
    posts = frame(score=[None, 1, 2])

    assert found(posts, "order:score") == [3, 2, 1]
    assert found(posts, "order:score_asc") == [2, 3, 1]


def test_a_seed_gives_the_same_order_again() -> None:
    posts = pd.DataFrame({"site": "s", "id": np.arange(50)})

    first = found(posts, "order:random:1")
    assert first == found(posts, "order:random:1")
    assert first != found(posts, "order:random:2")
    assert sorted(first) == sorted(found(posts, "order:random"))


def test_without_the_columns_nothing_is_bookmarked() -> None:
    assert found(frame(), "is:bookmarked") == []
    assert found(frame(), "folder:none") == [1, 2, 3]


def test_the_smaller_limit_holds() -> None:
    assert len(select(frame(), "limit:2", limit=1)) == 1
    assert len(select(frame(), "limit:1", limit=2)) == 1
    assert len(select(frame(), "", limit=0)) == 0


def test_withheld_posts_are_left_out() -> None:
    posts = frame(tags=["sky", "child", "child"], rating=["explicit"] * 2 + ["general"])

    assert found(posts, "") == [1, 3]
    assert found(posts, "child") == [3]


@pytest.mark.parametrize("lacking", ["site", "id"])
def test_a_frame_of_something_else_is_refused(lacking: str) -> None:
    with pytest.raises(FrameError, match=f"no column '{lacking}'"):
        mask(frame().drop(columns=lacking), "sky")


def test_a_wrong_value_is_named() -> None:
    with pytest.raises(FrameError, match="'score' must hold a whole number"):
        mask(frame(score=["a lot", "1", "2"]), "score:>5")


def test_a_wrong_query_or_limit_is_refused() -> None:
    with pytest.raises(QueryError):
        mask(frame(), "(")
    with pytest.raises(ArgumentError, match="A limit"):
        select(frame(), "", limit=-1)
