"""Pairs and clusters of hashes, held against all pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booru_nb.errors import ArgumentError
from booru_nb.export.clusters import Hashes, near, pairs

# Few bits that differ, many that do, and all at both ends.
values = st.one_of(
    st.integers(0, 255),
    st.integers(0, 2**64 - 1),
    st.integers(0, 63).map(lambda bit: 1 << bit),
    st.integers(0, 15).map(lambda low: low << 60),
)


def array(numbers: list[int]) -> Hashes:
    return np.array(numbers, dtype=np.uint64)


def all_pairs(hashes: Hashes, distance: int) -> list[tuple[int, int, int]]:
    numbers = hashes.tolist()
    first = [place for place, each in enumerate(numbers) if each not in numbers[:place]]
    every = (
        (i, j, (numbers[i] ^ numbers[j]).bit_count())
        for i in first
        for j in first
        if i < j
    )
    return [pair for pair in every if pair[2] <= distance]


def found(hashes: Hashes, distance: int) -> list[tuple[int, int, int]]:
    i, j, d = pairs(hashes, distance=distance)
    return list(zip(i.tolist(), j.tolist(), d.tolist(), strict=True))


def drawn(count: int, seed: int = 0) -> Hashes:
    source = np.random.default_rng(seed)
    return source.integers(0, 2**64, count, dtype=np.uint64)


@settings(max_examples=200, deadline=None)
@given(st.lists(values, max_size=60).map(array), st.integers(0, 12))
def test_pairs_are_those_of_all_pairs(hashes: Hashes, distance: int) -> None:
    assert found(hashes, distance) == all_pairs(hashes, distance)


@pytest.mark.parametrize("distance", [1, 3, 7, 10])
def test_pairs_are_those_of_all_pairs_where_many_share_a_band(distance: int) -> None:
    source = np.random.default_rng(distance)
    hashes = source.integers(0, 2**14, 3000, dtype=np.uint64) << np.uint64(25)

    i, j, d = pairs(hashes, distance=distance)

    some = np.unique(hashes, return_index=True)[1]
    one, two = np.meshgrid(some, some)
    apart = np.bitwise_count(hashes[one] ^ hashes[two])
    assert len(i) == np.count_nonzero((one < two) & (apart <= distance))
    assert (np.bitwise_count(hashes[i] ^ hashes[j]) == d).all()


def test_a_cluster_is_a_chain_of_near_hashes() -> None:
    chain = array([0, 2**63, 0b111, 0b111111, 0xFFFF_0000, 0])

    numbers = near(chain, distance=3)

    assert numbers.tolist() == [0, 0, 0, 0, 1, 0]


def test_clusters_are_numbered_in_the_order_in_which_they_begin() -> None:
    hashes = drawn(50)

    assert near(hashes, distance=3).tolist() == list(range(50))


def test_only_equal_hashes_are_a_cluster_at_no_distance() -> None:
    assert near(array([7, 5, 7, 4]), distance=0).tolist() == [0, 1, 0, 2]


def test_no_hashes_have_no_clusters_and_no_pairs() -> None:
    assert near(array([]), distance=3).tolist() == []
    assert found(array([]), 3) == []


def test_a_hundred_thousand_equal_hashes_are_one_cluster() -> None:
    assert not near(np.zeros(100_000, dtype=np.uint64), distance=3).any()


def test_a_hundred_thousand_hashes_of_few_bits_are_one_cluster() -> None:
    hashes = np.arange(100_000, dtype=np.uint64)

    assert not near(hashes, distance=1).any()


def test_what_is_no_array_of_hashes_is_refused() -> None:
    with pytest.raises(ArgumentError, match="uint64"):
        near(np.zeros(3), distance=3)  # type: ignore[arg-type]  # what is tried


def test_a_distance_of_all_bits_is_refused() -> None:
    with pytest.raises(ArgumentError, match="from 0 to 63"):
        pairs(array([1, 2]), distance=64)
