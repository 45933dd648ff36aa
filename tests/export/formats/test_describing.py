"""The card, the attribution and Croissant, read by what reads them."""

from __future__ import annotations

import csv
import hashlib
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from booru_nb.export.formats import FORMATS
from tests.export.formats.exports import HOSTILE, about, made, posts, put, write
from tests.support.place import Place

if TYPE_CHECKING:
    from pathlib import Path


def front(folder: Path, hub: Any) -> dict[str, Any]:
    """Return what the Hub reads of a card."""
    assert hub is not None
    card = import_module("huggingface_hub").DatasetCard.load(folder / "README.md")
    found: dict[str, Any] = card.data.to_dict()
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_the_hub_reads_the_card(name: str, folder: Path, hub: Any) -> None:
    write(made(name), folder, posts())

    said = front(folder, hub)

    assert said["license"] == "other"
    assert said["size_categories"] == ["n<1K"]
    assert "not-for-all-audiences" not in said["tags"]


@pytest.mark.parametrize("rating", ["explicit", "questionable", None])
def test_a_sexual_rating_is_told(rating: str | None, folder: Path, hub: Any) -> None:
    ratings = ["general"] * 5 + [rating]
    write(made("csv"), folder, posts(rating=ratings))

    assert "not-for-all-audiences" in front(folder, hub)["tags"]


def test_hostile_text_does_not_become_markup(folder: Path, hub: Any) -> None:
    frame = posts(site=HOSTILE)
    form = made("csv")
    written = write(form, folder, frame)
    said = about(name=f"{HOSTILE}\n---", caveats=[HOSTILE])

    form.finish(Place(folder), put(frame, written), said)

    text = (folder / "README.md").read_text()
    assert "<script" not in text.partition("\n---\n")[2]
    assert "[a](" not in text.partition("\n---\n")[2]
    assert front(folder, hub)["pretty_name"] == f"{HOSTILE} ---"


def test_the_card_tells_steps_splits_and_sources(folder: Path) -> None:
    write(made("csv"), folder, posts())

    text = (folder / "README.md").read_text()

    for line in (
        "| require | 3 | 6 |",
        "| train | 4 |",
        "| general | 6 |",
        "| hill | 6 |",
        "| anna\\_\\(painter\\) | 6 |",
        "| art\\.invalid | 6 |",
    ):
        assert line in text


def test_the_attribution_names_each_picture(folder: Path) -> None:
    frame = posts(source='=HYPERLINK("x")')
    written = write(made("imagefolder"), folder, frame)

    text = (folder / "attribution.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))

    assert [row["path"] for row in rows] == [each.path for each in written]
    assert rows[0]["artist"] == "anna_(painter)"
    assert rows[0]["source"] == '\'=HYPERLINK("x")'


def test_a_lone_carriage_return_ends_no_row(folder: Path) -> None:
    write(made("csv"), folder, posts(source="one\rtwo", artist="\ranna"))

    for name in ("train.csv", "attribution.csv"):
        table = pd.read_csv(folder / name)
        assert table["source"].unique().tolist() == ["one\rtwo"]
        assert table["artist"].unique().tolist() == ["'\ranna"]


def test_an_extension_is_a_word_in_the_card(folder: Path) -> None:
    write(made("webdataset"), folder, posts(ext="null"), pictures=False)

    assert '- name: "null"\n' in (folder / "README.md").read_text()


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib",
    "ignore:The inplace keyword:DeprecationWarning",
)
@pytest.mark.parametrize("name", FORMATS)
def test_croissant_is_valid_and_its_records_are_read(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROISSANT_CACHE", str(tmp_path / "croissant"))
    frame = posts()
    write(made(name), folder, frame)

    dataset = import_module("mlcroissant").Dataset(folder / "croissant.json")

    assert not dataset.metadata.issues.errors
    for records in dataset.metadata.record_sets:
        split = records.name.removeprefix("records-")
        rows = list(dataset.records(records.name))
        wanted = frame if split == "posts" else frame[frame["split"] == split]
        said = "key" if split == "posts" else "caption"
        found = [_text(row[f"{records.name}/{said}"]) for row in rows]
        assert found == list(wanted[said])


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize("name", FORMATS)
def test_croissant_vouches_for_its_files(name: str, folder: Path) -> None:
    write(made(name), folder, posts())

    said = json.loads((folder / "croissant.json").read_text())

    files = [f for f in said["distribution"] if f["@type"] == "cr:FileObject"]
    assert files
    for file in files:
        data = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["contentSize"] == f"{len(data)} B"


def test_a_withheld_post_is_told_nowhere(folder: Path) -> None:
    frame = posts()
    form = made("imagefolder")
    written = write(form, folder, frame)
    found = put(frame, written).assign(rating=None, tags="hill sun")
    found.loc[found.index[0], "tags"] = "teen"

    form.finish(Place(folder), found, about())

    for name in ("train/metadata.jsonl", "attribution.csv"):
        assert "demo_000001" not in (folder / name).read_text()
    assert "teen" not in (folder / "README.md").read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_a_dataset_without_posts_has_a_card(name: str, folder: Path) -> None:
    made(name).finish(Place(folder), posts()[:0].assign(path=""), about())

    assert "0 pictures" in (folder / "README.md").read_text()


def test_pictures_without_an_artist_are_counted(folder: Path) -> None:
    write(made("csv"), folder, posts(artist=["", "ada", "", "ada", "ben", ""]))

    said = (folder / "README.md").read_text().partition("| artist |")[2]

    assert said.splitlines()[2] == "| unknown | 3 |"
