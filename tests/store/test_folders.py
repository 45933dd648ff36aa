"""Folders: their names, and what happens to the bookmarks in them."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import FolderNameError
from booru_nb.store import Store
from booru_nb.store.connections import Place
from booru_nb.store.library_file import LibraryFile
from booru_nb.store.migrations import MIGRATIONS
from tests.store.samples import at_once, entries

if TYPE_CHECKING:
    from pathlib import Path


def folders_of(store: Store) -> list[str]:
    return list(store.bookmarks.columns(columns=["folder"])["folder"])


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "is empty"),
        ("/", "is empty"),
        ("/etc", "is empty"),
        ("a/", "is empty"),
        ("a//b", "is empty"),
        ("..", "mean other folders"),
        ("../x", "mean other folders"),
        ("a/../b", "mean other folders"),
        ("a/.", "mean other folders"),
        (".hidden", "begin with '.' or '~'"),
        ("~root", "begin with '.' or '~'"),
        ("a/~", "begin with '.' or '~'"),
        (" a", "end with a blank"),
        ("a /b", "end with a blank"),
        ("a\u3000", "end with a blank"),
        ("a\\b", "use '/'"),
        ("a\nb", "cannot be seen"),
        ("a\0", "cannot be seen"),
        ("a\u202eb", "cannot be seen"),
        ("a\ud800", "cannot be seen"),
        ("\u00e9" * 128, "longer than 255 bytes"),
        ("/".join("a" * 17), "16 deep"),
    ],
)
def test_a_name_that_breaks_a_rule_is_refused_with_the_rule(
    store: Store, name: str, rule: str
) -> None:
    with pytest.raises(FolderNameError, match=rule):
        store.folders.add(name)
    assert store.folders.all() == []


@pytest.mark.parametrize(
    "name", ["skies", "a/b", "a b", "a.b", "夜空/星", "50%_x", "'; drop", "é" * 127]
)
def test_a_name_that_keeps_the_rules_is_taken(store: Store, name: str) -> None:
    store.bookmarks.add(entries(1, folder=name))

    assert folders_of(store) == [name]
    assert store.bookmarks.columns(folder=name)["id"] == [1]


def test_names_are_composed(store: Store) -> None:
    store.folders.add(unicodedata.normalize("NFD", "été"))
    store.bookmarks.add(entries(1, folder="été"))

    assert store.folders.all() == ["été"]


def test_adding_twice_is_nothing(store: Store) -> None:
    store.folders.add("a")
    store.folders.add("a")

    assert store.folders.all() == ["a"]


def test_a_folder_is_counted_with_those_within(store: Store) -> None:
    store.bookmarks.add(entries(1, folder="b"))
    store.bookmarks.add(entries(2, 3, folder="a/b/c"))
    store.bookmarks.add(entries(4, folder="a"))
    store.bookmarks.add(entries(5))

    columns = store.folders.columns()
    assert columns["folder"] == ["a", "a/b", "a/b/c", "b"]
    assert columns["count"] == [3, 2, 2, 1]
    assert columns["direct"] == [1, 0, 2, 1]
    assert columns["query"] == [None] * 4


def test_a_folder_brings_those_around_it(store: Store) -> None:
    store.folders.add("a/b/c")
    store.folders.rename("a/b", "x/y")

    assert store.folders.all() == ["a", "x", "x/y", "x/y/c"]


def test_an_older_file_gets_the_folders_around_others(path: Path) -> None:
    place = Place(path)
    LibraryFile(place, steps=MIGRATIONS[:1]).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("insert into folder (name, added_at) values ('a/b/c', 5), ('a', 7)")

    with Store.open(path) as store:
        columns = store.folders.columns()
    assert columns["folder"] == ["a", "a/b", "a/b/c"]
    assert columns["added_at"] == [7, 5, 5]


def test_two_threads_make_one_folder(store: Store) -> None:
    assert at_once(lambda: store.folders.add("a/b")) == ["a/b", "a/b"]

    assert store.folders.all() == ["a", "a/b"]


def test_removing_a_folder_unfiles_what_is_in_it(store: Store) -> None:
    for number, folder in enumerate(["a", "a/b", "ab"]):
        store.bookmarks.add(entries(number, folder=folder))

    assert store.folders.remove("a") == 2
    assert folders_of(store) == ["ab", "", ""]
    assert store.folders.all() == ["ab"]


def test_renaming_takes_those_within_along(store: Store) -> None:
    for number, folder in enumerate(["a", "a/b", "ab"]):
        store.bookmarks.add(entries(number, folder=folder))

    store.folders.rename("a", "x/y")

    assert folders_of(store) == ["ab", "x/y/b", "x/y"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("nowhere", "x", "no folder 'nowhere'. There are: a, a/b, c"),
        ("a", "c", "'c' already"),
        ("a", "a/d", "into itself"),
        ("a", "../x", "mean other folders"),
    ],
)
def test_a_rename_that_cannot_be_changes_nothing(
    store: Store, old: str, new: str, says: str
) -> None:
    for folder in ["a", "a/b", "c"]:
        store.folders.add(folder)

    with pytest.raises(FolderNameError, match=says):
        store.folders.rename(old, new)
    assert store.folders.all() == ["a", "a/b", "c"]


def test_removing_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(FolderNameError, match="There are: none yet"):
        store.folders.remove("a")
