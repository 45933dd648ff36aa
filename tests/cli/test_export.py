"""``booru-nb export``: recipes, queries and files, as ``ds.export`` writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import booru_nb as bn
from booru_nb import cli
from booru_nb.drawn import mishaps
from tests.support.command import said
from tests.support.downloads import ORIGINALS, library, names, served

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

DEMO = ("lighthouse", "--site", "demo", "--limit", "4")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The file of a demo library that keeps six posts, and is closed."""
    file = tmp_path / "shelf.booru"
    with bn.demo(file) as lib:
        lib.bookmark(lib.search("lighthouse", limit=6, progress=False))
    return file


def recipe(shelf: Path, path: Path) -> pd.DataFrame:
    """Save a recipe of the posts that are kept, and return what it keeps of them."""
    with bn.demo(shelf) as lib:
        ds = lib.dataset(lib.bookmarks(), name="lights").require(min_score=1)
        ds.split(train=0.5).save(path)
        return lib.load_dataset(path).posts


def test_the_json_is_what_the_verb_returns(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["export", *DEMO, "--to", tmp_path / "a", "--format", "kohya", "--json"]
    found = said(capsys, *ask, "--name", "lights", "--option", "repeats=3")

    posts = lib.search("lighthouse", limit=4, progress=False)
    ds = lib.dataset(posts, name="lights")
    expected = ds.export(tmp_path / "b", "kohya", repeats=3, progress=False)
    assert found == expected.astype(object).to_dict("records")
    assert names(tmp_path / "a") == names(tmp_path / "b")


def test_a_recipe_is_run_again(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = recipe(shelf, tmp_path / "lights.json")
    ask = ["export", tmp_path / "lights.json", "--library", shelf, "--site", "demo"]
    found = said(capsys, *ask, "--to", tmp_path / "a", "--format", "parquet", "--json")

    assert {row["id"] for row in found} == set(kept["id"])
    assert {row["path"].split("-")[0] for row in found} == {"data/test", "data/train"}


def test_a_recipe_is_run_over_other_posts(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe(shelf, tmp_path / "lights.json")
    ask = ["export", tmp_path / "lights.json", "--site", "demo", "--limit", "3"]
    over = ["--posts", "sunset", "--to", tmp_path / "a", "--format", "csv"]
    found = said(capsys, *ask, *over, "--metadata-only", "--json")

    assert 0 < len(found) <= 3


def test_a_query_is_of_what_is_kept(
    shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["export", "lighthouse score:>0", "--library", shelf, "--metadata-only"]
    found = said(capsys, *ask, "--to", tmp_path / "a", "--format", "csv", "--json")

    with bn.demo(shelf) as lib:
        expected = lib.query("lighthouse score:>0")["id"]
    assert {row["id"] for row in found} == set(expected)


def test_a_dry_run_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["export", *DEMO, "--to", str(tmp_path / "a"), "--format", "webdataset"]

    assert cli.main([*ask, "--dry-run", "--train", "0.5"]) == 0

    assert capsys.readouterr().err == "Nothing was done. There would be: 4 written\n"
    assert not (tmp_path / "a").exists()


def test_a_second_run_writes_nothing_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["export", *DEMO, "--to", tmp_path / "a", "--format", "imagefolder", "--json"]
    said(capsys, *ask)

    assert {row["status"] for row in said(capsys, *ask)} == {"present"}


def test_a_post_that_fails_ends_with_3_and_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.booru"
    with served() as (app, url):
        with library(file, url) as lib:
            posts = lib.search("lighthouse", limit=3, progress=False)
        md5 = posts["md5"].dropna().iloc[0]
        app.faults.add(mishaps.refuse(404), path=f"*{md5}*", count=None)
        ask = ["export", "lighthouse", "--site", "quay", "--limit", "3"]
        where = ["--library", file, "--to", tmp_path / "a", "--format", "kohya"]
        found = said(capsys, *ask, *where, "--json", code=3)

    [failed] = [row for row in found if row["status"] == "failed"]
    assert "404" in failed["reason"]


def test_metadata_only_asks_for_no_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.booru"
    with served() as (app, url):
        with library(file, url):
            pass
        ask = ["export", "lighthouse", "--site", "quay", "--limit", "3", "--json"]
        where = ["--library", file, "--to", tmp_path / "a", "--format", "csv"]
        found = said(capsys, *ask, *where, "--metadata-only")
        asked = app.calls.of(ORIGINALS)

    assert (len(found), asked) == (3, [])


def test_a_withheld_post_is_not_exported(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = lib.search("lighthouse", limit=2, progress=False)
    raw = posts.astype(object).assign(rating="explicit", tags=["child", "sky"])
    raw = raw.assign(general="", created_at=None)
    rows = raw.where(raw.notna(), None).to_dict("records")
    (tmp_path / "posts.json").write_text(json.dumps(rows, default=str))

    ask = ["export", tmp_path / "posts.json", "--site", "demo", "--metadata-only"]
    found = said(capsys, *ask, "--to", tmp_path / "a", "--format", "csv", "--json")

    assert [row["id"] for row in found] == [posts["id"].iloc[1].item()]


WRONG: dict[str, tuple[list[str], int, str]] = {
    "no folder": (["sky", "--format", "csv"], 2, "--to"),
    "no format": (["sky", "--to", "a"], 2, "--format"),
    "an option without a value": (["sky", "--option", "x"], 2, "KEY=VALUE"),
    "a search without a site": (
        ["sky", "--to", "a", "--format", "csv", "--limit", "3"],
        2,
        "--limit is for a search",
    ),
    "posts beside posts": (
        ["sky", "--to", "a", "--format", "csv", "--posts", "sea"],
        2,
        "--posts is for a recipe",
    ),
    "a name beside a recipe": (
        ["lights.json", "--to", "a", "--format", "csv", "--name", "x"],
        2,
        "--name is for posts",
    ),
    "no such recipe": (
        ["lights.json", "--to", "a", "--format", "csv"],
        1,
        "The recipe cannot be read",
    ),
    "no such option": (
        ["sky", "--to", "a", "--format", "csv", "--option", "pears=1"],
        1,
        "'pears'",
    ),
    "a share above 1": (
        ["sky", "--to", "a", "--format", "csv", "--train", "2"],
        1,
        "train",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, code, says = WRONG[name]
    where = ["--library", str(tmp_path / "mine.booru")]

    assert ended(["export", *arguments, *where]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err


def ended(arguments: list[str]) -> Any:
    """Return the exit code, however the command ends."""
    try:
        return cli.main(arguments)
    except SystemExit as left:
        return left.code


def test_a_file_of_posts_of_the_demo_needs_no_site(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = lib.search("lighthouse", limit=2, progress=False)
    file = posts.booru.to_parquet(tmp_path / "posts.parquet")

    ask = ["export", file, "--to", tmp_path / "a", "--format", "csv", "--json"]

    assert [row["status"] for row in said(capsys, *ask)] == ["written"] * 2
