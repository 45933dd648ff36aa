"""What holds for datasets of any posts."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from booru_nb import frames
from tests.export.samples import dataset, posts

if TYPE_CHECKING:
    from random import Random

    from booru_nb.export.dataset import Dataset
    from booru_nb.post import Post

settings.register_profile("export", deadline=None, max_examples=25)
settings.load_profile("export")


def keys(frame: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(frame["site"], frame["id"], strict=True))


def curated(ds: Dataset) -> Dataset:
    return (
        ds.require(min_width=200)
        .drop("sea score:>2")
        .dedup(perceptual=False)
        .balance(["sky", "sea"], target=2)
        .sample(5)
        .captions(shuffle=True)
        .split(0.5)
    )


@given(posts())
def test_what_is_kept_and_what_is_dropped_are_all_that_was_given(
    some: list[Post],
) -> None:
    ds = curated(dataset(some))

    assert sorted([*keys(ds.posts), *keys(ds.dropped)]) == sorted(p.key for p in some)
    assert ds.report()["removed"].sum() == len(ds.dropped)
    assert ds.report(by="reason")["removed"].sum() == len(ds.dropped)
    assert (ds.posts["caption"] != "").all()
    assert ds.dropped["reason"].ne("").all()


@given(posts(), st.integers(0, 3))
def test_a_split_parts_neither_files_nor_families(some: list[Post], seed: int) -> None:
    found = dataset(some).split(0.5, seed=seed).posts.set_index("id")

    for one, two in combinations(some, 2):
        md5, family = one.md5 and one.md5 == two.md5, _family(one) & _family(two)
        if md5 or family:
            assert found["split"][one.id] == found["split"][two.id]


def _family(post: Post) -> set[int]:
    return {post.id} | ({post.parent_id} if post.parent_id else set())


@given(posts(), st.randoms(use_true_random=False))
def test_what_becomes_of_a_post_does_not_depend_on_the_order_of_posts(
    some: list[Post], chance: Random
) -> None:
    other = chance.sample(some, len(some))
    one, two = curated(dataset(some)), curated(dataset(other))
    said = ["tags", "caption", "split"]
    why = ["step", "reason", "instead"]

    assert_same(one.posts, two.posts, said)
    assert_same(one.dropped, two.dropped, why)


def assert_same(one: pd.DataFrame, two: pd.DataFrame, columns: list[str]) -> None:
    first, second = (
        each.set_index(["site", "id"])[columns].sort_index() for each in (one, two)
    )
    pd.testing.assert_frame_equal(first, second)


@given(posts())
def test_a_split_parts_no_cluster_and_no_family_of_dropped_posts(
    some: list[Post],
) -> None:
    marked = dataset(some).dedup(perceptual=False, keep="all")
    split = marked.split(0.5).posts
    fewer = marked.keep("sky").split(0.5).posts.set_index("id")["split"]

    assert (
        split.dropna(subset="cluster").groupby("cluster")["split"].nunique() < 2
    ).all()
    assert fewer.equals(split.set_index("id")["split"][fewer.index])


@given(posts())
def test_a_split_by_artist_parts_no_artist(some: list[Post]) -> None:
    found = dataset(some).split(0.5, by="artist").posts

    for artist in ("ann", "bob", "cleo"):
        of = found[found["artist"].str.contains(artist)]
        assert of["split"].nunique() < 2


@given(posts(), st.integers(0, 5))
def test_a_split_stays_when_posts_are_added(some: list[Post], fewer: int) -> None:
    plain = [frames.from_posts([p]).assign(parent_id=None, md5=None) for p in some]
    whole = pd.concat(plain) if plain else frames.from_posts([])
    part = whole.iloc[: max(len(whole) - fewer, 0)]

    then = dataset(part).split(0.5).posts.set_index("id")["split"]
    now = dataset(whole).split(0.5).posts.set_index("id")["split"]

    assert then.equals(now[then.index])


@given(posts(), st.integers(0, 6))
def test_a_sample_is_the_same_in_any_order_of_posts(
    some: list[Post], size: int
) -> None:
    one = dataset(some).sample(size).posts
    two = dataset(some[::-1]).sample(size).posts

    assert sorted(keys(one)) == sorted(keys(two))
    assert len(one) == min(size, len(some))


@given(posts(), st.integers(1, 3))
def test_a_balance_has_at_most_the_target_of_each(
    some: list[Post], target: int
) -> None:
    found = dataset(some).balance("artist", target=target)
    again = dataset(some[::-1]).balance("artist", target=target)
    counts = found.posts["artist"].str.split().explode().value_counts()

    assert (counts <= target).all()
    full = set(counts[counts == target].index)
    assert all(full & set(text.split()) for text in found.dropped["artist"])
    assert sorted(keys(found.posts)) == sorted(keys(again.posts))


@given(posts())
def test_dedup_leaves_the_best_post_of_each_cluster(some: list[Post]) -> None:
    ds = dataset(some).dedup(perceptual=False)
    worth = {
        p.key: ((p.width or 0) * (p.height or 0), -99 if p.score is None else p.score)
        for p in some
    }
    kept = ds.posts.dropna(subset="cluster")
    best = dict(zip(kept["cluster"], keys(kept), strict=True))

    assert kept["cluster"].is_unique
    for key, cluster in zip(keys(ds.dropped), ds.dropped["cluster"], strict=True):
        assert worth[best[cluster]] >= worth[key]
