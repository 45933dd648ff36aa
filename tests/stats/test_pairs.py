from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from booru_nb import schemas
from booru_nb.errors import ArgumentError
from booru_nb.stats import products
from tests.stats.samples import few, numbers, of, tag_sets

POSTS = [{"cat", "dog", "sky"}, {"cat", "sky"}, {"dog"}, {"sky"}]


def test_a_square_has_the_most_frequent_tags_both_ways() -> None:
    square = of(POSTS).cooccurrence(top=2)

    assert square.index.tolist() == square.columns.tolist() == ["sky", "cat"]
    assert square.to_numpy().tolist() == [[3, 2], [2, 2]]
    assert (square.dtypes == "int64").all()


def test_a_square_of_named_tags_keeps_their_order_and_those_that_no_post_has() -> None:
    square = of(POSTS).cooccurrence(tags=["dog", "elk", "cat"])

    assert square.to_numpy().tolist() == [[2, 0, 1], [0, 0, 0], [1, 0, 2]]
    assert square.attrs["caveats"] == ["No post here has the tag 'elk'."]


def test_frequency_is_the_share_of_the_row_s_posts() -> None:
    square = of(POSTS).cooccurrence(tags=["cat", "sky"], measure="frequency")

    assert square.loc["cat", "sky"] == 1.0
    assert square.loc["sky", "cat"] == pytest.approx(2 / 3)


def test_tidy_pairs_come_best_first_and_one_way_round() -> None:
    tidy = of(POSTS).cooccurrence(tidy=True, measure="jaccard")

    assert list(tidy) == ["tag_a", "tag_b", "count", "jaccard"]
    assert tidy.iloc[:, :3].to_numpy().tolist() == [
        ["sky", "cat", 2],
        ["cat", "dog", 1],
        ["sky", "dog", 1],
    ]


def test_tidy_counts_have_their_schema() -> None:
    dtypes = dict(of(POSTS).cooccurrence(tidy=True).dtypes)

    assert schemas.describe(dtypes) == schemas.describe(schemas.PAIRS)


def test_tidy_frequencies_come_both_ways() -> None:
    tidy = of(POSTS).cooccurrence(tags=["cat", "sky"], tidy=True, measure="frequency")

    assert tidy[["tag_a", "tag_b"]].to_numpy().tolist() == [
        ["cat", "sky"],
        ["sky", "cat"],
    ]


def test_rare_pairs_and_rare_tags_are_left_out() -> None:
    made = of([*POSTS, {"elk"}])

    assert made.cooccurrence(min_count=2, tidy=True)["count"].tolist() == [2]
    assert "elk" not in made.cooccurrence(min_count=2)


@few
@given(posts=tag_sets)
def test_pairs_are_those_that_a_slow_count_finds(posts: list[set[str]]) -> None:
    tidy = of(posts).cooccurrence(tidy=True)
    words = sorted({word for post in posts for word in post})
    slow = {
        frozenset(pair): numbers(posts, *pair)[0] for pair in combinations(words, 2)
    }

    assert {
        frozenset((one, two)): count
        for one, two, count in zip(*(tidy[c] for c in tidy), strict=True)
    } == {pair: count for pair, count in slow.items() if count}


def test_pairs_of_many_posts_are_counted_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = of(POSTS).cooccurrence()
    monkeypatch.setattr(products, "CHUNK", 3)

    np.testing.assert_array_equal(of(POSTS).cooccurrence(), whole)


@pytest.mark.parametrize("dense", [0, 1, 2, 3])
def test_rare_tags_are_counted_as_frequent_ones_are(
    monkeypatch: pytest.MonkeyPatch, dense: int
) -> None:
    whole = of(POSTS).cooccurrence()
    monkeypatch.setattr(products, "DENSE", dense)

    np.testing.assert_array_equal(of(POSTS).cooccurrence(), whole)


def test_no_posts_give_an_empty_square() -> None:
    assert of([]).cooccurrence().shape == (0, 0)
    assert of([]).cooccurrence(tidy=True, measure="pmi").empty


def test_naming_the_tags_and_how_many_is_refused() -> None:
    with pytest.raises(ArgumentError, match="not both"):
        of(POSTS).cooccurrence(top=3, tags=["cat"])
