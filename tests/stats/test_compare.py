import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booru_nb import schemas, stats
from booru_nb.errors import ArgumentError
from booru_nb.stats.odds import PRIOR, log_odds
from tests.stats.samples import few, frame, of, tag_sets

POSTS = [{"sea", "boat"}] * 6 + [{"hill", "goat"}] * 5 + [{"sea", "hill"}]


def test_the_tags_of_the_first_set_stand_above_those_of_the_second() -> None:
    compared = of(POSTS).compare("boat", "goat")

    assert compared["tag"].tolist() == ["boat", "sea", "goat", "hill"]
    assert compared["count_a"].tolist() == [6, 6, 0, 0]
    assert compared["count_b"].tolist() == [0, 0, 5, 5]
    assert compared["share_a"].tolist() == [1.0, 1.0, 0.0, 0.0]
    assert (compared["z"] > 0).tolist() == [True, True, False, False]


def test_a_comparison_has_its_schema() -> None:
    dtypes = dict(of(POSTS).compare("boat", "goat").dtypes)

    assert schemas.describe(dtypes) == schemas.describe(schemas.COMPARED)


def test_without_a_second_set_it_is_all_the_others() -> None:
    made = of(POSTS)

    pd.testing.assert_frame_equal(made.compare("sea"), made.compare("sea", "-sea"))


def test_queries_masks_and_frames_of_the_same_posts_compare_alike() -> None:
    posts = frame(POSTS)
    made = stats.of_frame(posts)
    mask = posts["tags"].str.contains("sea")
    by_query = made.compare("sea", "-sea")

    pd.testing.assert_frame_equal(made.compare(mask, ~mask), by_query)
    pd.testing.assert_frame_equal(made.compare(posts[mask], posts[~mask]), by_query)


def test_a_frame_of_other_posts_can_be_compared() -> None:
    others = frame([{"moon"}] * 3)
    compared = of(POSTS).compare("sea", others)

    assert compared["tag"].iloc[-1] == "moon"
    assert compared["count_b"].iloc[-1] == 3


def test_a_frame_needs_another_side() -> None:
    with pytest.raises(ArgumentError, match="say b"):
        of(POSTS).compare(frame(POSTS))


def test_two_sets_that_are_the_same_differ_in_nothing() -> None:
    compared = of(POSTS).compare("sea", "sea")

    assert (compared[["log_odds", "z", "g2"]] == 0).all(axis=None)


def test_against_no_posts_nothing_stands_out() -> None:
    compared = of(POSTS).compare("sea", "moon")

    assert (compared[["log_odds", "z", "g2"]] == 0).all(axis=None)
    assert compared["share_b"].isna().all()


def test_two_empty_sets_have_no_rows() -> None:
    empty = of(POSTS).compare("moon", "sun")

    assert empty.empty
    assert empty.dtypes.equals(of(POSTS).compare("sea").dtypes)


def slow_log_odds(
    one: list[int], two: list[int], posts: int
) -> list[tuple[float, float]]:
    """Return the formulas of the paper, a tag at a time."""
    alpha = [(a + b) * PRIOR / posts for a, b in zip(one, two, strict=True)]
    results = []
    for a, b, prior in zip(one, two, alpha, strict=True):
        odds_a = (a + prior) / (sum(one) + sum(alpha) - a - prior)
        odds_b = (b + prior) / (sum(two) + sum(alpha) - b - prior)
        delta = math.log(odds_a) - math.log(odds_b)
        results.append((delta, delta / math.sqrt(1 / (a + prior) + 1 / (b + prior))))
    return results


counts = st.lists(st.integers(1, 50), min_size=2, max_size=6)


@given(one=counts, two=counts, posts=st.integers(1, 100))
def test_log_odds_are_those_of_the_paper(
    one: list[int], two: list[int], posts: int
) -> None:
    size = min(len(one), len(two))
    one, two = one[:size], two[:size]
    found = log_odds(np.array(one), np.array(two), posts)

    expected = np.array(slow_log_odds(one, two, posts)).T
    np.testing.assert_allclose(found, expected, atol=1e-9)


@few
@given(posts=tag_sets)
def test_a_comparison_turned_round_is_its_opposite(posts: list[set[str]]) -> None:
    made = of(posts)
    there = made.compare("ant", "bee").set_index("tag").sort_index()
    back = made.compare("bee", "ant").set_index("tag").sort_index()

    np.testing.assert_allclose(there["z"], -back["z"], atol=1e-12)
    np.testing.assert_allclose(there["g2"], back["g2"], atol=1e-9)
