"""How a site is asked."""

from typing import Any

import pytest

from booru_nb.errors import ArgumentError
from booru_nb.http import Policy


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": 0.0},
        {"rate": -1.0},
        {"rate": float("nan")},
        {"connections": 0},
        {"timeout": 0.0},
        {"max_bytes": 0},
        {"retries": -1},
        {"backoff": -0.5},
    ],
)
def test_a_policy_by_which_nothing_could_be_sent_is_refused(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="must"):
        Policy(**wrong)


def test_a_policy_without_pacing_is_fine() -> None:
    assert Policy(rate=None).rate is None
