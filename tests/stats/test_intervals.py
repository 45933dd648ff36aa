import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booru_nb.stats.intervals import wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Newcombe (1998), table I, method 3: score without continuity correction.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_an_interval_is_the_published_one(
    count: int, total: int, low: float, high: float
) -> None:
    assert wilson(count, total) == pytest.approx((count / total, low, high), abs=5e-5)


@given(total=st.integers(1, 10**9), count=st.integers(0, 10**9))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(
    total: int, count: int
) -> None:
    share, low, high = wilson(count % (total + 1), total)

    assert 0 <= low <= share <= high <= 1


def test_the_ends_are_exact() -> None:
    share, low, high = wilson([0, 7], 7)

    assert (share.tolist(), low[0], high[1]) == ([0.0, 1.0], 0.0, 1.0)


def test_no_posts_have_no_share() -> None:
    assert np.isnan(wilson(0, 0)).all()
