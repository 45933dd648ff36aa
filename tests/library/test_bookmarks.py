import shutil
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors, schemas


@pytest.fixture
def posts(lib: bn.Library) -> pd.DataFrame:
    return lib.search(limit=6, progress=False)


def test_bookmarks_are_a_frame_of_the_schema(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts, folder="a")

    dtypes = {n: schemas.dtype_name(t) for n, t in lib.bookmarks().dtypes.items()}
    assert dtypes == schemas.describe(schemas.BOOKMARKS)


def test_no_bookmarks_are_an_empty_frame_of_the_schema(lib: bn.Library) -> None:
    empty = lib.bookmarks()

    assert empty.empty
    assert {
        n: schemas.dtype_name(t) for n, t in empty.dtypes.items()
    } == schemas.describe(schemas.BOOKMARKS)


def test_what_was_searched_comes_back_whole(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    kept = lib.bookmark(posts)

    pd.testing.assert_frame_equal(kept[posts.columns], posts)


def test_a_row_a_post_a_pair_and_lists_of_them(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    key = ("demo", int(posts["id"].iloc[1]))
    lib.bookmark(posts.iloc[0])
    lib.bookmark(key)
    lib.bookmark([bn.Post(site="elsewhere", id=5, tags=("sky",)), posts.iloc[[2]]])

    kept = lib.bookmarks()

    assert len(kept) == 4
    assert kept.set_index("id").loc[key[1], "tags"] == posts["tags"].iloc[1]


def test_bookmarking_again_changes_only_what_is_said(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    first = lib.bookmark(posts, folder="sea", note="nice")
    again = lib.bookmark(posts)
    moved = lib.bookmark(posts, folder="land")
    unfiled = lib.bookmark(posts, folder="")

    pd.testing.assert_frame_equal(again, first)
    assert set(moved["folder"]) == {"land"}
    assert set(moved["note"]) == {"nice"}
    assert set(unfiled["folder"]) == {""}
    assert (unfiled["bookmarked_at"] == first["bookmarked_at"]).all()


def test_columns_folder_and_note_are_written_back(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    mine = posts.assign(folder=list("aabbcc"), note="so")

    kept = lib.bookmark(mine)

    assert kept["folder"].tolist() == list("aabbcc")
    assert set(kept["note"]) == {"so"}


def test_a_folder_includes_those_within(lib: bn.Library, posts: pd.DataFrame) -> None:
    lib.bookmark(posts.iloc[:2], folder="a")
    lib.bookmark(posts.iloc[2:4], folder="a/b")
    lib.bookmark(posts.iloc[4:5], folder="ab")
    lib.bookmark(posts.iloc[5:])

    assert len(lib.bookmarks(folder="a")) == 4
    assert len(lib.bookmarks(folder="a/b")) == 2
    assert len(lib.bookmarks(folder="")) == 1


@pytest.mark.parametrize("folder", ["../x", "a//b", "/a", "a/..", "a\\b", "."])
def test_a_folder_with_tricks_is_refused_and_nothing_changes(
    lib: bn.Library, posts: pd.DataFrame, folder: str
) -> None:
    with pytest.raises(errors.FolderNameError):
        lib.bookmark(posts, folder=folder)

    assert lib.bookmarks().empty


def test_unbookmarking_can_be_undone(lib: bn.Library, posts: pd.DataFrame) -> None:
    lib.bookmark(posts, folder="sea", note="mine")
    before = lib.bookmarks()

    removed = lib.unbookmark(posts)
    assert lib.bookmarks().empty
    lib.bookmark(removed)

    after = lib.bookmarks()
    keys = ["site", "id"]
    pd.testing.assert_frame_equal(
        after.sort_values(keys, ignore_index=True),
        before.sort_values(keys, ignore_index=True),
    )


def test_unbookmarking_what_is_none_is_nothing(lib: bn.Library) -> None:
    assert lib.unbookmark(("demo", 1)).empty


def test_a_frame_without_site_is_refused(lib: bn.Library) -> None:
    with pytest.raises(errors.FrameError, match="'site'"):
        lib.bookmark(pd.DataFrame({"id": [1]}))


@pytest.mark.parametrize("wrong", [5, "danbooru", ["danbooru"], [1, 2], None])
def test_what_is_no_post_is_refused(lib: bn.Library, wrong: object) -> None:
    with pytest.raises(errors.ArgumentError, match="Posts are given as"):
        lib.bookmark(wrong)  # type: ignore[arg-type]


def test_a_post_of_an_unknown_site_makes_a_site_without_an_address(
    lib: bn.Library,
) -> None:
    lib.bookmark(bn.posts(pd.DataFrame({"id": [4]}), site="attic"))

    row = lib.sites().set_index("site").loc["attic"]
    assert row.isna()["url"]
    assert row["bookmarks"] == 1


def test_tags_count_bookmarks(lib: bn.Library, posts: pd.DataFrame) -> None:
    lib.bookmark(posts)

    counts = lib.tags().set_index("tag")["count"]
    expected = posts["tags"].str.split().explode().value_counts()
    assert counts.to_dict() == expected.to_dict()
    assert counts.is_monotonic_decreasing


def test_post_tags_are_the_bookmarks_tags_one_a_row(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    kept = lib.bookmark(posts)

    pairs = lib.post_tags()
    pd.testing.assert_frame_equal(
        pairs.astype(object),
        lib.bookmarks().booru.post_tags().astype(object),
    )
    assert len(pairs) == kept["tags"].str.split().map(len).sum()


def test_posts_are_what_is_kept(lib: bn.Library, posts: pd.DataFrame) -> None:
    lib.bookmark(posts)
    lib.unbookmark(posts.iloc[:2])

    assert set(lib.posts()["id"]) == set(posts["id"].iloc[2:])


def test_withheld_posts_are_not_kept(lib: bn.Library) -> None:
    bad = bn.Post(site="demo", id=1, rating=bn.Rating.EXPLICIT, tags=("child",))

    assert lib.bookmark(bad).empty
    assert lib.bookmarks().empty
    assert lib.tags().empty


def test_bookmarks_outlive_the_library(library_file: Path) -> None:
    with bn.open(library_file) as own:
        own.bookmark(bn.Post(site="attic", id=4, tags=("sky",)), folder="x")

    with bn.open(library_file) as again:
        assert again.bookmarks(folder="x")["tags"].tolist() == ["sky"]


def test_frames_carry_a_token_and_nothing_else(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    assert posts.attrs == {"booru_nb": lib.token}
    assert len(lib.token) == 8
    assert str(lib.path) not in str(posts.attrs)


def test_the_accessor_finds_the_library_of_a_frame(
    lib: bn.Library, posts: pd.DataFrame, library_file: Path
) -> None:
    with bn.open(library_file) as other:
        posts.booru.bookmark(folder="here")

        assert len(lib.bookmarks(folder="here")) == 6
        assert other.bookmarks().empty


def test_the_accessor_never_guesses_between_libraries(
    lib: bn.Library, library_file: Path
) -> None:
    strange = bn.posts(pd.DataFrame({"id": [1]}), site="attic")
    with bn.open(library_file) as other:
        with pytest.raises(errors.LibraryError, match="library="):
            strange.booru.bookmark()

        strange.booru.bookmark(library=other)
        assert len(other.bookmarks()) == 1
    assert lib.bookmarks().empty


def test_the_accessor_without_a_library() -> None:
    strange = bn.posts(pd.DataFrame({"id": [1]}), site="attic")

    with pytest.raises(errors.LibraryError, match=r"bn\.open\(\)"):
        strange.booru.bookmark()


def test_what_a_concatenation_does_not_say_stays_as_it_is(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts.iloc[:3], folder="sea", note="keep me")

    lib.bookmark(pd.concat([posts, lib.bookmarks()]))

    kept = lib.bookmarks(folder="sea")
    assert len(kept) == 3
    assert set(kept["note"]) == {"keep me"}


def test_a_frame_without_status_changes_none(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts.assign(status="deleted"))

    lib.bookmark(posts.drop(columns="status"))

    assert set(lib.bookmarks()["status"]) == {"deleted"}


def test_a_post_of_an_earlier_search_is_known_by_its_key(lib: bn.Library) -> None:
    first = lib.search("lighthouse", limit=1, progress=False)
    lib.search("cat", limit=1, progress=False)

    kept = lib.bookmark(("demo", first["id"].iloc[0]))

    assert kept["tags"].item() == first["tags"].item()


@pytest.mark.parametrize("key", [("demo", -4), ("demo", True), ("", 3)])
def test_a_key_that_can_be_none_is_refused(lib: bn.Library, key: object) -> None:
    with pytest.raises(errors.ArgumentError):
        lib.bookmark(key)  # type: ignore[arg-type]


def test_a_copy_of_a_library_is_another_one(library_file: Path, tmp_path: Path) -> None:
    with bn.open(library_file) as own:
        own.bookmark(bn.Post(site="attic", id=4))
    copied = tmp_path / "copy.booru"
    shutil.copy(library_file, copied)

    with bn.open(library_file) as own, bn.open(copied) as copy:
        copy.bookmarks().booru.bookmark(note="for the copy")

        assert own.bookmarks()["note"].tolist() == [""]
        assert copy.bookmarks()["note"].tolist() == ["for the copy"]


def test_tags_of_any_posts_are_those_of_the_same_bookmarks(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.bookmark(posts)

    twice = pd.concat([posts, posts])
    pd.testing.assert_frame_equal(lib.tags(posts=twice), lib.tags())
    pd.testing.assert_frame_equal(
        lib.post_tags(posts=lib.bookmarks()).astype(object),
        lib.post_tags().astype(object),
    )


@pytest.mark.parametrize("wrong", [("demo", -1), ("demo", 1.5), ("", 3)])
def test_a_pair_that_names_no_post_is_refused_as_a_whole(
    lib: bn.Library, wrong: object
) -> None:
    with pytest.raises(errors.ArgumentError) as caught:
        lib.bookmark(wrong)  # type: ignore[arg-type]

    assert str(wrong) in str(caught.value)


def test_a_missing_folder_of_a_frame_moves_nothing(lib: bn.Library) -> None:
    kept = lib.bookmark(lib.search(limit=2, progress=False), folder="sea", note="mine")
    said = bn.posts(kept.assign(folder=pd.Series(["sky", None]), note=None))

    after = lib.bookmark(said)

    assert after["folder"].tolist() == ["sky", "sea"]
    assert after["note"].tolist() == ["mine", "mine"]
