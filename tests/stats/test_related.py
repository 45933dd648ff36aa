import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from booru_nb import schemas, stats
from booru_nb.errors import ArgumentError, QueryError
from booru_nb.query.frames import select
from booru_nb.stats import TagStats
from tests.stats.samples import frame, of

POSTS = [
    {"umbrella", "rain", "sky"},
    {"umbrella", "rain"},
    {"umbrella", "sun", "sky"},
    {"sky"},
]


def test_related_tags_come_best_first_without_the_tag_itself() -> None:
    related = of(POSTS).related("umbrella")

    assert related["tag"].tolist() == ["rain", "sky", "sun"]
    assert related["count"].tolist() == [2, 2, 1]
    assert related["cosine"].tolist() == pytest.approx(
        [2 / math.sqrt(6), 2 / 3, 1 / math.sqrt(3)]
    )


def test_related_tags_of_a_query_are_without_its_tags() -> None:
    related = of(POSTS).related("umbrella rain -sun", measure="frequency")

    assert related.to_numpy().tolist() == [["sky", np.nan, 1, 0.5]] or (
        related[["tag", "count", "frequency"]].to_numpy().tolist() == [["sky", 1, 0.5]]
    )


def test_related_tags_of_a_mask() -> None:
    related = of(POSTS).related(np.array([False, False, False, True]))

    assert related["tag"].tolist() == ["sky"]


def test_equal_ones_are_ordered_by_how_frequent_they_are_then_by_name() -> None:
    posts = [{"a", "z"}, {"a", "y"}, {"a", "b"}, {"b"}]

    assert of(posts).related("a", measure="frequency")["tag"].tolist() == [
        *("b", "y", "z"),
    ]


def test_only_tags_of_a_category_are_related() -> None:
    posts = frame([{"sky", "anna"}, {"sky", "sun"}], artist=["anna", ""])

    assert stats.of_frame(posts).related("sky", category="artist")["tag"].tolist() == [
        "anna"
    ]


def test_so_many_at_the_most_and_so_frequent_at_the_least() -> None:
    made = of(POSTS)

    assert len(made.related("umbrella", limit=1)) == 1
    assert made.related("umbrella", min_count=2)["tag"].tolist() == ["rain", "sky"]


@pytest.mark.parametrize("limit", [-1, 1.5, True, "ten"])
def test_a_limit_that_is_no_number_is_refused(limit: object) -> None:
    with pytest.raises(ArgumentError, match="limit is a whole number"):
        of(POSTS).related("umbrella", limit=limit)  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", ["cosine", "g2"])
def test_related_tags_have_their_schema(measure: str) -> None:
    dtypes = dict(of(POSTS).related("sky", measure=measure).dtypes)
    expected = {**schemas.RELATED, measure: "float64"}
    del expected["cosine"]

    assert schemas.describe(dtypes) == schemas.describe(
        {**expected, measure: "float64"}
    )


def test_an_unknown_tag_has_no_related_ones_and_a_suggestion() -> None:
    related = of(POSTS).related("umbrela")

    assert related.empty
    assert list(related) == ["tag", "category", "count", "cosine"]
    assert related.attrs["caveats"] == [
        "No post here has the tag 'umbrela'. Did you mean 'umbrella'?"
    ]


def test_a_query_that_finds_nothing_has_no_related_tags() -> None:
    related = of(POSTS).related("rain sun")

    assert related.empty
    assert "caveats" not in related.attrs


def test_a_query_that_cannot_be_read_says_where() -> None:
    with pytest.raises(QueryError):
        of(POSTS).related("(umbrella rain")


def test_a_tag_that_looks_like_a_query_is_a_tag() -> None:
    posts = frame([{"-_-", "re:zero"}, {"re:zero"}])

    assert stats.of_frame(posts).related("-_-")["tag"].tolist() == ["re:zero"]


def test_a_query_may_ask_for_more_than_tags() -> None:
    made = stats.of_frame(frame(POSTS, score=[1, 2, 30, 40]))

    assert made.related("score:>20")["tag"].tolist()[0] == "sky"
    assert made.posts("sky score:>20").index.tolist() == [2, 3]


@pytest.mark.parametrize("query", ["sky -rain", "s* rain", "rain or sun", "-sky", ""])
def test_a_query_finds_the_posts_that_the_frame_would(query: str) -> None:
    posts = frame(POSTS)
    found = stats.of_frame(posts).posts(query)

    pd.testing.assert_frame_equal(found, select(posts, query), check_like=True)


def test_a_mask_of_posts_whose_labels_repeat_is_read_in_their_order() -> None:
    posts = frame(POSTS, score=[1, 2, 30, 40]).set_axis([0, 1, 0, 1])

    found = stats.of_frame(posts).posts(posts["score"] > 20)

    assert found["id"].tolist() == [3, 4]


def test_a_mask_whose_labels_repeat_in_another_order_is_refused() -> None:
    mask = pd.Series([True, False, True], index=[0, 0, 1])

    with pytest.raises(ArgumentError, match="several values for one label"):
        of(POSTS).posts(mask)


def test_a_mask_may_be_of_any_kind_of_array() -> None:
    mask = pd.array([True, None, False, False], dtype="boolean")

    assert of(POSTS).posts(mask)["id"].tolist() == [1]


def test_a_mask_of_two_dimensions_is_refused() -> None:
    with pytest.raises(ArgumentError, match="one dimension"):
        of(POSTS).posts(np.ones((2, 4), dtype=bool))


@pytest.mark.parametrize("ask", [TagStats.related, TagStats.posts, TagStats.over_time])
def test_half_a_character_is_refused_as_no_tag(
    ask: Callable[[TagStats, str], pd.DataFrame],
) -> None:
    with pytest.raises(QueryError):
        ask(of(POSTS), "\ud800")
