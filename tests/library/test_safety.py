"""Copies of the library, checks of it, and questions in SQL."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError, StoreError
from booru_nb.post import Post, Rating
from tests.store.test_interrupts import ENDLESS, interrupted_soon
from tests.support.rows import execute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    """A library with three bookmarks."""
    with bn.open(library_file) as library:
        posts = [
            Post(
                site="danbooru",
                id=number,
                rating=Rating.GENERAL,
                tags=("cloud", "sky"),
                categories={"sky": "general"},
                score=None if number == 2 else number,
            )
            for number in (1, 2, 3)
        ]
        library.bookmark(posts, folder="a/b")
        yield library


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_backup_is_a_library_of_its_own(own: bn.Library, tmp_path: Path) -> None:
    path = own.backup(tmp_path / "copy.booru")

    own.unbookmark(own.bookmarks())
    with bn.open(path) as copy:
        assert copy.bookmarks()["id"].tolist() == [1, 2, 3]
        assert copy.check(full=True)["ok"].all()


def test_a_backup_is_for_its_owner_only_and_has_a_check_sum(
    own: bn.Library, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        path = own.backup(tmp_path / "copy.booru")
    finally:
        os.umask(before)

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert mode(path) == 0o600
    said = (tmp_path / "copy.booru.sha256").read_text()
    assert said == f"{digest}  copy.booru\n"
    assert not list(tmp_path.glob(".*"))


def test_a_backup_replaces_nothing_unless_told(own: bn.Library, tmp_path: Path) -> None:
    path = own.backup(tmp_path / "copy.booru")
    before = path.read_bytes()
    own.unbookmark(own.bookmarks())

    with pytest.raises(StoreError, match=r"exists already.*overwrite=True"):
        own.backup(path)
    assert path.read_bytes() == before

    own.backup(path, overwrite=True)
    with bn.open(path) as copy:
        assert len(copy.bookmarks()) == 0


@pytest.mark.parametrize("where", ["itself", "a folder", "nowhere"])
def test_a_backup_is_refused_where_it_cannot_be(
    own: bn.Library, tmp_path: Path, where: str
) -> None:
    places = {
        "itself": (own.path, "is the library itself"),
        "a folder": (tmp_path, "is a folder"),
        "nowhere": (tmp_path / "no" / "copy", "could not be written"),
    }
    path, says = places[where]

    with pytest.raises(StoreError, match=says):
        own.backup(path, overwrite=True)

    assert own.check()["ok"].all()


def test_a_backup_is_whole_while_others_write(own: bn.Library, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 100
        while not done.is_set():
            own._state.store.settings.set("limit", number)
            own.bookmark(("danbooru", number))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    paths = [own.backup(tmp_path / f"{number}.booru") for number in range(5)]
    done.set()
    writer.join()

    for path in paths:
        with bn.open(path) as copy:
            assert copy.check(full=True)["ok"].all()


def test_a_snapshot_is_one_file_with_views_that_goes_away(own: bn.Library) -> None:
    with own.snapshot() as path:
        assert [file.name for file in path.parent.iterdir()] == [path.name]
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)
        assert path.stat().st_ino != own.path.stat().st_ino
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
            found = db.execute("select id, rating, folder from bookmarks order by 1")
            assert found.fetchone() == (1, "general", "a/b")
            pairs = db.execute("select tag, category from post_tags where id = 1")
            assert set(pairs) == {("cloud", None), ("sky", "general")}

    assert not path.parent.exists()


def test_a_snapshot_goes_away_after_an_error(own: bn.Library) -> None:
    with pytest.raises(KeyError), own.snapshot() as path:
        raise KeyError

    assert not path.parent.exists()


def spoilt(own: bn.Library, *statements: str) -> dict[str, str]:
    """Return what a full check says is wrong after some statements."""
    execute(own._state.store, *statements)
    found = own.check(full=True)
    wrong = found[~found["ok"].astype(bool)]
    return dict(zip(wrong["check"], wrong["message"], strict=True))


def test_a_sound_library_passes_every_check(own: bn.Library) -> None:
    for full in (False, True):
        found = own.check(full=full)

        assert found["ok"].all()
        assert found["check"].tolist() == [
            *("pages", "references", "tags", "orphans", "guard", "permissions", "log"),
            "sqlite",
        ]


@pytest.mark.parametrize(
    ("check", "statement", "says"),
    [
        ("tags", "update tag set n = n + 1", "counts add up to 8"),
        ("tags", "delete from tag_post where post = 1", "inverted table 4"),
        ("tags", "update tag_post set post = 7 where post = 1", "other tags than"),
        ("tags", "update post set tag_ids = x'0100000063000000'", "name"),
        ("orphans", "delete from bookmark where post = 1", "Nothing keeps 1"),
    ],
)
def test_what_is_wrong_is_found_and_advice_is_given(
    own: bn.Library, check: str, statement: str, says: str
) -> None:
    wrong = spoilt(own, statement)

    assert [*wrong] == [check]
    assert says in wrong[check]


def test_counts_that_are_wrong_in_pairs_are_found(own: bn.Library) -> None:
    wrong = spoilt(
        own,
        "update tag set n = n + 1 where name = 'sky'",
        "update tag set n = n - 1 where name = 'cloud'",
    )

    assert "counts of 2 tags" in wrong["tags"]
    assert "import_json" in wrong["tags"]


def test_posts_that_are_withheld_are_found(own: bn.Library) -> None:
    wrong = spoilt(
        own,
        "update tag set name = 'child' where name = 'sky'",
        "update post set rating = 3 where post_id = 1",
    )

    assert [*wrong] == ["guard"]


def test_a_reference_to_nothing_is_found(own: bn.Library) -> None:
    with closing(sqlite3.connect(own.path, isolation_level=None)) as other:
        other.execute("update bookmark set folder_id = 99 where post = 1")

    found = own.check().set_index("check")

    assert not found.loc["references", "ok"]
    assert "1 of bookmark" in str(found.loc["references", "message"])


def test_others_who_may_read_the_file_are_found(own: bn.Library) -> None:
    own.path.chmod(0o644)

    found = own.check().set_index("check")

    assert "chmod 600" in str(found.loc["permissions", "message"])


def test_pages_that_were_overwritten_are_found(own: bn.Library) -> None:
    own.bookmark([("danbooru", number) for number in range(10, 500)])
    execute(own._state.store, "update post set source = hex(zeroblob(500))")
    writer = own._state.store.file._writer._db
    assert writer is not None
    writer.execute("pragma wal_checkpoint(truncate)")
    [root] = own.sql("select rootpage from sqlite_schema where name = 'post'")[
        "rootpage"
    ]
    descriptor = os.open(own.path, os.O_WRONLY)  # and not closed: that drops locks
    os.pwrite(descriptor, b"\x17" * 4096, 4096 * (int(root) + 20))

    found = own.check().set_index("check")

    os.close(descriptor)
    assert not found.loc["pages", "ok"]
    assert "backup" in str(found.loc["pages", "message"])


def test_sql_answers_with_typed_columns(own: bn.Library) -> None:
    found = own.sql(
        """
        select id, score, folder, note, bookmarked_at, 0.5 as half, tags,
          null as void
        from bookmarks order by id
        """
    )

    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == {
        "id": "int64",
        "score": "Int64",
        "folder": "str",
        "note": "str",
        "bookmarked_at": "int64",
        "half": "float64",
        "tags": "str",
        "void": "object",
    }
    assert found["tags"].tolist() == ["cloud sky"] * 3
    at = pd.to_datetime(found["bookmarked_at"], unit="us", utc=True)
    assert set(at) == set(own.bookmarks()["bookmarked_at"])


def test_sql_of_nothing_has_its_columns(own: bn.Library) -> None:
    found = own.sql("select tag, count from tags where false")

    assert list(found.columns) == ["tag", "count"]
    assert found.empty


@pytest.mark.parametrize(
    "params", [[2], (2,), [np.int64(2)], {"number": 2}, pd.Series([2]).tolist()]
)
def test_sql_takes_parameters(own: bn.Library, params: Any) -> None:
    mark = ":number" if isinstance(params, dict) else "?"

    found = own.sql(f"select id as x, id as x from posts where id = {mark}", params)  # noqa: S608 - a mark

    assert found.to_numpy().tolist() == [[2, 2]]


def test_sql_takes_times(own: bn.Library) -> None:
    later = pd.Timestamp.now("UTC")

    found = own.sql("select count(*) from bookmarks where bookmarked_at < ?", [later])

    assert found.iloc[0, 0] == 3


REFUSED = [
    *("delete from post", "insert into setting values ('a', '1')", "vacuum"),
    *("update tag set n = 0", "drop table bookmark", "create table x (y)"),
    *("create temp table x (y)", "create view x as select 1", "begin", "commit"),
    *("attach ':memory:' as x", "detach main", "pragma user_version = 9"),
    *("pragma query_only = off", "pragma journal_mode = delete", "reindex"),
    *("pragma wal_checkpoint", "savepoint x", "analyze", "explain delete from post"),
    *("alter table post add column x", "select load_extension('x')"),
    *("replace into setting values ('a', '1')", "drop view temp.posts"),
    "with x as (select 1) delete from post",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_sql_refuses_to_write(own: bn.Library, statement: str) -> None:
    before = own.path.read_bytes()
    generation = own._state.store.file.generation()

    with pytest.raises(ArgumentError, match=r"lib\.sql only reads, and refuses"):
        own.sql(statement)

    assert own.path.read_bytes() == before
    assert own._state.store.file.generation() == generation


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("select 1; select 2", "one statement, not several"),
        ("select 1; delete from post", "one statement, not several"),
        ("", "gives no table"),
        ("-- nothing", "gives no table"),
        ("selec 1", 'near "selec"'),
        ("select * from favourites", "no such table: favourites. There are: posts,"),
        ("select missing from posts", "no such column"),
        ("select ?", "parameters do not fit"),
        ("select json_extract('{', '$.a')", "malformed JSON"),
        (5, "A question in SQL is a text"),
    ],
)
def test_sql_says_what_it_does_not_understand(
    own: bn.Library, statement: Any, says: str
) -> None:
    with pytest.raises(ArgumentError, match=says):
        own.sql(statement)


def test_sql_tells_about_tables_and_pages(own: bn.Library) -> None:
    assert "tag_ids" in set(own.sql("pragma table_info(post)")["name"])
    assert own.sql("select value from json_each('[1, 2]')")["value"].tolist() == [1, 2]


def test_a_long_question_stops_at_once(own: bn.Library) -> None:
    with pytest.raises(KeyboardInterrupt), interrupted_soon():
        own.sql(ENDLESS)

    assert own.sql("select count(*) from bookmarks").iloc[0, 0] == 3


def test_a_closed_library_says_so(library_file: Path) -> None:
    library = bn.open(library_file)
    library.close()

    for verb in (library.check, library.snapshot, lambda: library.sql("select 1")):
        with pytest.raises(bn.BooruError, match="closed"):
            verb()
