"""Folders of bookmarks, as verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from booru_nb import errors, schemas
from tests.store.samples import at_once

if TYPE_CHECKING:
    import pandas as pd


@pytest.fixture
def posts(lib: bn.Library) -> pd.DataFrame:
    return lib.search(limit=6, progress=False)


def counts(lib: bn.Library) -> dict[str, int]:
    folders = lib.folders()
    return dict(zip(folders["folder"], folders["count"], strict=True))


def test_folders_are_a_frame_of_the_schema(lib: bn.Library) -> None:
    expected = schemas.describe(schemas.FOLDERS)
    empty = lib.folders()
    lib.add_folder("a/b")

    for frame in (empty, lib.folders()):
        dtypes = {n: schemas.dtype_name(t) for n, t in frame.dtypes.items()}
        assert dtypes == expected
    assert empty.empty
    assert lib.folders()["query"].isna().all()


def test_the_count_is_what_the_folder_shows(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts.iloc[:1], folder="a")
    lib.bookmark(posts.iloc[1:4], folder="a/b")
    lib.bookmark(posts.iloc[4:], folder="ab")

    assert counts(lib) == {f: len(lib.bookmarks(folder=f)) for f in ("a", "a/b", "ab")}
    assert lib.folders()["direct"].tolist() == [1, 3, 2]


def test_a_removed_folder_loses_no_bookmark(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts.iloc[:1], folder="a")
    lib.bookmark(posts.iloc[1:4], folder="a/b")
    lib.bookmark(posts.iloc[4:], folder="c")

    assert lib.remove_folder("a") == 4
    assert counts(lib) == {"c": 2}
    assert len(lib.bookmarks(folder="")) == 4


def test_a_folder_moves_with_all_that_is_in_it(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts, folder="a/b")

    lib.rename_folder("a", "x/y")

    assert counts(lib) == {"x": 6, "x/y": 6, "x/y/b": 6}


def test_a_name_that_is_taken_is_refused_and_nothing_changes(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts, folder="a")
    lib.add_folder("b")

    with pytest.raises(errors.FolderNameError, match="'b' already"):
        lib.rename_folder("a", "b")
    assert counts(lib) == {"a": 6, "b": 0}


@pytest.mark.parametrize("name", ["../x", "a//b", "/a", "a/..", "a\\b", ".", ""])
def test_a_folder_with_tricks_is_refused(lib: bn.Library, name: str) -> None:
    lib.add_folder("a")

    for verb in (lib.add_folder, lib.remove_folder):
        with pytest.raises(errors.FolderNameError):
            verb(name)
    with pytest.raises(errors.FolderNameError):
        lib.rename_folder("a", name)
    assert lib.folders()["folder"].tolist() == ["a"]


def test_what_is_no_name_is_refused(lib: bn.Library) -> None:
    with pytest.raises(errors.ArgumentError, match="text"):
        lib.add_folder(5)  # type: ignore[arg-type]


def test_a_folder_that_fills_itself_shows_what_its_query_finds(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    best = posts["score"].max()
    lib.add_folder("best", query=f"score:>={best}")
    lib.bookmark(posts)

    found = lib.bookmarks(folder="best")

    assert set(found["id"]) == set(posts.loc[posts["score"] >= best, "id"])
    row = lib.folders().set_index("folder").loc["best"]
    assert (row["count"], row["direct"]) == (len(found), 0)
    assert row["query"] == f"score:>={best}"


def test_only_bookmarks_fill_a_folder(lib: bn.Library, posts: pd.DataFrame) -> None:
    lib.add_folder("all", query="")
    lib._state.store.posts.put(lib.search(limit=20, progress=False).pipe(as_posts))
    lib.bookmark(posts.iloc[:2])

    assert len(lib.bookmarks(folder="all")) == counts(lib)["all"] == 2


def as_posts(frame: pd.DataFrame) -> list[bn.Post]:
    return bn.frames.to_posts(frame)


def test_a_folder_shows_what_those_within_it_find_once(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts.iloc[:2], folder="a")
    lib.bookmark(posts.iloc[2:])
    lib.add_folder("a/first", query=f"id:{posts['id'].iloc[0]}")
    lib.add_folder("a/last", query=f"id:{posts['id'].iloc[-1]}")

    assert lib.bookmarks(folder="a")["id"].tolist() == (
        posts["id"].iloc[[-1, 0, 1]].tolist()
    )
    assert counts(lib) == {"a": 3, "a/first": 1, "a/last": 1}


def test_nothing_is_put_into_a_folder_that_fills_itself(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.add_folder("best", query="score:>50")

    with pytest.raises(errors.FolderNameError, match=r"'best' fills itself.*score:>50"):
        lib.bookmark(posts, folder="best")
    assert lib.bookmarks().empty


def test_a_query_is_kept_by_its_folder(lib: bn.Library) -> None:
    lib.add_folder("best", query="score:>50")
    lib.add_folder("best", query=" score:>50 ")
    lib.add_folder("best")

    with pytest.raises(errors.FolderNameError, match="'best' already"):
        lib.add_folder("best", query="score:>60")
    lib.rename_folder("best", "good")

    assert lib.folders()["query"].tolist() == ["score:>50"]


def test_a_folder_of_bookmarks_gets_no_query(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts, folder="a")

    with pytest.raises(errors.FolderNameError, match="does not fill itself"):
        lib.add_folder("a", query="sky")
    assert counts(lib) == {"a": 6}


@pytest.mark.parametrize("query", ["sky (sea", "order:score", "sky limit:3"])
def test_a_query_that_cannot_be_makes_no_folder(lib: bn.Library, query: str) -> None:
    with pytest.raises(errors.QueryError):
        lib.add_folder("a/b", query=query)

    assert lib.folders().empty


def test_the_folder_column_says_where_a_bookmark_was_put(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.add_folder("all", query="id:>=0")
    lib.bookmark(posts.iloc[:1], folder="sea")
    lib.bookmark(posts.iloc[1:])

    shown = lib.bookmarks(folder="all")

    assert sorted(shown["folder"]) == ["", "", "", "", "", "sea"]
    assert len(lib.bookmark(shown)) == 6


def test_two_threads_make_one_folder(lib: bn.Library) -> None:
    assert at_once(lambda: lib.add_folder("a/b", query="sky")) == ["a/b", "a/b"]

    assert lib.folders()["folder"].tolist() == ["a", "a/b"]
