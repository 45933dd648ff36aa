"""``booru-nb download``: of a query, a file or a pipe; what failed has its own code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import cli
from booru_nb.drawn import mishaps
from tests.support.command import command, said
from tests.support.downloads import ORIGINALS, intact, library, names, served

if TYPE_CHECKING:
    from pathlib import Path

QUERY = ("lighthouse", "--site", "demo", "--limit", "3")


def test_a_query_is_downloaded_as_the_verb_does(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(capsys, "download", *QUERY, "--to", tmp_path / "a", "--json")

    posts = lib.search("lighthouse", limit=3, progress=False)
    expected = lib.download(posts, to=tmp_path / "b", progress=False)
    same = [column for column in expected if column != "path"]
    table = pd.DataFrame(found)
    assert list(table) == list(expected)
    assert table[same].to_dict("list") == expected[same].to_dict("list")
    assert intact(table, posts) == 3


def test_a_second_run_fetches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "download", *QUERY, "--to", tmp_path, "--json")

    again = said(capsys, "download", *QUERY, "--to", tmp_path, "--json")

    assert {row["status"] for row in again} == {"present"}
    assert len(names(tmp_path)) == 3


def test_the_options_are_those_of_the_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--template", "%rating%/%id%.%ext%", "--kind", "preview", "--overwrite"]
    ask = ["download", *QUERY, "--to", tmp_path, *options, "--limit-bytes", "900000"]
    found = said(capsys, *ask, "--json")

    assert {row["kind"] for row in found} == {"preview"}
    assert names(tmp_path)[0].startswith("general/")


@pytest.mark.parametrize("kind", ["csv", "parquet", "json"])
def test_a_file_of_posts_is_downloaded(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    posts = lib.search("lighthouse", limit=2, progress=False)
    file = getattr(posts.booru, f"to_{kind}")(tmp_path / f"posts.{kind}")

    ask = ["download", file, "--site", "demo", "--to", tmp_path / "a", "--json"]
    found = said(capsys, *ask)

    assert [row["id"] for row in found] == posts["id"].tolist()


def test_a_search_is_piped_into_a_download(tmp_path: Path) -> None:
    file = tmp_path / "mine.booru"
    with served() as (_, url):
        with library(file, url):
            pass
        found = command(
            "search", "lighthouse", "--limit", "3", "--library", file, "--json"
        )
        ended = command(
            *("download", "-", "--library", file, "--to", tmp_path / "a", "--json"),
            given=found.stdout,
        )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [row["status"] for row in json.loads(ended.stdout)] == ["downloaded"] * 3


def test_posts_of_the_demo_say_themselves_where_they_are_from(tmp_path: Path) -> None:
    found = command("search", *QUERY, "--json")

    ended = command("download", "-", "--to", tmp_path, "--json", given=found.stdout)

    assert [row["status"] for row in json.loads(ended.stdout)] == ["downloaded"] * 3


def test_withheld_posts_of_a_file_are_not_downloaded(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = lib.search("lighthouse", limit=2, progress=False)
    raw = posts.astype(object).assign(rating="explicit", tags=["child", "sky"])
    raw.assign(general="").to_csv(tmp_path / "posts.csv", index=False)

    ask = ["download", tmp_path / "posts.csv", "--site", "demo", "--to", tmp_path / "a"]
    found = said(capsys, *ask, "--json")

    assert [row["id"] for row in found] == [posts["id"].iloc[1].item()]


def test_a_file_that_fails_ends_with_3_and_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.booru"
    with served() as (app, url):
        with library(file, url) as lib:
            posts = lib.search("lighthouse", limit=3, progress=False)
        first = posts["md5"].iloc[0]
        app.faults.add(mishaps.refuse(404), path=f"*{first}*", count=None)
        ask = ["download", "lighthouse", "--limit", "3", "--library", str(file)]
        code = cli.main([*ask, "--to", str(tmp_path / "a")])

    out, err = capsys.readouterr()
    assert code == 3
    assert out.splitlines()[1].startswith(f"quay\t{posts['id'].iloc[0]}\tfailed\t")
    assert err == f"2 downloaded, 1 failed, in {tmp_path / 'a'}\n"


def test_a_folder_that_cannot_be_written_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    code = cli.main(["download", *QUERY, "--to", str(tmp_path / "file" / "a")])

    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    assert str(tmp_path / "file") in err


def test_a_search_option_beside_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["download", str(tmp_path / "a.csv"), "--rating", "any", "--site", "demo"]

    with pytest.raises(SystemExit) as ended:
        cli.main(ask)

    assert ended.value.code == 2
    assert "--rating is for a query" in capsys.readouterr().err


def test_originals_are_fetched_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.booru"
    with served() as (app, url):
        with library(file, url):
            pass
        for _ in range(2):
            ask = [
                "download",
                "lighthouse",
                "--limit",
                "2",
                "--library",
                str(file),
                "--json",
            ]
            assert cli.main([*ask, "--to", str(tmp_path / "a")]) == 0
        assert len(app.calls.of(ORIGINALS)) == 2


def test_a_demo_that_is_gone_in_the_end_needs_a_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["download", *QUERY])

    assert ended.value.code == 2
    assert "--to is needed" in capsys.readouterr().err
