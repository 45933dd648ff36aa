"""Each format as the library reads it that it is made for."""

from __future__ import annotations

import hashlib
import io
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

import pandas as pd
import pyarrow.parquet as pq
import pytest
from PIL import Image

from booru_nb.export.formats import FORMATS
from tests.export.formats.exports import made, picture, posts, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("name", ["imagefolder", "parquet", "webdataset"])
def test_datasets_loads_pictures_captions_and_splits(
    name: str, folder: Path, load: Callable[..., Any]
) -> None:
    frame = posts()
    write(made(name), folder, frame)

    loaded = load(str(folder))

    assert {split: len(rows) for split, rows in loaded.items()} == {
        "train": 4,
        "test": 2,
    }
    rows = [row for split in ("train", "test") for row in loaded[split]]
    seen = [(_caption(row), _image(row).size) for row in rows]
    assert seen == [(caption, (40, 40)) for caption in frame["caption"]]


def _caption(row: dict[str, Any]) -> str:
    return str(row["txt"] if "txt" in row else row["caption"])


def _image(row: dict[str, Any]) -> Image.Image:
    found = [row[name] for name in ("image", "jpg", "png") if row.get(name)]
    assert isinstance(found[0], Image.Image)
    return found[0]


@pytest.mark.parametrize("name", ["imagefolder", "parquet", "csv"])
def test_datasets_keeps_the_types_of_columns(
    name: str, folder: Path, load: Callable[..., Any]
) -> None:
    frame = posts(aesthetic=[0.5, 1.0, None, 2.0, 2.5, 3.0])
    write(made(name, columns={"aesthetic": "float64"}), folder, frame)

    loaded = load(str(folder))

    row = loaded["train"][0]
    assert (row["score"], row["id"], row["aesthetic"]) == (-2, 1, 0.5)
    assert row["md5"] == frame["md5"][0]
    assert loaded["train"][1]["score"] is None
    assert loaded["train"].features == loaded["test"].features


@pytest.mark.parametrize("name", ["imagefolder", "parquet", "webdataset", "csv"])
def test_datasets_loads_metadata_alone(
    name: str, folder: Path, load: Callable[..., Any]
) -> None:
    frame = posts()
    write(made(name), folder, frame, pictures=False)

    loaded = load(str(folder))

    assert [_caption(row) for row in loaded["test"]] == list(frame["caption"][4:])


def test_a_column_that_a_split_does_not_know_is_left_out(
    folder: Path, load: Callable[..., Any]
) -> None:
    write(made("imagefolder"), folder, posts(parent_id=[1, 2, 3, 4, None, None]))

    loaded = load("imagefolder", data_dir=str(folder))

    assert "parent_id" not in loaded["train"].column_names
    assert "`parent_id`" in (folder / "README.md").read_text()


def test_webdataset_reads_originals_captions_and_posts(folder: Path) -> None:
    frame = posts()
    write(made("webdataset"), folder, frame)
    shards = [str(path) for path in sorted(folder.glob("train-*.tar"))]

    webdataset = import_module("webdataset")
    with catch_warnings():
        simplefilter("ignore", ResourceWarning)  # it leaves files to be collected
        samples = list(webdataset.WebDataset(shards, shardshuffle=False))

    assert [sample["__key__"] for sample in samples] == list(frame["key"][:4])
    for number, sample in enumerate(samples, 1):
        ext, data = picture(number)
        assert sample[ext] == data
        assert sample["txt"].decode() == f"sun no. {number}, hill"
        assert json.loads(sample["json"])["id"] == number


def test_the_index_of_shards_counts_samples_and_bytes(folder: Path) -> None:
    write(made("webdataset"), folder, posts())

    index = json.loads((folder / "train.index.json").read_text())

    assert index["wids_version"] == 1
    assert [(s["url"], s["nsamples"], s["filesize"]) for s in index["shardlist"]] == [
        (path.name, 2, path.stat().st_size) for path in sorted(folder.glob("train*tar"))
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_dataset_is_the_same_bytes(name: str, tmp_path: Path) -> None:
    frame = posts()
    for copy in ("a", "b"):
        write(made(name), tmp_path / copy, frame)

    one, two = (_hashes(tmp_path / copy) for copy in ("a", "b"))

    assert one == two


def _hashes(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_pyarrow_reads_small_row_groups_of_plain_bytes(folder: Path) -> None:
    write(made("parquet", row_group=2), folder, posts(), size=4)

    file = pq.ParquetFile(folder / "data" / "train-00000-of-00001.parquet")

    group = file.metadata.row_group(0)
    columns = {group.column(n).path_in_schema: group.column(n) for n in range(5)}
    assert (file.metadata.num_row_groups, group.num_rows) == (2, 2)
    assert columns["image.bytes"].compression == "UNCOMPRESSED"
    assert not columns["image.bytes"].has_dictionary_page
    stored = file.read().column("image").to_pylist()
    assert [each["bytes"] for each in stored] == [picture(n)[1] for n in range(1, 5)]


def test_pandas_reads_the_csv_and_finds_the_pictures(folder: Path) -> None:
    write(made("csv"), folder, posts())

    table = pd.read_csv(folder / "train.csv")

    assert list(table["tags"]) == ["'=_= anna_(painter) hill sun"] * 4
    for number, name in enumerate(table["file_name"], 1):
        data = (folder / name).read_bytes()
        assert data == picture(number)[1]
        Image.open(io.BytesIO(data)).load()


def test_the_vocabulary_counts_ratings_and_tags(folder: Path) -> None:
    write(made("csv", quote_formulas=False), folder, posts())

    found = pd.read_csv(folder / "selected_tags.csv")

    assert list(found["name"]) == [
        *("general", "sensitive", "questionable", "explicit"),
        *("=_=", "anna_(painter)", "hill", "sun"),
    ]
    assert list(found["category"]) == [9, 9, 9, 9, -1, 1, 0, 0]
    assert list(found["count"]) == [6, 0, 0, 0, 6, 6, 6, 6]
