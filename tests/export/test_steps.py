"""What each step does to a few posts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from booru_nb import frames
from booru_nb.errors import ArgumentError, MediaError
from booru_nb.export import chain
from booru_nb.post import Rating
from tests.export.samples import Host, a_post, dataset, some_posts


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


def test_a_mask_of_missing_values_is_false_there() -> None:
    ds = dataset(some_posts(3))
    mask = pd.array([True, None, False], dtype="boolean")

    assert ds.keep(mask).posts["id"].tolist() == [1]
    assert ds.keep(pd.Series(mask)).posts["id"].tolist() == [1]


@pytest.mark.parametrize(("size", "count"), [(0.5, 4), (0.3, 3), (0.125, 1), (0.0, 0)])
def test_a_share_of_the_posts_is_exact(size: float, count: int) -> None:
    ds = dataset(some_posts(8))

    assert len(ds.sample(size)) == len(ds.sample(size, by="rating")) == count
    assert set(ds.sample(size).posts["id"]) <= set(ds.sample(0.6).posts["id"])


def test_dates_may_be_of_numpy_and_pandas() -> None:
    ds = dataset(some_posts(2))
    day = pd.Timestamp("2024-05-01", tz="Asia/Tokyo")

    assert len(ds.require(after=np.datetime64("2024-05-01"))) == 2  # type: ignore[arg-type]  # what is tried
    assert len(ds.require(after=day, before=pd.Timestamp("2024-05-02"))) == 2


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


def test_each_kind_of_relation_that_is_asked_for_must_be_known() -> None:
    host = Host(implications=[("cloud", "sky")])
    pairs = pd.DataFrame({"alias": ["a"], "tag": ["b"]})

    with pytest.raises(ArgumentError, match="knows no aliases"):
        _ = dataset(some_posts(), host).retag(canonical=True, implied="drop").posts
    with pytest.raises(ArgumentError, match=r"knows no implications.*sync_tags"):
        _ = dataset(some_posts()).retag(aliases=pairs, implied="drop").posts


def test_a_tag_to_be_renamed_may_be_written_with_blanks() -> None:
    ds = dataset([a_post(1, tags=("blue_sky",))]).retag(replace={"blue sky": "the sea"})

    assert ds.posts["tags"].tolist() == ["the_sea"]


def test_tags_of_two_categories_become_one_in_any_order_of_posts() -> None:
    posts = [
        a_post(1, tags=("sky",), categories={"sky": "general"}),
        a_post(2, tags=("ann",), categories={"ann": "artist"}),
    ]

    for some in (posts, posts[::-1]):
        found = dataset(some).retag(replace={"sky": "x", "ann": "x"}).posts
        assert found["artist"].tolist() == ["x", "x"]


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


def test_a_second_dedup_joins_clusters_and_reuses_no_number() -> None:
    posts = [a_post(n, md5="a" * 32) for n in (1, 2)]
    posts += [a_post(n, md5="b" * 32, parent_id=7 - n) for n in (3, 4)]
    posts += [a_post(5), a_post(6, parent_id=5)]
    files = dataset(posts).dedup(perceptual=False, parents=False)
    found = files.dedup(perceptual=False, md5=False).clusters

    assert found.groupby("cluster")["id"].agg(list).tolist() == [
        *([2, 1], [4, 3], [6, 5])
    ]
    assert found["kept"].tolist() == [True, False] * 3


def test_clusters_that_a_second_dedup_joins_are_one() -> None:
    posts = [a_post(n, md5=f"{n % 2}" * 32) for n in (1, 2, 3, 4)]
    posts[3] = a_post(4, md5="0" * 32, parent_id=3)
    files = dataset(posts).dedup(perceptual=False, parents=False)

    found = files.dedup(perceptual=False, md5=False)

    assert files.clusters["cluster"].tolist() == [0, 0, 1, 1]
    assert found.clusters["cluster"].tolist() == [0, 0, 0, 0]
    assert found.posts["id"].tolist() == [4]


def test_a_reason_is_of_the_post_and_the_one_kept_for_it() -> None:
    posts = [
        a_post(1, md5="a" * 32, score=99),
        a_post(2, md5="a" * 32, parent_id=3),
        a_post(3),
        a_post(4, parent_id=1),
        a_post(5, also_on=("meadow:1",)),
    ]

    assert dataset(posts).dedup(perceptual=False).dropped["reason"].tolist() == [
        *("same file", "same picture, by way of others"),
        *("parent or child", "same file"),
    ]


def test_the_best_of_equal_posts_is_the_same_in_any_order() -> None:
    posts = [a_post(n, md5="a" * 32, score=1) for n in (3, 1, 2)]

    for some in (posts, posts[::-1]):
        assert dataset(some).dedup(perceptual=False).posts["id"].tolist() == [1]


def test_posts_with_no_parent_are_no_family() -> None:
    frame = frames.from_posts(some_posts(3)).assign(parent_id=0)

    assert len(dataset(frame).dedup(perceptual=False).posts) == 3


def test_a_post_alone_needs_no_thumbnail() -> None:
    assert len(dataset(some_posts(1)).dedup().posts) == 1


def test_splits_that_a_group_brings_hold_in_any_order_of_posts() -> None:
    posts = [a_post(1), a_post(2, parent_id=1), a_post(3, parent_id=1)]
    frame = frames.from_posts(posts).assign(split=["test", "", "validation"])

    for some in (frame, frame.iloc[::-1]):
        found = dataset(some).split().posts.set_index("id")["split"]
        assert found[[1, 2, 3]].tolist() == ["test", "test", "validation"]


def test_posts_that_are_not_there_are_told() -> None:
    ds = dataset(some_posts(3))

    assert "None of the posts" in ds.drop(("meadow", 99)).notes[0]
    assert ds.keep(("meadow", 2)).notes == []
    assert ds.drop([]).notes == []


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
    row = ds.posts.iloc[[0]]
    assert ds.explain(row).equals(ds.explain(row.iloc[0]))


def test_a_repr_tells_the_notes_and_is_no_wider_than_a_screen() -> None:
    ds = dataset(some_posts()).balance(["sky", "nonesuch"])
    ds = ds.captions("kohya", trigger="<b>" * 99).retag(replace={"sky": "sea"})
    _ = ds.posts

    assert "No post has the tag 'nonesuch'." in repr(ds)
    assert "<p>No post has the tag &#x27;nonesuch&#x27;.</p>" in ds._repr_html_()
    assert "replace={'sky': 'sea'}" in repr(ds)
    assert max(map(len, repr(ds).splitlines())) < 140
    assert "<b><b>" not in ds._repr_html_()


def test_a_step_that_is_stopped_runs_again() -> None:
    class Stopped(Host):
        stops = 1

        def relations(self) -> tuple[pd.DataFrame, pd.DataFrame]:
            self.stops -= 1
            if self.stops == 0:
                raise KeyboardInterrupt
            return super().relations()

    host = Stopped(aliases=[("sky", "sea")])
    ds = dataset(some_posts(), host).retag(canonical=True)

    with pytest.raises(KeyboardInterrupt):
        _ = ds.posts
    assert "not run yet" in repr(ds)
    assert ds.posts["tags"].unique().tolist() == ["sea"]


def test_many_posts_show_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = dataset(some_posts(3)).sample(2)
    _ = few.posts
    assert not capsys.readouterr().err

    monkeypatch.setattr(chain, "MANY", 3)
    _ = few.sample(1).posts
    assert "steps" in capsys.readouterr().err
