"""What each step does to a few posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from booru_nb import frames
from booru_nb.errors import ArgumentError, MediaError
from booru_nb.post import Rating
from tests.export.samples import Host, a_post, dataset, some_posts

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_not_known_does_not_pass_and_has_its_own_reason() -> None:
    posts = [a_post(1, width=None), a_post(2, height=90), a_post(3, rating=None)]
    ds = dataset(posts).require(min_side=100, rating="general")

    assert ds.posts.empty
    assert ds.dropped["reason"].tolist() == [
        *("side unknown", "side below 100", "rating unknown")
    ]


def test_a_percentile_is_within_rating_and_year() -> None:
    mild = some_posts(4)
    rough = [a_post(n, score=n + 90, rating=Rating.SENSITIVE) for n in (5, 6)]

    assert dataset(mild + rough).require(percentile=50).posts["id"].tolist() == [
        3,
        4,
        6,
    ]


def test_a_mask_is_aligned_by_the_index_of_the_frame() -> None:
    frame = frames.from_posts(some_posts()).set_index(pd.Index(list("abcdefgh")))
    mask = frame["score"].iloc[::-1] > 5

    assert dataset(frame).keep(mask).posts.index.tolist() == ["f", "g", "h"]
    assert dataset(frame).drop(mask.iloc[:1]).posts.index.tolist() == list("abcdefg")
    assert dataset(frame).drop(frame.iloc[2:]).posts.index.tolist() == ["a", "b"]


def test_a_renamed_tag_keeps_its_category() -> None:
    post = a_post(
        1, tags=("sky", "ann"), categories={"sky": "general", "ann": "artist"}
    )
    ds = dataset([post]).retag(
        replace={"sky": "heaven"}, regex={"^an+$": "anna"}, add=["meta:mine", "new"]
    )
    row = ds.posts.iloc[0]

    assert row["tags"] == "anna heaven mine new"
    assert (row["general"], row["artist"], row["meta"]) == ("heaven", "anna", "mine")
    assert dataset([post]).retag(remove="*k*").posts["tags"].tolist() == ["ann"]


def test_implied_tags_are_dropped_or_added() -> None:
    host = Host([("cloudz", "cloud")], [("cloud", "sky"), ("sky", "outside")])
    posts = [a_post(1, tags=("cloudz", "sky")), a_post(2, tags=("sky",))]
    ds = dataset(posts, host)

    dropped = ds.retag(canonical=True, implied="drop").posts["tags"].tolist()
    added = ds.retag(canonical=True, implied="add").posts["tags"].tolist()

    assert dropped == ["cloud", "sky"]
    assert added == ["cloud outside sky", "outside sky"]


def test_implied_without_implications_is_an_error() -> None:
    with pytest.raises(ArgumentError, match="knows no implications"):
        _ = dataset(some_posts()).retag(implied="add").posts


def test_withheld_posts_never_get_in() -> None:
    rough = a_post(1, rating=Rating.EXPLICIT, tags=("sky",))
    frame = frames.from_posts([rough, a_post(2)])
    bad = frame.assign(tags=["sky toddler", "sky"])
    host = Host(aliases=[("skyy", "toddler")])
    meant = frame.assign(tags=["skyy", "sky"])

    for ds in (dataset(bad), dataset(meant, host)):
        assert ds.posts["id"].tolist() == [2]
        assert ds.dropped.empty
        assert ds.report()["kept"].tolist() == [1]
    retagged = dataset(frame).retag(replace={"sky": "toddler"})
    assert retagged.posts["id"].tolist() == [2]
    assert retagged.dropped.empty


def test_a_split_that_the_frame_brings_holds_for_its_group() -> None:
    frame = frames.from_posts([a_post(1), a_post(2, parent_id=1), a_post(3)])
    frame["split"] = ["validation", None, None]

    found = dataset(frame).split(train=1.0).posts["split"].tolist()

    assert found == ["validation", "validation", "train"]


def test_no_thumbnail_at_all_is_an_error() -> None:
    with pytest.raises(MediaError, match="None of 8 thumbnails"):
        _ = dataset(some_posts()).dedup().posts


def test_a_step_runs_once_for_all_that_go_on_from_it() -> None:
    base = dataset(some_posts()).require(min_score=3)
    first = base.sample(2)
    _ = first.posts

    assert "not run yet" in repr(base.split())
    assert base._link.found is not None
    assert base.split()._results()[1] is base._link.found


def test_an_empty_dataset_has_the_same_columns() -> None:
    empty, full = dataset([]), dataset(some_posts())
    steps = [
        d.require(min_side=1).dedup(perceptual=False).balance("sky").sample(3)
        .retag(add="x").captions("kohaku").split(by="artist")
        for d in (empty, full)
    ]  # fmt: skip

    assert steps[0].posts.dtypes.equals(steps[1].posts.dtypes)
    assert steps[0].dropped.dtypes.equals(steps[1].dropped.dtypes)
    assert steps[0].report().dtypes.equals(steps[1].report().dtypes)


def test_a_post_is_explained_to_where_it_fell_out() -> None:
    ds = dataset(some_posts()).retag(add="x").drop(("meadow", 3)).split()

    assert ds.explain(("meadow", 3))["outcome"].tolist() == [
        *("passed", "changed", "removed")
    ]
    assert ds.explain(ds.posts.iloc[0])["why"].tolist()[1] == "+x"
    with pytest.raises(ArgumentError, match="meadow:99"):
        ds.explain(("meadow", 99))


def test_a_recipe_with_an_unknown_step_is_refused(tmp_path: Path) -> None:
    from booru_nb.export import recipes  # noqa: PLC0415

    file = tmp_path / "skies.json"
    dataset(some_posts()).sample(2).save(file)
    text = file.read_text()

    for old, new, said in (
        ('"step": "sample"', '"step": "paint"', "'paint'"),
        ('"size": 2', '"colour": 2', "no option 'colour'"),
        ('"version": 1', '"version": 9', "version 9"),
        ("{", "[", "is no recipe"),
    ):
        file.write_text(text.replace(old, new, 1))
        with pytest.raises(ArgumentError, match=said):
            recipes.read(file)
