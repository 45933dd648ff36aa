"""Which posts a question found, and of which ids that is all."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booru_nb.errors import ArgumentError
from booru_nb.store import Reach, Store
from tests.store.samples import SITE, post, rows, whole

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.post import Post

SKY = {"words": ["sky"]}
SEA = {"words": ["sea"]}


def keep(store: Store, low: int, high: int, *numbers: int) -> list[Post]:
    """Keep posts of a range for the question about the sky."""
    posts = [post(number) for number in sorted(numbers, reverse=True)]
    return store.crawls.keep(SITE, SKY, posts, Reach(low, high))


def reaches(store: Store) -> list[tuple[int, int]]:
    [record] = store.crawls.all()
    return [(reach.low, reach.high) for reach in record.reaches]


def below(store: Store, number: int, limit: int = 100) -> tuple[list[int], int] | None:
    stretch = store.crawls.below(SITE, SKY, number, limit=limit)
    if stretch is None:
        return None
    return [post.id for post in stretch.posts], stretch.low


def test_posts_and_their_range_are_kept_together(store: Store) -> None:
    keep(store, 10, 30, 10, 20, 30)

    assert below(store, 31) == ([30, 20, 10], 10)
    assert below(store, 25) == ([20, 10], 10)
    assert below(store, 31, limit=2) == ([30, 20], 20)
    assert store.posts.keys() == {(SITE, 10), (SITE, 20), (SITE, 30)}


@pytest.mark.parametrize("number", [10, 33, 40, 1])
def test_outside_of_a_range_only_the_site_can_say(store: Store, number: int) -> None:
    keep(store, 10, 30, 20)

    assert below(store, number) is None


def test_a_range_without_posts_is_known_to_be_empty(store: Store) -> None:
    keep(store, 10, 30)

    assert below(store, 31) == ([], 10)


def test_another_question_knows_nothing_of_it(store: Store) -> None:
    keep(store, 10, 30, 20)

    assert store.crawls.below(SITE, SEA, 31, limit=9) is None
    assert store.crawls.below("other", SKY, 31, limit=9) is None


@pytest.mark.parametrize(
    ("ranges", "wanted"),
    [
        ([(1, 5), (6, 9)], [(1, 9)]),
        ([(6, 9), (1, 5)], [(1, 9)]),
        ([(1, 5), (7, 9)], [(7, 9), (1, 5)]),
        ([(1, 3), (7, 9), (2, 8)], [(1, 9)]),
        ([(1, 3), (7, 9), (4, 6)], [(1, 9)]),
        ([(1, 9), (3, 4)], [(1, 9)]),
        ([(3, 4), (0, 9)], [(0, 9)]),
    ],
)
def test_ranges_that_meet_are_one(
    store: Store, ranges: list[tuple[int, int]], wanted: list[tuple[int, int]]
) -> None:
    for low, high in ranges:
        keep(store, low, high)

    assert reaches(store) == wanted


@settings(max_examples=25, deadline=None)
@given(
    ranges=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 8)), min_size=1, max_size=8
    )
)
def test_ranges_are_the_ids_that_were_told(
    tmp_path_factory: pytest.TempPathFactory, ranges: list[tuple[int, int]]
) -> None:
    told: set[int] = set()
    with Store.open(tmp_path_factory.mktemp("crawls") / "mine.booru") as store:
        for low, size in ranges:
            keep(store, low, low + size)
            told |= set(range(low, low + size + 1))
        found = reaches(store)

    assert {n for low, high in found for n in range(low, high + 1)} == told
    assert sum(high - low + 1 for low, high in found) == len(told)
    assert all(low > high + 1 for (low, _), (_, high) in pairwise(found))


def test_what_a_question_finds_no_more_is_its_own_no_longer(store: Store) -> None:
    keep(store, 10, 30, 10, 20, 30)
    keep(store, 15, 40, 30, 40)

    assert below(store, 41) == ([40, 30, 10], 10)
    assert store.posts.keys() == {(SITE, n) for n in (10, 20, 30, 40)}


def test_a_post_that_is_gone_is_a_gap(store: Store) -> None:
    keep(store, 10, 40, 10, 20, 30, 40)
    store.posts.drop([(SITE, 20)])

    assert below(store, 41) == ([40, 30], 21)
    assert below(store, 21) is None
    assert below(store, 20) == ([10], 10)
    assert store.crawls.all()[0].posts == 3


def test_what_is_withheld_is_not_kept_and_no_gap(store: Store) -> None:
    rude = post(20, rating=None, tags=("child",))

    kept = store.crawls.keep(SITE, SKY, [post(30), rude], Reach(10, 30))

    assert [each.id for each in kept] == [30]
    assert below(store, 31) == ([30], 10)


def test_a_failure_leaves_neither_posts_nor_range(store: Store, path: Path) -> None:
    with pytest.raises(ArgumentError, match="cannot be called"):
        store.crawls.keep(" ", SKY, [post(1)], Reach(1, 1))

    assert store.crawls.all() == []
    assert store.posts.count() == 0
    assert whole(path)


def test_posts_come_back_as_they_were_kept(store: Store) -> None:
    kept = keep(store, 1, 9, 3, 7)

    stretch = store.crawls.below(SITE, SKY, 10, limit=9)

    assert stretch is not None
    assert [each.tags for each in stretch.posts] == [each.tags for each in kept]
    assert stretch.posts == kept


def test_forgetting_leaves_the_posts(store: Store, path: Path) -> None:
    keep(store, 1, 9, 3)
    number = store.crawls.all()[0].number
    store.crawls.forget([number])

    assert store.crawls.all() == []
    assert store.posts.count() == 1
    assert rows(path, "select count(*) from crawl_post, crawled") == [(0,)]


def test_a_number_is_never_given_twice(store: Store) -> None:
    keep(store, 1, 9, 3)
    first = store.crawls.all()[0].number
    store.crawls.forget([first])
    keep(store, 1, 9, 3)

    assert store.crawls.all()[0].number > first


def test_a_crawl_goes_with_its_site(store: Store, path: Path) -> None:
    keep(store, 1, 9)
    store.sites.remove(SITE)

    assert rows(path, "select * from crawl") == []
    assert rows(path, "select * from crawled") == []
