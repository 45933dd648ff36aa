"""Queries of a library's file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import ArgumentError, QueryError
from booru_nb.post import Rating
from booru_nb.query import Query
from booru_nb.query.tree import Tag, either
from booru_nb.store import Entry, Store, finding
from tests.store.samples import SITE, entries, post

if TYPE_CHECKING:
    from booru_nb.post import Post
    from booru_nb.store.connections import Db


def tagged(number: int, *tags: str) -> Post:
    return post(number, tags=tuple(sorted(tags)), categories={})


def ids(store: Store, query: str) -> list[int]:
    return list(store.posts.find(query, columns=["id"])["id"])


def test_those_kept_last_come_first(store: Store) -> None:
    store.posts.put([tagged(1, "a", "b"), tagged(2, "a"), tagged(3, "a", "b", "c")])

    assert ids(store, "") == [1, 2, 3]
    assert ids(store, "a b") == [1, 3]
    assert ids(store, "a b -c") == [1]
    assert ids(store, "a limit:2") == [1, 2]


def test_columns_are_those_asked_for(store: Store) -> None:
    store.posts.put([tagged(1, "a")])
    store.bookmarks.add([Entry(tagged(2, "a"), folder="f")])

    found = store.posts.find("a", columns=["id", "folder", "note", "bookmarked_at"])

    assert found["id"] == [2, 1]
    assert found["folder"] == ["f", ""]
    assert found["note"] == ["", None]
    assert found["bookmarked_at"][1] is None
    assert store.posts.find("a").keys() == store.posts.columns().keys()


def test_an_unknown_column_is_named(store: Store) -> None:
    with pytest.raises(ArgumentError, match="no column 'colour'"):
        store.posts.find("", columns=["colour"])


def test_only_bookmarks_are_found_among_bookmarks(store: Store) -> None:
    store.posts.put([post(1), post(2)])
    store.bookmarks.add(entries(2, 3, folder="f"))

    assert store.bookmarks.find("sky", columns=["id"]) == {"id": [2, 3]}
    assert store.bookmarks.count("sky folder:f limit:1") == 1
    assert store.posts.count("sky") == 3


def test_a_category_is_that_of_the_posts_site(store: Store) -> None:
    store.posts.put(
        [
            post(1, tags=("ann",), categories={"ann": "artist"}),
            post(2, site="other", tags=("ann",), categories={"ann": "character"}),
        ]
    )

    assert ids(store, "artist:ann") == ids(store, "artist:a*") == [1]
    assert ids(store, "-artist:ann") == [2]


def test_a_tag_that_no_post_has_any_more_finds_nothing(store: Store) -> None:
    store.bookmarks.add([Entry(tagged(1, "gone", "sky"))])
    store.bookmarks.remove([(SITE, 1)])
    store.posts.put([tagged(2, "sky")])

    assert ids(store, "gone") == ids(store, "g*") == []
    assert ids(store, "-gone") == ids(store, "sky or gone") == [2]


def test_ages_are_counted_from_a_moment(store: Store) -> None:
    store.posts.put([post(1, created_at=datetime(2024, 5, 1, tzinfo=UTC))])
    moment = datetime(2024, 5, 5, tzinfo=UTC)

    assert store.posts.count("age:<5d", now=moment) == 1
    assert store.posts.count("age:<3d", now=moment) == 0
    assert store.posts.count("age:4d", now=moment) == 1


def test_what_was_written_in_the_same_transaction_is_found(store: Store) -> None:
    def work(_: object) -> list[int]:
        store.posts.put([tagged(1, "a")])
        return ids(store, "a*")

    assert store.file.write(work) == [1]


def test_rows_are_found_while_another_statement_runs(store: Store) -> None:
    store.posts.put([tagged(number, "a", f"b{number}") for number in range(20)])

    def work(db: Db) -> list[int]:
        rows = db.execute("select id from post")
        return [len(finding.rows(db, finding.search("source:none b*"))) for _ in rows]

    assert store.file.read(work) == [20] * 20


def test_a_withheld_post_is_never_found(store: Store) -> None:
    explicit = post(1, rating=Rating.EXPLICIT, tags=("child", "sky"))
    store.posts.put([explicit, post(2)])

    assert ids(store, "") == ids(store, "sky") == ids(store, "child or sky") == [2]
    assert store.posts.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        " ".join(["-a"] * 400),
        " or ".join(f"t{n}" for n in range(400)),
        " ".join(f"t{n}*" for n in range(400)),
        "-(" * 20 + "a b or c" + ")" * 20,
        "(a or " * 20 + "b" + ")" * 20,
        "id:" + ",".join(map(str, range(4_000))),
        "score:" + ",".join(f"{n}..{n + 1}" for n in range(100)),
        " ".join(f"(note:{n} or source:{n} -(a b*))" for n in range(99)),
        "*" + "a*" * 5_000 + "b",
        "*" * 10_000,
    ],
)
def test_a_hostile_query_is_answered(store: Store, query: str) -> None:
    store.posts.put(
        [tagged(n, "a" * 200, *(f"t{n}_{m}" for m in range(50))) for n in range(9)]
    )

    assert store.posts.count(query) <= 9
    assert store.bookmarks.count(query) == 0


def test_a_query_that_was_put_together_has_an_end_too(store: Store) -> None:
    large = Query("", either(Tag(f"t{n}") for n in range(1_000)))

    with pytest.raises(QueryError, match="at most 400 terms"):
        store.posts.find(large)


def test_what_a_user_writes_is_no_sql(store: Store) -> None:
    store.posts.put([tagged(1, "sky")])

    for text in ("';--", "x'", "%", "_", "?", "[a]", ":a", "$1"):
        for query in (f'"{text}"', f'note:"{text}"', f'folder:"{text}"', f"{text}*"):
            assert ids(store, query) == []


@pytest.mark.parametrize("limit", [-1, 1.5, "3", True])
def test_a_wrong_limit_is_refused(store: Store, limit: int) -> None:
    with pytest.raises(ArgumentError, match="A limit"):
        store.posts.find("", limit=limit)


def test_completions_are_the_most_frequent(store: Store) -> None:
    store.posts.put([tagged(1, "sky", "skyline", "sun"), tagged(2, "skyline", "Sky")])

    assert store.tags.completions("sk") == {"tag": ["skyline", "sky"], "count": [2, 1]}
    assert store.tags.completions("Sk")["tag"] == ["skyline", "Sky", "sky"]
    assert store.tags.completions("", limit=1)["tag"] == ["skyline"]
    assert store.tags.completions("night") == {"tag": [], "count": []}
