"""Questions in SQL: what they answer, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError
from tests.store.test_interrupts import ENDLESS, interrupted_soon
from tests.support.rows import three_posts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        library.bookmark(three_posts(), folder="a/b")
        yield library


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
