"""Exports: shards that are committed, gone on with, and never half there."""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from booru_nb.errors import ArgumentError, FileError
from tests.export.formats.exports import posts
from tests.support.exporting import Drawing, export

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMATS = ["kohya", "imagefolder", "webdataset", "parquet", "csv"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_post_is_written(tmp_path: Path, name: str) -> None:
    found = export(posts(), tmp_path, format=name)

    assert found.status.tolist() == ["written"] * 6
    assert (tmp_path / "README.md").is_file()
    assert all((tmp_path / path).is_file() for path in found.path)


@pytest.mark.parametrize("name", FORMATS)
def test_a_second_run_fetches_nothing(tmp_path: Path, name: str) -> None:
    first = export(posts(), tmp_path, format=name)
    drawing = Drawing()

    second = export(posts(), tmp_path, format=name, originals=drawing)

    assert not drawing.asked
    assert second.status.tolist() == ["present"] * 6
    assert second.attrs == first.attrs


@pytest.mark.parametrize("name", FORMATS)
def test_a_further_run_fetches_only_what_has_failed(tmp_path: Path, name: str) -> None:
    first = export(posts(), tmp_path, format=name, originals=Drawing(gone={3, 5}))
    drawing = Drawing()

    second = export(posts(), tmp_path, format=name, originals=drawing)

    assert first.status.value_counts().to_dict()["failed"] == 2
    assert drawing.asked == Counter([3, 5])
    assert set(second.status) == {"written", "present"}
    whole = export(posts(), tmp_path / "new", format=name)
    assert second.attrs == whole.attrs


def test_more_posts_fetch_only_the_further_ones(tmp_path: Path) -> None:
    export(posts(6), tmp_path)
    drawing = Drawing()

    found = export(posts(9), tmp_path, originals=drawing)

    assert set(drawing.asked) == {7, 8, 9}
    assert found.attrs == export(posts(9), tmp_path / "new").attrs
    tars = sorted(path.name for path in tmp_path.glob("*.tar"))
    assert tars == sorted(set(found.path))


def test_a_shard_that_is_gone_is_written_again(tmp_path: Path) -> None:
    first = export(posts(), tmp_path)
    (tmp_path / first.path[0]).unlink()
    drawing = Drawing()

    second = export(posts(), tmp_path, originals=drawing)

    assert set(drawing.asked) == {1, 2}
    assert second.attrs == first.attrs


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    frame = posts(6, ext=["jpg", "mp4", "jpg", "png", "jpg", "png"])
    drawing = Drawing()

    dry = export(frame, tmp_path / "x", format="kohya", dry_run=True, originals=drawing)

    assert not drawing.asked
    assert not (tmp_path / "x").exists()
    assert dry.status.tolist()[1] == "skipped"
    assert dry.status.value_counts().to_dict()["written"] == 5


def test_a_dry_run_foresees_the_frame(tmp_path: Path) -> None:
    dry = export(posts(), tmp_path / "x", dry_run=True)

    pd.testing.assert_frame_equal(dry, export(posts(), tmp_path / "x"))


def test_what_cannot_be_decoded_is_a_row(tmp_path: Path) -> None:
    frame = posts(md5=None, file_size=None)

    found = export(frame, tmp_path, originals=Drawing(broken={4}))

    row = found[found.id == 4].iloc[0]
    assert row.status == "failed"
    assert "decoded" in row.reason


def test_an_empty_caption_is_a_row_and_not_fetched(tmp_path: Path) -> None:
    frame = posts()
    frame.loc[1, "caption"] = " "
    drawing = Drawing()

    found = export(frame, tmp_path, originals=drawing)

    assert found.reason[1] == "its caption is empty"
    assert 2 not in drawing.asked


def test_a_withheld_post_is_neither_fetched_nor_told(tmp_path: Path) -> None:
    frame = posts()
    frame.loc[5, ["rating", "tags"]] = ["explicit", "child"]
    drawing = Drawing()

    found = export(frame, tmp_path, originals=drawing)

    assert 6 not in drawing.asked
    assert 6 not in set(found.id)
    assert 6 not in set(pd.read_parquet(tmp_path / "manifest.parquet").id)


def test_metadata_are_written_without_originals(tmp_path: Path) -> None:
    drawing = Drawing()

    found = export(posts(), tmp_path, images=False, originals=drawing)

    assert not drawing.asked
    assert set(found.status) == {"written"}


def test_the_manifest_has_a_row_a_post(tmp_path: Path) -> None:
    export(posts(), tmp_path, originals=Drawing(gone={3}))

    found = pd.read_parquet(tmp_path / "manifest.parquet").set_index("id")

    assert found.status[3] == "failed"
    assert found.reason[3] == "Post 3 is gone."
    assert (found.drop(index=3).sha256.str.len() == 64).all()


def test_another_dataset_stays(tmp_path: Path) -> None:
    export(posts(), tmp_path)

    with pytest.raises(ArgumentError, match="another dataset"):
        export(posts(), tmp_path, name="seas")


def test_another_dataset_makes_way_where_it_is_said(tmp_path: Path) -> None:
    export(posts(), tmp_path)

    export(posts(), tmp_path, name="seas", format="kohya", overwrite=True)

    assert not list(tmp_path.glob("*.tar"))


def test_files_of_something_else_stay(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")

    with pytest.raises(ArgumentError, match="something else"):
        export(posts(), tmp_path)


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")

    with pytest.raises(FileError, match="is a file"):
        export(posts(), tmp_path / "x")


def test_an_address_of_fsspec_has_the_same_content(tmp_path: Path) -> None:
    here = export(posts(), tmp_path)
    drawing = Drawing()

    there = export(posts(), "memory://skies/a", originals=Drawing(gone={1}))
    again = export(posts(), "memory://skies/a", originals=drawing)

    assert there.status[0] == "failed"
    assert drawing.asked == Counter([1])
    assert again.attrs == here.attrs


def test_posts_with_the_same_file_are_both_kept(tmp_path: Path) -> None:
    frame = posts()
    same = ["md5", "file_size", "ext", "width", "height"]
    frame.loc[1, same] = frame.loc[0, same]

    class Twins(Drawing):
        async def __call__(self, post: Mapping[str, Any]) -> bytes:
            known = 1 if post["id"] == 2 else post["id"]
            return await super().__call__({**post, "id": known})

    made = {"shard_size": 6}
    export(frame, tmp_path, originals=Twins(gone={4}), options=made)
    drawing = Twins()
    again = export(frame, tmp_path, originals=drawing, options=made)

    assert drawing.asked == Counter([4])
    assert again.status.tolist().count("present") == 5


@pytest.mark.parametrize("options", [{"columns": ["mood"]}, {"by": "mood"}])
def test_a_column_that_is_not_there_is_told_before_all_else(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    drawing = Drawing()

    with pytest.raises(ArgumentError, match="no column 'mood'"):
        export(posts(), tmp_path, format="kohya", options=options, originals=drawing)

    assert not drawing.asked
    assert not list(tmp_path.iterdir())


def test_the_card_counts_what_is_not_there(tmp_path: Path) -> None:
    export(posts(), tmp_path, originals=Drawing(gone={3}))

    card = (tmp_path / "README.md").read_text().replace("\\", "")

    assert "Of 6 posts, 1 could not be had" in card


def test_the_card_of_metadata_says_that_there_are_no_pictures(tmp_path: Path) -> None:
    export(posts(), tmp_path, images=False)

    assert "The pictures are not here" in (tmp_path / "README.md").read_text()


def test_training_comes_first(tmp_path: Path) -> None:
    found = export(posts().assign(split=["test", "train"] * 3), tmp_path)

    assert found.id.tolist() == [2, 4, 6, 1, 3, 5]


def test_an_archive_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()

    with pytest.raises(FileError, match="cannot be written"):
        export(posts(), f"zip://x::{tmp_path / 'a.zip'}")

    with pytest.raises(ArgumentError, match="addresses cannot be used here"):
        export(posts(), f"zip://x::{tmp_path / 'none.zip'}")
