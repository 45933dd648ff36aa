"""``booru-nb search``: the same posts as the verb gives, as JSON, a table or a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import cli
from booru_nb.cli import ending, showing
from booru_nb.drawn import mishaps
from booru_nb.portable import tables
from booru_nb.schemas import POSTS
from tests.support.command import command, said
from tests.support.downloads import library, served

if TYPE_CHECKING:
    from pathlib import Path

QUERY = ("lighthouse sky", "--site", "demo", "--limit", "7")


def asked(lib: bn.Library, **options: Any) -> pd.DataFrame:
    """Return what the verb gives for `QUERY`."""
    return lib.search("lighthouse sky", site="demo", limit=7, progress=False, **options)


def test_json_is_what_the_verb_returns(
    lib: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["search", *QUERY, "--json"]) == 0

    found = tables.from_json(capsys.readouterr().out, name="it")
    pd.testing.assert_frame_equal(found, asked(lib), check_names=False)


def test_json_has_every_column_and_plain_values(
    lib: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = said(capsys, "search", *QUERY, "--json")

    row = asked(lib).iloc[0]
    assert list(first) == list(POSTS)
    assert first["parent_id"] is None
    assert first["score"] == int(row["score"])
    assert pd.Timestamp(first["created_at"]) == row["created_at"]


def test_the_options_are_those_of_the_verb(
    lib: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--rating", "general,sensitive", "--min-score", "5", "--order", "score"]
    days = ["--after", "2020", "--before", "2025-06-01", "--media", "image"]
    found = said(capsys, "search", *QUERY, *options, *days, "--no-blacklist", "--json")

    expected = asked(
        lib,
        rating=["general", "sensitive"],
        min_score=5,
        order="score",
        after="2020",
        before="2025-06-01",
        media="image",
        blacklist=False,
    )
    assert [post["id"] for post in found] == expected["id"].tolist()


def test_all_posts_come(lib: bn.Library, capsys: pytest.CaptureFixture[str]) -> None:
    ask = ["search", "lighthouse", "--site", "demo", "--json"]
    found = said(capsys, *ask, "--limit", "all", "--rating", "any")

    assert len(found) == lib.count("lighthouse", rating="any")


def test_nothing_found_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "search", "no_such_tag", "--site", "demo", "--json") == []


def test_the_rating_is_general_unless_said(capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, "search", "sunset", "--site", "demo", "--json")

    assert {post["rating"] for post in found} == {"general"}


@pytest.mark.parametrize("query", [["sunset -boat"], ["--", "-boat", "sunset"]])
def test_tags_are_excluded(
    query: list[str], lib: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(capsys, "search", "--site", "demo", "--json", *query)

    expected = lib.search("sunset -boat", progress=False)
    assert [post["id"] for post in found] == expected["id"].tolist()


def test_columns_are_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, "search", *QUERY, "--columns", "tags,id", "--json")

    assert {tuple(post) for post in found} == {("tags", "id")}


def test_a_table_has_tabs_where_no_terminal_is(
    lib: bn.Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["search", *QUERY, "--columns", "id,score,parent_id,tags"]) == 0

    head, *rows = capsys.readouterr().out.splitlines()
    expected = asked(lib)
    assert head.split("\t") == ["id", "score", "parent_id", "tags"]
    assert [int(row.split("\t")[0]) for row in rows] == expected["id"].tolist()
    assert [row.split("\t")[3] for row in rows] == expected["tags"].tolist()


@pytest.mark.parametrize("kind", ["csv", "parquet", "json"])
def test_a_file_is_written_that_can_be_read(
    lib: bn.Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    path = tmp_path / f"found.{kind}"

    assert cli.main(["search", *QUERY, "--output", str(path)]) == 0

    pd.testing.assert_frame_equal(bn.read_posts(path), asked(lib), check_names=False)
    assert capsys.readouterr() == ("", f"7 posts are in {path}\n")


WRONG = {
    "a column": ["--columns", "pears"],
    "a name of a file": ["--output", "a.txt"],
    "a limit": ["--limit", "few"],
    "an order": ["--order", "best"],
    "a kind of media": ["--media", "text"],
    "an empty name": ["--site", "a,,b"],
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage_ends_with_2(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["search", "sky", *WRONG[name]])

    assert ended.value.code == 2
    assert WRONG[name][1] in capsys.readouterr().err or name == "an empty name"


FAILING = {
    "a site": (["--site", "pears"], "No site is called 'pears'"),
    "a rating": (["--site", "demo", "--rating", "pears"], "'pears' is no rating"),
    "a date": (["--site", "demo", "--after", "pears"], "pears"),
    "a limit below 1": (["--site", "demo", "--limit", "-1"], "limit"),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_error_is_a_sentence_and_1(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options, says = FAILING[name]

    assert cli.main(["search", "sky", *options, "--json"]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert "Traceback" not in err


def test_what_a_site_says_cannot_steer_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    showing.table(pd.DataFrame({"uploader": ["heron\x1b[2J\x9b2J\nfox"]}))
    ending.say("heron\x1b[2J")

    out, err = capsys.readouterr()
    mark = "\N{REPLACEMENT CHARACTER}"
    assert out == f"uploader\nheron{mark}[2J{mark}2J fox\n"
    assert err == f"heron{mark}[2J\n"


def test_a_real_site_is_asked_from_a_shell(tmp_path: Path) -> None:
    file = tmp_path / "mine.booru"
    with served() as (_, url):
        with library(file, url) as lib:
            expected = lib.search("lighthouse", limit=3, progress=False)
        ended = command(
            "search", "lighthouse", "--limit", "3", "--library", file, "--json"
        )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [p["id"] for p in json.loads(ended.stdout)] == expected["id"].tolist()


def test_a_site_that_fails_beside_another_ends_with_3(tmp_path: Path) -> None:
    file = tmp_path / "mine.booru"
    with served() as (_, url), served() as (gone, other):
        with library(file, url) as lib:
            lib.add_site(other, name="gone", engine="danbooru", allow_private=True)
        gone.faults.add(mishaps.refuse(403), count=None)
        ended = command(
            "search", "sky", "--site", "quay,gone", "--library", file, "--json"
        )

    assert ended.returncode == 3
    assert "gone is left out" in ended.stderr
    assert {post["site"] for post in json.loads(ended.stdout)} == {"quay"}


def test_a_tag_that_looks_like_an_option_is_told_how_to_write(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["search", "sky", "-people", "--site", "demo"])

    assert ended.value.code == 2
    assert "Write -- before a query" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["csv", "parquet", "json"])
def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    ask = ["download", str(tmp_path / f"none.{kind}"), "--to", str(tmp_path)]

    assert cli.main(ask) == 1
    assert capsys.readouterr().err.endswith("there is no such file.\n")
