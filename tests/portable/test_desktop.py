"""The desktop app's database: what comes over, and what is told instead."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from booru_nb.errors import ArgumentError
from tests.portable.documents import counts
from tests.support.desktop import OLDEST, TIME, database, favorite, kept, put, sites
from tests.support.rows import rows

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import booru_nb as bn


def skipped(report: pd.DataFrame) -> dict[str, int]:
    found = report[report["skipped"] > 0]
    return dict(zip(found["reason"], found["skipped"], strict=True))


def test_a_bookmark_comes_with_all_that_the_app_knows(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    favorite(app, 1, 77, folder="sea", rating="q")

    report = own.import_desktop(app_file)

    row = kept(own, 77)
    assert (row["site"], row["rating"], row["score"]) == ("danbooru", "questionable", 5)
    assert (row["tags"], row["artist"]) == ("anna_alder sky", "anna_alder")
    assert (row["md5"], row["ext"]) == (f"{77:032x}", "jpg")
    assert (row["folder"], row["note"]) == ("sea", "")
    assert row["bookmarked_at"].isoformat() == TIME
    assert row["source"] == "https://art.test/1"
    assert counts(report, "bookmarks") == counts(report, "posts") == {"added": 1}


@pytest.mark.parametrize(
    ("number", "word", "rating"),
    [
        *((1, "s", "sensitive"), (1, "g", "general"), (2, "s", "general")),
        *((3, "safe", "general"), (3, "sensitive", "sensitive"), (3, "e", "explicit")),
    ],
)
def test_a_rating_means_what_its_engine_means(
    own: bn.Library, app_file: Path, number: int, word: str, rating: str
) -> None:
    app_file.parent.mkdir()
    with closing(database(app_file)) as db:
        sites(db)
        favorite(db, number, 1, rating=word)

    own.import_desktop(app_file)

    assert kept(own, 1)["rating"] == rating


def test_what_is_still_in_the_log_comes_and_nothing_of_the_app_changes(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    for number in range(50):
        favorite(app, 1, number)
    assert app_file.with_name("booru.db-wal").stat().st_size > 0
    before = {file.name: file.read_bytes() for file in app_file.parent.iterdir()}

    own.import_desktop(app_file)

    assert len(own.bookmarks()) == 50
    assert {f.name: f.read_bytes() for f in app_file.parent.iterdir()} == before


def test_the_newest_bookmark_is_shown_first(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    for number in (5, 9, 7):
        favorite(app, 1, number)

    own.import_desktop(app_file)

    assert own.bookmarks()["id"].tolist() == [7, 9, 5]


def test_folders_blacklists_and_searches_come(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    favorite(app, 1, 77, file_url="https://cdn.donmai.us/blocked.jpg")
    put(app, "favorite_folders", name="empty")
    put(app, "favorite_folders", name="..")
    put(app, "blacklisted_tags", tag="spider")
    put(app, "blacklisted_posts", url="https://cdn.donmai.us/blocked.jpg")
    put(app, "blacklisted_posts", url="https://elsewhere.test/x.jpg")
    for query in ("sky", "sea"):
        put(app, "saved_searches", name="mine", query=query)
    for at in (TIME, "2024-06-01T12:00:00+00:00"):
        put(app, "search_history", query="sky", site_id=1, searched_at=at)
    put(app, "tag_types", site_id=1, name="cloud", label="General", fetched_at=TIME)
    put(app, "tag_types", site_id=1, name="__batch_api_probe__", label="true")

    report = own.import_desktop(app_file)

    assert own.sql("select folder from folders")["folder"].tolist() == ["empty"]
    assert rows(own.path, "select rule from blacklist_rule") == [("spider",)]
    assert rows(own.path, "select post_id from blacklist_post") == [(77,)]
    assert rows(own.path, "select name, query from saved_search") == [
        ("mine", "sky"),
        ("mine (2)", "sea"),
    ]
    assert rows(own.path, "select query, sites from search_history") == [
        ("sky", '["danbooru"]')
    ]
    assert rows(own.path, "select name from tag where name = 'cloud'") == [("cloud",)]
    assert rows(own.path, "select name from tag where name like '%probe%'") == []
    assert skipped(report) == {
        "it has no name that can be kept": 1,
        "no post of the app has this address": 1,
    }


@pytest.mark.parametrize("tag", ["or", "rating:safe", ":)", 'a"b', "a*b", "score:>5"])
def test_a_blacklisted_tag_stays_a_tag_whatever_it_looks_like(
    own: bn.Library, app: sqlite3.Connection, app_file: Path, tag: str
) -> None:
    put(app, "blacklisted_tags", tag=tag)

    own.import_desktop(app_file)

    [rule] = own.blacklist()["rule"]
    posts = pd.DataFrame({"site": "d", "id": [1, 2], "tags": [tag, "sky"]})
    assert posts.booru.query(rule)["id"].tolist() == [1]


def test_a_saved_file_s_post_comes_where_its_site_is_told(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    urls = ("https://cdn.donmai.us/1.png", "https://static1.e621.net/2.png", "", "x")
    for number, url in enumerate(urls):
        put(app, "library_meta", post_id=number, file_url=url, tags="sky", rating="s")

    report = own.import_desktop(app_file)

    assert own.posts()[["site", "id", "rating"]].to_numpy().tolist() == [
        ["e621", 1, "general"],
        ["danbooru", 0, "sensitive"],
    ]
    assert [*skipped(report).values()] == [2]


def test_keys_are_told_and_do_not_come(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    app.execute("update sites set api_key = 'not-a-real-key', api_user = 'heron'")

    report = own.import_desktop(app_file)

    said = " ".join(report["reason"])
    assert "keys for 'danbooru', 'e621', 'booru'" in said
    assert "not-a-real-key" not in said
    assert b"not-a-real-key" not in own.path.read_bytes()


def test_a_withheld_post_does_not_come(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    favorite(app, 1, 1, rating="e", tags="child sky")
    favorite(app, 2, 1, rating="?", tags="child sky")
    put(app, "library_meta", post_id=3, file_url="https://e621.net/1", tags="child")

    report = own.import_desktop(app_file)

    assert len(own.posts()) == 0
    assert counts(report, "posts") == {"withheld": 3}
    assert counts(report, "bookmarks") == {"withheld": 2}


def test_an_old_version_without_later_columns_comes(
    own: bn.Library, app_file: Path
) -> None:
    app_file.parent.mkdir()
    with closing(database(app_file, tables=OLDEST)) as db:
        put(db, "sites", id=1, name="d", url="https://danbooru.donmai.us/")
        put(db, "favorites", site_id=1, post_id=4, tags="sky", favorited_at=TIME)

    own.import_desktop(app_file)

    assert own.bookmarks()[["site", "id", "tags"]].to_numpy().tolist() == [
        ["danbooru", 4, "sky"]
    ]


def test_a_dry_run_tells_the_same_and_writes_nothing(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    favorite(app, 1, 1, folder="sea")
    favorite(app, 9, 1)

    told = own.import_desktop(app_file, dry_run=True)

    assert len(own.bookmarks()) == 0
    assert rows(own.path, "select count(*) from folder, site") == [(0,)]
    assert told.equals(own.import_desktop(app_file))
    again = own.import_desktop(app_file)
    assert again[["added", "updated"]].to_numpy().sum() == 0


def test_the_open_library_itself_is_refused(own: bn.Library) -> None:
    with pytest.raises(ArgumentError, match="is a library that is open"):
        own.import_desktop(own.path)

    assert own.check()["ok"].all()
