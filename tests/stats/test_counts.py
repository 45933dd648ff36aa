from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from booru_nb import schemas, stats
from booru_nb.errors import ArgumentError, FrameError
from tests.stats.samples import few, frame, of, tag_sets, times


@few
@given(posts=tag_sets)
def test_counts_are_those_of_a_counter(posts: list[set[str]]) -> None:
    counts = of(posts).counts()
    plain = Counter(tag for post in posts for tag in post)

    assert list(zip(counts["tag"], counts["count"], strict=True)) == sorted(
        plain.items(), key=lambda one: (-one[1], one[0])
    )
    assert (counts["share"] == counts["count"] / max(len(posts), 1)).all()


def test_counts_have_their_schema() -> None:
    counts = of([{"cat"}]).counts()

    assert schemas.describe(dict(counts.dtypes)) == schemas.describe(schemas.TAG_COUNTS)


def test_no_posts_have_no_counts_and_the_same_columns() -> None:
    empty = of([]).counts()

    assert empty.empty
    assert empty.dtypes.equals(of([{"cat"}]).counts().dtypes)


def test_a_category_leaves_the_shares_as_they_are() -> None:
    posts = frame([{"anna", "sky"}, {"sky"}], artist=["anna", ""])
    counts = stats.of_frame(posts).counts(category="artist")

    assert counts[["tag", "count", "share"]].to_numpy().tolist() == [["anna", 1, 0.5]]


def test_a_tag_has_the_category_that_most_of_its_posts_say() -> None:
    posts = frame(
        [{"anna"}] * 3, artist=["anna", "anna", ""], character=["", "", "anna"]
    )

    assert stats.of_frame(posts).counts()["category"].tolist() == ["artist"]


def test_a_further_category_is_one() -> None:
    posts = frame([{"old_lore"}], other=["lore:old_lore"])

    assert stats.of_frame(posts).counts(category="lore")["tag"].tolist() == ["old_lore"]


def test_an_unknown_category_names_those_that_there_are() -> None:
    with pytest.raises(ArgumentError, match=r"no category 'artists'.*artist"):
        of([{"cat"}]).counts(category="artists")


def test_counts_by_a_rating_keep_the_posts_without_one() -> None:
    posts = frame([{"cat"}] * 4, rating=["sensitive", None, "general", "general"])
    counts = stats.of_frame(posts).counts(by="rating")

    assert counts["rating"].tolist()[:2] == ["general", "sensitive"]
    assert counts["rating"].isna().tolist() == [False, False, True]
    assert counts["count"].tolist() == [2, 1, 1]
    assert counts["share"].tolist() == [1.0, 1.0, 1.0]
    assert counts["rating"].dtype == schemas.RATING


def test_counts_by_month_keep_the_posts_without_a_date() -> None:
    dates = times("2024-03-31T23:59Z", "2024-04-01T00:00Z", None)
    posts = frame([{"cat"}, {"cat", "sky"}, {"cat"}], created_at=dates)
    counts = stats.of_frame(posts).counts(by="month")

    assert counts["month"].dt.strftime("%Y-%m-%d").tolist()[:3] == [
        *("2024-03-01", "2024-04-01", "2024-04-01"),
    ]
    assert counts["tag"].tolist() == ["cat", "cat", "sky", "cat"]
    assert counts["month"].isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("by", "values", "groups"),
    [
        ("folder", ["b", "a", ""], ["", "a", "b"]),
        ("mine", [2.5, np.nan, 1.0], [1.0, 2.5, np.nan]),
        ("keep", [True, False, True], [False, True]),
        ("score", [3, pd.NA, 3], [3, pd.NA]),
    ],
)
def test_counts_by_any_column(by: str, values: list[object], groups: object) -> None:
    posts = frame([{"cat"}] * 3, **{by: values})
    counts = stats.of_frame(posts).counts(by=by)

    assert str(counts[by].tolist()) == str(groups)
    assert counts["count"].sum() == 3


def test_counts_by_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ArgumentError, match=r"no column 'colour'.*tags.*month"):
        of([{"cat"}]).counts(by="colour")


def test_counts_by_a_column_of_the_result_are_refused() -> None:
    with pytest.raises(ArgumentError, match="'count', which is a column of the result"):
        stats.of_frame(frame([{"cat"}], count=[1])).counts(by="count")


@few
@given(posts=tag_sets)
def test_the_groups_of_a_column_add_up(posts: list[set[str]]) -> None:
    parity = [number % 2 for number in range(len(posts))]
    made = stats.of_frame(frame(posts, parity=parity))
    each = made.counts(by="parity").groupby("tag")["count"].sum()

    assert each.to_dict() == made.counts().set_index("tag")["count"].to_dict()


def test_a_post_that_is_there_twice_counts_once() -> None:
    posts = frame([{"cat"}, {"dog"}])
    double = pd.concat([posts, posts.iloc[::-1]])

    assert stats.of_frame(double).counts()["count"].tolist() == [1, 1]
    assert len(stats.of_frame(double)) == 2


def test_the_same_id_on_two_sites_is_two_posts() -> None:
    posts = frame([{"cat"}, {"cat"}], site=["meadow", "pond"], id=[1, 1])

    assert stats.of_frame(posts).counts()["count"].tolist() == [2]


@pytest.mark.parametrize("tags", [None, np.nan, pd.NA, "", "  ", []])
def test_a_post_without_tags_counts_as_a_post(tags: object) -> None:
    posts = frame([{"cat"}, {"cat"}])
    posts["tags"] = pd.Series(["cat", tags], dtype=object)

    assert stats.of_frame(posts).counts()["share"].tolist() == [0.5]


def test_tags_that_stand_in_a_category_only_count_as_well() -> None:
    posts = pd.DataFrame(
        {"site": "meadow", "id": [1], "rating": "general", "general": ["cat  dog cat"]}
    )

    assert stats.of_frame(posts).counts()["tag"].tolist() == ["cat", "dog"]


def test_a_later_change_of_the_frame_is_not_seen() -> None:
    posts = frame([{"cat"}], score=[1])
    made = stats.of_frame(posts)
    posts.loc[0, "score"] = 9

    assert made.counts(by="score")["score"].tolist() == [1]


def test_what_is_no_frame_of_posts_is_refused() -> None:
    with pytest.raises(FrameError, match="no column 'site'"):
        stats.of_frame(pd.DataFrame({"id": [1], "tags": ["cat"]}))
