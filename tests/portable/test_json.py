"""A library as a JSON document: all of it comes back, and nothing else does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError
from booru_nb.store import Entry
from tests.portable.documents import counts, document, whole_post
from tests.support.rows import execute, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = """
select 'bookmark', site.name, post_id, coalesce(folder.name, ''), note, bookmarked_at
from bookmark join post on post.id = bookmark.post join site using (site_id)
left join folder using (folder_id)
union all
select 'tag', site.name, tag.name, category, fetched_at, ''
from tag_category join site using (site_id) join tag using (tag_id)
union all select 'folder', name, query, added_at, '', '' from folder
union all select 'rule', rule, added_at, '', '', '' from blacklist_rule
union all select 'block', name, post_id, b.added_at, '', ''
from blacklist_post b join site using (site_id)
union all select 'saved', name, query, sites, options, saved_at from saved_search
union all select 'history', query, sites, options, searched_at, '' from search_history
union all select 'setting', key, value, '', '', '' from setting
union all select 'site', name, url, engine, options, added_at from site
union all select 'post', site.name, post_id, collected, kept_at, tags
from post join site using (site_id) join (
  select post, group_concat(name, ' ') as tags
  from (select post, name from tag_post join tag using (tag_id) order by name)
  group by post
) on post = post.id
order by 1, 2, 3
"""
"""Everything that comes back, without numbers that mean something in one file only."""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[bn.Library]:
    with bn.open(tmp_path / "other.booru") as library:
        yield library


def fill(library: bn.Library) -> None:
    """Keep something of every subject."""
    store = library._state.store
    library.add_site("https://booru.example.org", name="mine", engine="moebooru")
    store.posts.put([whole_post(2), whole_post(9, "e926", tags=("sky",))])
    store.bookmarks.add([Entry(whole_post(3), folder="a/b", note="'=so\nit \\ is")])
    store.bookmarks.add([Entry(whole_post(1)), Entry(whole_post(4, "mine"))])
    store.folders.add("empty")
    store.tags.learn("danbooru", {"unknown_tag": None, "sky": "general"})
    library.rating = ["general", "sensitive"]
    library.set_default_site("mine")
    execute(
        store,
        "insert into folder (name, query, added_at) values ('own', 'sky -sea', 5)",
        "insert into blacklist_rule (rule, added_at) values ('dog site:mine', 6)",
        "insert into blacklist_post select site_id, 8, 7 from site where name = 'mine'",
        "insert into saved_search values ('x', '', '[\"mine\"]', '{\"limit\": 5}', 8)",
        "insert into search_history values (null, 'sky', '[\"mine\"]', '{}', 9)",
    )


def test_everything_comes_back(
    own: bn.Library, other: bn.Library, tmp_path: Path
) -> None:
    fill(own)
    written = own.export_json(tmp_path / "a.json")

    other.import_json(written)

    assert rows(other.path, TABLES) == rows(own.path, TABLES)
    assert other.bookmarks().equals(own.bookmarks())
    assert other.posts().equals(own.posts())
    again = other.export_json(tmp_path / "b.json")
    assert again.read_bytes() == written.read_bytes()


def test_a_second_import_changes_nothing(
    own: bn.Library, other: bn.Library, tmp_path: Path
) -> None:
    fill(own)
    written = own.export_json(tmp_path / "a.json")
    other.import_json(written)
    before = rows(other.path, TABLES)

    report = other.import_json(written)

    assert rows(other.path, TABLES) == before
    assert report[["added", "updated", "skipped"]].to_numpy().sum() == 0


def test_a_dry_run_tells_the_same_and_writes_nothing(
    own: bn.Library, other: bn.Library, tmp_path: Path
) -> None:
    fill(own)
    written = own.export_json(tmp_path / "a.json")
    before = other._state.store.file.generation()

    told = other.import_json(written, dry_run=True)

    assert other._state.store.file.generation() == before
    assert len(other.posts()) == 0
    assert told.equals(other.import_json(written))


def test_it_is_one_document_of_json_with_a_line_an_object(
    own: bn.Library, tmp_path: Path
) -> None:
    fill(own)
    text = own.export_json(tmp_path / "a.json").read_text()

    found = json.loads(text)
    lines = [json.loads(x.rstrip(",")) for x in text.splitlines() if x.startswith('{"')]
    assert found["posts"][0] in lines
    assert [p["id"] for p in found["posts"]] == [9, 2, 3, 4, 1]


def test_no_login_is_in_it(own: bn.Library, tmp_path: Path) -> None:
    own.login("danbooru", user="heron", key="not-a-real-key")
    fill(own)

    text = own.export_json(tmp_path / "a.json").read_text()

    own.logout("danbooru")
    assert "not-a-real-key" not in text
    assert "heron" not in text


def test_history_can_be_left_out(own: bn.Library, tmp_path: Path) -> None:
    fill(own)

    text = own.export_json(tmp_path / "a.json", history=False).read_text()

    assert "history" not in json.loads(text)


def test_what_is_here_is_refreshed_and_not_lost(
    own: bn.Library, tmp_path: Path
) -> None:
    own.bookmark(whole_post(), folder="here", note="mine")
    path = document(
        tmp_path,
        posts=[{"site": "danbooru", "id": 1, "score": 99}],
        bookmarks=[{"site": "danbooru", "id": 1, "bookmarked_at": "1999-01-01T00Z"}],
    )

    report = own.import_json(path)

    [kept] = own.bookmarks().to_dict("records")
    assert (kept["score"], kept["tags"]) == (99, "=_= anna_alder nan null 雲")
    assert (kept["folder"], kept["note"]) == ("here", "mine")
    assert kept["bookmarked_at"].year > 2000
    assert counts(report, "posts") == {"updated": 1}
    assert counts(report, "bookmarks") == {"unchanged": 1}


def test_a_withheld_post_does_not_come_and_neither_does_its_bookmark(
    own: bn.Library, tmp_path: Path
) -> None:
    key = {"site": "danbooru", "id": 1}
    post = {**key, "rating": "explicit", "tags": ["child", "sky"], "collected": True}
    path = document(tmp_path, posts=[post], bookmarks=[key])

    report = own.import_json(path)

    assert len(own.posts()) == len(own.bookmarks()) == 0
    assert counts(report, "posts") == counts(report, "bookmarks") == {"withheld": 1}


def test_a_withheld_post_is_not_exported(own: bn.Library, tmp_path: Path) -> None:
    store = own._state.store
    store.posts.put([whole_post(tags=("child", "sky"))])
    execute(store, "update post set rating = 3")

    text = own.export_json(tmp_path / "a.json").read_text()

    assert "posts" not in json.loads(text)


def test_addresses_that_are_none_are_left_out_and_told(
    own: bn.Library, tmp_path: Path
) -> None:
    bad = {"file_url": "javascript:alert(1)", "md5": "xyz", "ext": "../x"}
    post = {"site": "danbooru", "id": 1, "collected": True} | bad

    report = own.import_json(document(tmp_path, posts=[post]))

    assert own.posts()[list(bad)].isna().all(axis=None)
    assert any("'file_url' are left out" in reason for reason in report["reason"])


def test_posts_that_nothing_keeps_and_bookmarks_of_nothing_are_skipped(
    own: bn.Library, tmp_path: Path
) -> None:
    path = document(
        tmp_path,
        posts=[{"site": "danbooru", "id": 1}],
        bookmarks=[{"site": "danbooru", "id": 2}],
    )

    report = own.import_json(path)

    assert len(own.posts()) == 0
    assert report["skipped"].sum() == 2


def test_a_folder_that_fills_itself_takes_no_bookmark(
    own: bn.Library, tmp_path: Path
) -> None:
    own.bookmark(whole_post(5), folder="b")
    key = {"site": "danbooru", "id": 1}
    path = document(
        tmp_path,
        posts=[key],
        folders=[{"name": "a", "query": "sky"}, {"name": "b", "query": "sky"}],
        bookmarks=[{**key, "folder": "a"}],
    )

    report = own.import_json(path)

    assert rows(own.path, "select name, query from folder order by name") == [
        ("a", "sky"),
        ("b", None),
    ]
    assert own.bookmarks()["folder"].tolist() == ["", "b"]
    assert report["skipped"].sum() == 2


def test_settings_that_do_not_fit_are_told(own: bn.Library, tmp_path: Path) -> None:
    odd = [
        {"name": "rating", "value": "purple"},
        {"name": "default_site", "value": "nowhere"},
        {"name": "later", "value": 1},
    ]

    report = own.import_json(document(tmp_path, settings=odd))

    assert rows(own.path, "select * from setting") == []
    assert report["subject"].tolist() == ["settings"] * 3


def test_bookmarks_may_stand_before_posts(own: bn.Library, tmp_path: Path) -> None:
    key = {"site": "danbooru", "id": 1}

    own.import_json(document(tmp_path, bookmarks=[key], posts=[key]))

    assert len(own.bookmarks()) == 1


def test_items_may_be_larger_than_what_is_read_at_once(
    own: bn.Library, tmp_path: Path
) -> None:
    long = "x" * 600_000
    key = {"site": "danbooru", "id": 1}
    path = document(tmp_path, posts=[key], bookmarks=[{**key, "note": long}])

    own.import_json(path)

    assert own.bookmarks()["note"].item() == long


def test_an_earlier_export_is_replaced_and_nothing_else(
    own: bn.Library, tmp_path: Path
) -> None:
    path = own.export_json(tmp_path / "a.json")
    assert own.export_json(path) == path
    path.write_text("my shopping list")

    with pytest.raises(ArgumentError, match="no earlier export"):
        own.export_json(path)
    with pytest.raises(ArgumentError, match="no earlier export"):
        own.export_json(own.path)

    assert path.read_text() == "my shopping list"
    assert own._state.store.file.log.is_guarded()  # type: ignore[union-attr] # it has one


def test_only_the_owner_may_read_it(own: bn.Library, tmp_path: Path) -> None:
    path = own.export_json(tmp_path / "a.json")

    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".*"))
