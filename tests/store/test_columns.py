"""Bookmarks and posts as columns: which, in which order."""

from __future__ import annotations

import pytest

from booru_nb.errors import ArgumentError, DamagedFileError, FolderNameError
from booru_nb.store import Entry, Store
from booru_nb.store.columns import BOOKMARK_COLUMNS, POST_COLUMNS
from tests.store.samples import SITE, entries, post


def shelved(store: Store) -> Store:
    for number, folder in enumerate(["", "a", "a/b", "a/b/c", "ab", "a b", "b/a"]):
        store.bookmarks.add(entries(number, folder=folder))
    return store


@pytest.mark.parametrize(
    ("folder", "ids"),
    [
        (None, [6, 5, 4, 3, 2, 1, 0]),
        ("", [0]),
        ("a", [3, 2, 1]),
        ("a/b", [3, 2]),
        ("b", [6]),
        ("nowhere", []),
    ],
)
def test_a_folder_has_those_within_it(
    store: Store, folder: str | None, ids: list[int]
) -> None:
    assert shelved(store).bookmarks.columns(folder=folder)["id"] == ids


def test_a_folder_that_cannot_be_is_said(store: Store) -> None:
    with pytest.raises(FolderNameError):
        store.bookmarks.columns(folder="../x")


def test_newest_bookmarks_come_first(store: Store) -> None:
    store.bookmarks.add([Entry(post(1), bookmarked_at=5)])
    store.bookmarks.add([Entry(post(2), bookmarked_at=9)])
    store.bookmarks.add([Entry(post(3), bookmarked_at=5)])

    assert store.bookmarks.columns()["id"] == [2, 3, 1]


def test_only_those_of_a_site(store: Store) -> None:
    store.bookmarks.add([Entry(post(1)), Entry(post(2, site="e621"))])

    assert store.bookmarks.columns(site="e621")["id"] == [2]
    assert store.posts.columns(site="e621")["id"] == [2]
    assert store.posts.columns(site="nowhere")["id"] == []


def test_columns_come_as_they_are_asked_for(store: Store) -> None:
    store.bookmarks.add(entries(1))

    columns = store.bookmarks.columns(columns=["folder", "tags", "id", "general"])

    assert columns == {
        "folder": [""],
        "tags": ["cloud sky"],
        "id": [1],
        "general": ["sky"],
    }


def test_the_tags_alone_are_the_same_as_among_others(store: Store) -> None:
    store.bookmarks.add(entries(1, 2))

    alone = store.bookmarks.columns(columns=["tags"])["tags"]

    assert alone == store.bookmarks.columns()["tags"]


@pytest.mark.parametrize("wrong", [["id", "folders"], "folders"])
def test_an_unknown_column_is_said(store: Store, wrong: list[str]) -> None:
    with pytest.raises(ArgumentError, match=r"no column 'folders'.*note"):
        store.bookmarks.columns(columns=wrong)


def test_no_columns_are_refused(store: Store) -> None:
    with pytest.raises(ArgumentError, match="Leave `columns` out"):
        store.bookmarks.columns(columns=[])


def test_an_empty_library_has_all_columns(store: Store) -> None:
    assert store.bookmarks.columns() == {name: [] for name in BOOKMARK_COLUMNS}
    assert store.posts.columns() == {name: [] for name in POST_COLUMNS}


def test_tags_are_sorted_by_code_point_whenever_they_were_met(store: Store) -> None:
    tags = ("Zebra", "_x", "a", "sky", "\u00e9t\u00e9", "\U0001f600")
    store.bookmarks.add([Entry(post(1, tags=("sky",)))])

    store.bookmarks.add([Entry(post(2, tags=tags[::-1], categories={}))])

    assert store.bookmarks.columns()["tags"] == [" ".join(sorted(tags)), "sky"]


def test_further_categories_are_tokens(store: Store) -> None:
    categories = {"z": "deity", "b": "lore", "a": "lore", "m": "meta"}
    store.bookmarks.add(
        [Entry(post(1, tags=("a", "b", "m", "z"), categories=categories))]
    )

    columns = store.bookmarks.columns()

    assert columns["other"] == ["deity:z lore:a lore:b"]
    assert columns["meta"] == ["m"]


def test_given_posts_come_in_the_order_given(store: Store) -> None:
    store.bookmarks.add(entries(1, 2, 3))
    keys = [(SITE, 3), ("nowhere", 1), (SITE, 9), (SITE, 1)]

    assert store.bookmarks.by_keys(keys)["id"] == [3, 1]
    assert store.posts.by_keys(keys, columns=["id"]) == {"id": [3, 1]}


def test_few_rows_and_many_have_the_same_texts(store: Store) -> None:
    store.bookmarks.add(
        Entry(post(n, tags=(f"t{n % 7}", "sky"), categories={"sky": "general"}))
        for n in range(2_100)
    )

    many = store.bookmarks.columns()
    few = store.bookmarks.by_keys([(SITE, n) for n in range(2_100)][:50])

    assert few == {name: values[:50] for name, values in many.items()}


def test_a_tag_without_a_name_is_damage(store: Store) -> None:
    store.bookmarks.add(entries(1))
    store.file.write(lambda db: db.execute("update post set tag_ids = x'63000000'"))

    with pytest.raises(DamagedFileError, match="no name for the tag number"):
        store.bookmarks.columns()
