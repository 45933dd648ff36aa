from typing import Any

import numpy as np
import pandas as pd
import pytest

from booru_nb.errors import ArgumentError
from booru_nb.widgets.choice import chosen
from booru_nb.widgets.shown import shown
from tests.support.drawn import frame

POSTS = frame(6)
SHOWN = shown(POSTS)


def the(what: Any) -> list[int]:
    return [int(ordinal) for ordinal in chosen(what, SHOWN)]


def test_a_mask_selects_what_is_true() -> None:
    assert the(POSTS["id"] > 4) == [4, 5]


def test_a_mask_is_aligned_by_its_labels() -> None:
    assert the((POSTS["id"] > 4).iloc[::-1]) == [4, 5]


def test_what_a_mask_lacks_is_not_selected() -> None:
    mask = pd.Series([True, None, pd.NA, False], dtype=object, index=[0, 1, 2, 9])

    assert the(mask) == [0]


def test_a_mask_of_other_posts_may_have_labels_that_are_not_shown() -> None:
    assert the(pd.Series(data=True, index=range(4, 40))) == [4, 5]


@pytest.mark.parametrize("kind", [list, np.array, pd.array])
def test_a_boolean_array_is_taken_by_place(kind: Any) -> None:
    assert the(kind([False, True, False, False, False, True])) == [1, 5]


def test_a_frame_selects_in_its_own_order() -> None:
    assert the(POSTS.iloc[[4, 0, 2]]) == [4, 0, 2]


def test_a_frame_may_hold_posts_that_are_not_shown() -> None:
    assert the(frame(90).tail(86)) == [4, 5]


def test_pairs_select_in_their_order() -> None:
    assert the([("demo", 6), ("demo", 1)]) == [5, 0]


def test_one_pair_is_a_selection() -> None:
    assert the(("demo", 3)) == [2]


def test_each_double_of_a_post_is_selected() -> None:
    twice = shown(pd.concat([frame(2), frame(2)]))

    assert chosen([("demo", 2)], twice).tolist() == [1, 3]


@pytest.mark.parametrize("nothing", [[], frame(0), np.zeros(6, dtype=bool)])
def test_nothing_may_be_selected(nothing: Any) -> None:
    assert the(nothing) == []


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (np.array([True]), "1 values, and the grid shows 6 posts"),
        (POSTS["score"], "must hold True and False, not int64"),
        (np.arange(6), "must hold True and False, not int64"),
        ([("demo", 1), ("demo", 77)], r"1 of these 2 posts; \('demo', 77\)"),
        (frame(90).tail(3), "0 of these 3 posts"),
        ([5, 6], "5 is no post"),
        (POSTS.drop(columns="site"), "no column 'site'"),
        (pd.Series([True, True], index=[0, 0]), "labels that occur twice"),
    ],
)
def test_what_cannot_be_meant_is_refused(what: Any, says: str) -> None:
    with pytest.raises(ArgumentError, match=says):
        the(what)
