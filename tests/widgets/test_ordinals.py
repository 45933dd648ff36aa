import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from booru_nb.widgets.ordinals import added, changed, from_ranges, to_ranges


@given(some.lists(some.integers(0, 60), unique=True))
def test_ordinals_survive_the_wire(ordinals: list[int]) -> None:
    there = to_ranges(np.array(ordinals, dtype=np.int64))

    assert from_ranges(there, 61).tolist() == sorted(ordinals)


def test_all_posts_are_one_range() -> None:
    assert to_ranges(np.arange(20_000)) == [(0, 20_000)]


def test_a_range_beyond_the_end_is_cut() -> None:
    assert from_ranges([(-2, 1), (8, 99)], 10).tolist() == [0, 8, 9]


def test_what_is_added_keeps_its_first_place() -> None:
    assert added(np.array([5, 1]), np.array([2, 5, 0])).tolist() == [5, 1, 2, 0]


@pytest.mark.parametrize(
    ("how", "after"),
    [
        ("add", [7, 3, 5, 4, 2]),
        ("remove", [7]),
        ("set", [3, 5, 4, 2]),
    ],
)
def test_a_change_keeps_the_order_of_selection(how: str, after: list[int]) -> None:
    before = np.array([7, 3, 5])
    given_now = np.array([3, 4, 5, 2])

    assert changed(before, how, given_now).tolist() == after
