from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError


def test_a_recipe_is_run_again_over_the_posts_that_are_kept(
    lib: bn.Library, tmp_path: Path
) -> None:
    posts = lib.bookmark(lib.search("sky", limit=30, progress=False))
    ds = (
        lib.dataset(posts.assign(caption=None, split=None), name="skies")
        .require(min_side=200, ext=["png", "jpg"], after="2000")
        .keep("sky")
        .drop(posts.iloc[:3])
        .dedup(perceptual=False)
        .retag(replace={"sky": "heaven"}, regex={"x": "y"}, remove="cloud*")
        .captions("kohaku", shuffle=True)
        .split(0.8, by="artist")
    )
    ds.save(tmp_path / "skies.json")
    again = lib.load_dataset(tmp_path / "skies.json")

    same = ["site", "id", "tags", "caption", "split", "cluster"]
    pd.testing.assert_frame_equal(again.posts[same], ds.posts[same], check_names=False)
    assert again.report().equals(ds.report())


def test_what_the_frame_brought_is_in_the_recipe(
    lib: bn.Library, tmp_path: Path
) -> None:
    posts = lib.bookmark(lib.search("sky", limit=2, progress=False))
    posts["caption"] = ["mine", None]
    posts["split"] = [None, "validation"]
    lib.dataset(posts).save(tmp_path / "two.json")

    found = lib.load_dataset(tmp_path / "two.json").posts

    assert found["caption"].iloc[0] == "mine"
    assert found["split"].tolist() == ["train", "validation"]


def test_posts_that_are_not_kept_are_named(lib: bn.Library, tmp_path: Path) -> None:
    posts = lib.search("sky", limit=2, progress=False)
    lib.dataset(posts).save(tmp_path / "two.json")

    with pytest.raises(ArgumentError, match="2 of the recipe's 2 posts are not kept"):
        lib.load_dataset(tmp_path / "two.json")
    assert len(lib.load_dataset(tmp_path / "two.json", posts=posts)) == 2


def test_a_dataset_of_a_query_asks_again(lib: bn.Library, tmp_path: Path) -> None:
    posts = lib.search("sky", limit=4, progress=False)
    lib.bookmark(posts.iloc[:2])
    lib.dataset("sky").save(tmp_path / "sky.json")
    lib.bookmark(posts)

    assert len(lib.load_dataset(tmp_path / "sky.json")) == 4


def test_a_recipe_is_not_written_into_a_library(library_file: Path) -> None:
    with bn.open(library_file) as lib:
        ds = lib.dataset("sky")
        with pytest.raises(ArgumentError, match="is a library that is open"):
            ds.save(library_file)
        with pytest.raises(ArgumentError, match="is a library that is open"):
            lib.load_dataset(library_file)


def test_the_grid_shows_what_is_kept_and_drops_what_is_selected(
    lib: bn.Library,
) -> None:
    ds = lib.dataset(lib.search("sky", limit=6, progress=False))
    grid = ds.grid()
    grid.select(ds.posts.iloc[:2])

    assert len(ds.drop(grid.selected)) == 4
    assert len(ds.grid("dropped").posts) == 0


def test_thumbnails_of_posts_come_in_their_order(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=5, progress=False)
    posts.loc[2, "preview_url"] = None
    host = lib.dataset(posts)._host

    [batch] = host.thumbnails(posts, progress=False)

    assert [isinstance(item, bytes) for item in batch] == [
        True,
        True,
        False,
        True,
        True,
    ]
