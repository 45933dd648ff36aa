"""Every measure against a slow and obvious one, and against numbers by hand."""

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from booru_nb.errors import ArgumentError
from booru_nb.stats.measures import MEASURES, measured
from tests.stats.samples import few, numbers, of, tag_sets

Slow = Callable[[int, int, int, int], float]


def quotient(over: int | Fraction, under: int | Fraction, *, empty: float) -> float:
    return float(Fraction(over) / Fraction(under)) if under else empty


def slow_lift(both: int, first: int, second: int, total: int) -> float:
    return quotient(both * total, first * second, empty=math.nan)


def slow_pmi(both: int, first: int, second: int, total: int) -> float:
    lift = slow_lift(both, first, second, total)
    return math.log2(lift) if lift else -math.inf


def slow_npmi(both: int, first: int, second: int, total: int) -> float:
    if not first * second:
        return math.nan
    if not both:
        return -1.0
    if both == total:
        return 0.0
    return slow_pmi(both, first, second, total) / -math.log2(both / total)


def slow_g2(both: int, first: int, second: int, total: int) -> float:
    table = {
        (True, True): both,
        (True, False): first - both,
        (False, True): second - both,
        (False, False): total - first - second + both,
    }
    rows = {True: first, False: total - first}
    columns = {True: second, False: total - second}
    return 2 * sum(
        seen * math.log(Fraction(seen * total, rows[row] * columns[column]))
        for (row, column), seen in table.items()
        if seen
    )


SLOW: dict[str, Slow] = {
    "cosine": lambda b, f, s, _: b / math.sqrt(f * s) if f * s else 0.0,
    "jaccard": lambda b, f, s, _: quotient(b, f + s - b, empty=0.0),
    "overlap": lambda b, f, s, _: quotient(b, min(f, s), empty=0.0),
    "frequency": lambda b, f, _, __: quotient(b, f, empty=0.0),
    "lift": slow_lift,
    "pmi": slow_pmi,
    "npmi": slow_npmi,
    "g2": slow_g2,
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Draw four numbers that two sets can have."""
    total = draw(st.integers(0, 10_000))
    first = draw(st.integers(0, total))
    second = draw(st.integers(0, total))
    both = draw(st.integers(max(0, first + second - total), min(first, second)))
    return both, first, second, total


def test_every_measure_has_a_slow_one() -> None:
    assert list(SLOW) == list(MEASURES)


@pytest.mark.parametrize("name", SLOW)
@given(table=tables())
def test_a_measure_is_what_its_formula_says(
    name: str, table: tuple[int, int, int, int]
) -> None:
    assert measured(name, *table) == pytest.approx(
        SLOW[name](*table), rel=1e-9, abs=1e-9, nan_ok=True
    )


@pytest.mark.parametrize("name", ["cosine", "jaccard", "overlap", "frequency"])
@given(table=tables())
def test_danbooru_s_measures_lie_between_0_and_1(
    name: str, table: tuple[int, int, int, int]
) -> None:
    assert 0 <= measured(name, *table) <= 1


@given(table=tables())
def test_npmi_lies_between_minus_1_and_1(table: tuple[int, int, int, int]) -> None:
    assume(table[1] * table[2])

    assert -1 <= measured("npmi", *table) <= 1


@given(table=tables())
def test_g2_is_never_negative(table: tuple[int, int, int, int]) -> None:
    assert measured("g2", *table) >= 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # 30 posts have both; 60 have the first, 40 the second; of 240.
        ("cosine", 30 / math.sqrt(60 * 40)),
        ("jaccard", 30 / 70),
        ("overlap", 30 / 40),
        ("frequency", 30 / 60),
        ("lift", 3.0),
        ("pmi", math.log2(3)),
        ("npmi", math.log2(3) / 3),
        (
            "g2",
            2
            * (
                30 * math.log(30 / 10)
                + 30 * math.log(30 / 50)
                + 10 * math.log(10 / 30)
                + 170 * math.log(170 / 150)
            ),
        ),
    ],
)
def test_a_measure_of_numbers_by_hand(name: str, value: float) -> None:
    assert measured(name, 30, 60, 40, 240) == pytest.approx(value)


@pytest.mark.parametrize("name", MEASURES)
@few
@given(posts=tag_sets)
def test_related_tags_are_measured_over_the_posts(
    name: str, posts: list[set[str]]
) -> None:
    for tag, count, value in (
        of(posts).related("ant", measure=name)[["tag", "count", name]].to_numpy()
    ):
        both, *others = numbers(posts, "ant", tag)

        assert count == both
        assert value == pytest.approx(SLOW[name](both, *others), abs=1e-9)


@pytest.mark.parametrize("name", MEASURES)
@few
@given(posts=tag_sets)
def test_pairs_are_measured_over_the_posts(name: str, posts: list[set[str]]) -> None:
    square = of(posts).cooccurrence(measure=name)
    slow = [
        [SLOW[name](*numbers(posts, one, two)) for two in square.columns]
        for one in square.index
    ]

    expected = np.array(slow, dtype=float).reshape(square.shape)
    np.testing.assert_allclose(square.to_numpy(), expected, rtol=1e-9, atol=1e-9)


def test_an_unknown_measure_names_those_that_there_are() -> None:
    with pytest.raises(ArgumentError, match=r"no measure 'dice'.*cosine, jaccard"):
        measured("dice", 1, 1, 1, 1)
