"""Files that are known: adopted, looked at, moved, and deleted where they are ours."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors
from tests.support.downloads import library, names, served
from tests.support.pictures import drawn


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


@pytest.fixture
def posts(lib: bn.Library) -> pd.DataFrame:
    """Four posts whose files are JPEGs."""
    found = lib.search(limit=20, progress=False)
    return found[found["ext"] == "jpg"].head(4).reset_index(drop=True)


def had(
    lib: bn.Library, posts: pd.DataFrame, to: Path, template: str = "%id%"
) -> list[Path]:
    table = lib.download(posts, to=to, template=template, progress=False)
    return [Path(path) for path in table["path"]]


def gone(lib: bn.Library, posts: object) -> list[bool]:
    removed: list[bool] = lib.remove_files(posts, progress=False)["removed"].tolist()  # type: ignore[arg-type]
    return removed


def test_no_files_give_an_empty_table(lib: bn.Library) -> None:
    assert len(lib.files()) == 0
    assert len(lib.check_files(progress=False)) == 0


def test_removing_deletes_files_and_forgets_posts(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    had(lib, posts, to)

    assert gone(lib, posts.head(3)) == [True] * 3
    assert names(to) == [f"{posts['id'][3]}.jpg"]
    assert lib.posts()["id"].tolist() == lib.files()["id"].tolist() == [posts["id"][3]]


def test_a_bookmarked_post_stays_without_its_file(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    had(lib, posts, to)
    lib.bookmark(posts)

    gone(lib, posts)

    assert len(lib.posts()) == len(lib.bookmarks()) == 4


def test_a_changed_file_stays_and_is_told(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    path, *_ = had(lib, posts, to)
    path.write_bytes(b"x" * path.stat().st_size)

    table = lib.remove_files(posts.head(1), progress=False)

    assert table["removed"].tolist() == [False]
    assert "another file" in table["reason"][0]
    assert path.exists()
    assert len(lib.files()) == 4


def test_a_missing_file_is_forgotten(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    path, *_ = had(lib, posts, to)
    path.unlink()

    assert gone(lib, posts.head(1)) == [False]
    assert len(lib.files()) == 3


def test_a_file_of_the_same_name_elsewhere_is_not_touched(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    first, second = posts.head(1), posts.iloc[[1]]
    [one] = had(lib, first, to / "a", "same")
    [two] = had(lib, second, to / "b", "same")

    gone(lib, first)

    assert not one.exists()
    assert two.exists()


def test_a_number_in_a_name_is_no_id(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    number = posts["id"][1]
    [path] = had(lib, posts.head(1).assign(score=number), to, "%score%")

    assert path.name == f"{number}.jpg"
    assert gone(lib, [("demo", int(number))]) == []
    assert path.exists()


def test_each_copy_of_a_post_is_known(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    [one] = had(lib, posts.head(1), to / "a")
    [two] = had(lib, posts.head(1), to / "b" / "c" / "d")

    files = lib.files()

    assert set(files["path"]) == {str(one), str(two)}
    assert gone(lib, files[files["path"] == str(one)]) == [True]
    assert two.exists()


def test_a_score_that_changed_makes_no_second_file(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    for score in (1, 2):
        had(lib, posts.assign(score=score), to, "%id%_%score%")

    assert len(names(to)) == 4


def test_nested_folders_are_known_and_removed(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    had(lib, posts, to, "a/b/c/%id%")

    assert gone(lib, posts) == [True] * 4
    assert names(to) == []


def test_a_link_in_the_place_of_a_file_is_not_removed(
    lib: bn.Library, posts: pd.DataFrame, to: Path, tmp_path: Path
) -> None:
    path, *_ = had(lib, posts, to)
    copy = shutil.copy(path, tmp_path / "mine.jpg")
    path.unlink()
    path.symlink_to(copy)

    assert gone(lib, posts.head(1)) == [False]
    assert Path(copy).exists()
    assert path.is_symlink()


def test_a_folder_that_became_a_link_is_not_followed(
    lib: bn.Library, posts: pd.DataFrame, to: Path, tmp_path: Path
) -> None:
    had(lib, posts, to, "in/%id%")
    moved = (to / "in").rename(tmp_path / "moved")
    (to / "in").symlink_to(moved)

    assert gone(lib, posts) == [False] * 4
    assert len(names(moved)) == 4


def test_a_drive_that_is_not_there_loses_nothing(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    had(lib, posts, to)
    to.rename(to.with_name("unplugged"))

    assert gone(lib, posts) == [False] * 4
    assert len(lib.files()) == 4

    to.with_name("unplugged").rename(to)

    assert set(lib.check_files(progress=False)["condition"]) == {"ok"}


def test_files_are_looked_at(lib: bn.Library, posts: pd.DataFrame, to: Path) -> None:
    paths = had(lib, posts, to)
    paths[1].unlink()
    paths[2].write_bytes(b"short")
    paths[3].write_bytes(b"x" * paths[3].stat().st_size)

    found = lib.check_files(posts, progress=False)
    quick = lib.check_files(posts, contents=False, progress=False)

    assert found["condition"].tolist() == ["ok", "missing", "changed", "changed"]
    assert quick["condition"].tolist() == ["ok", "missing", "changed", "ok"]
    assert len(lib.files()) == 4


def test_a_moved_folder_is_found_again(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    had(lib, posts, to)
    moved = to.rename(to.with_name("moved"))

    lib.relocate_files(to, moved)

    assert set(lib.check_files(progress=False)["condition"]) == {"ok"}
    assert lib.files()["path"].str.startswith(str(moved)).all()


def test_a_folder_that_is_not_known_cannot_move(lib: bn.Library, to: Path) -> None:
    with pytest.raises(errors.ArgumentError, match="none yet"):
        lib.relocate_files(to, to)


def adopted(lib: bn.Library, folder: Path, **options: object) -> pd.DataFrame:
    return lib.adopt(folder, progress=False, **options)  # type: ignore[arg-type]


@pytest.fixture
def loose(lib: bn.Library, posts: pd.DataFrame, to: Path) -> Path:
    """A folder of files that the library does not know."""
    had(lib, posts, to)
    copy = to.with_name("loose")
    shutil.copytree(to, copy)
    gone(lib, posts)
    return copy


def test_files_are_adopted_by_their_md5_whatever_their_names(
    lib: bn.Library, posts: pd.DataFrame, loose: Path
) -> None:
    lib.bookmark(posts)
    for number, path in enumerate(sorted(loose.iterdir())):
        path.rename(loose / f"{number}.png")
    (loose / "letter.txt").write_text("dear")

    table = adopted(lib, loose)

    assert table["status"].tolist() == [*["adopted"] * 4, "unmatched"]
    assert sorted(lib.files()["id"]) == sorted(posts["id"])
    assert adopted(lib, loose)["status"].tolist() == [*["present"] * 4, "unmatched"]


def test_files_are_adopted_of_given_posts(
    lib: bn.Library, posts: pd.DataFrame, loose: Path
) -> None:
    assert set(adopted(lib, loose)["status"]) == {"unmatched"}
    assert set(adopted(lib, loose, posts=posts)["status"]) == {"adopted"}
    assert len(lib.posts()) == 4


def test_an_adopted_file_is_not_downloaded_again(
    lib: bn.Library, posts: pd.DataFrame, loose: Path
) -> None:
    adopted(lib, loose, posts=posts)

    again = lib.download(posts, to=loose, progress=False)

    assert set(again["status"]) == {"present"}


def test_an_id_in_a_name_is_no_proof(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    lib.bookmark(posts)
    to.mkdir()
    (to / f"{posts['id'][0]}.jpg").write_bytes(b"x" * int(posts["file_size"][0]))

    assert adopted(lib, to)["status"].tolist() == ["unmatched"]


def test_of_two_posts_with_one_file_the_name_decides(
    lib: bn.Library, posts: pd.DataFrame, loose: Path
) -> None:
    first = posts.head(1)
    twin = first.assign(id=7, site="other")
    both = pd.concat([twin, first])

    adopted(lib, loose, posts=both)

    assert lib.files()["id"].tolist() == first["id"].tolist()


def test_a_withheld_post_adopts_nothing(
    lib: bn.Library, posts: pd.DataFrame, loose: Path
) -> None:
    withheld = posts.assign(rating="explicit", tags="child", general="child")

    assert set(adopted(lib, loose, posts=withheld)["status"]) == {"unmatched"}
    assert len(lib.posts()) == 0


def test_a_folder_that_is_not_there_is_told(lib: bn.Library, to: Path) -> None:
    with pytest.raises(errors.FileError, match="cannot be used"):
        adopted(lib, to)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[bn.Library]:
    """A library that knows one booru under two names."""
    with served() as (_, url), library(tmp_path / "two.booru", url) as own:
        own.add_site(url, name="wharf", engine="danbooru", allow_private=True)
        yield own


def test_one_id_on_two_sites_is_two_files(two: bn.Library, to: Path) -> None:
    found = two.search(limit=1, progress=False)
    both = pd.concat([found, found.assign(site="wharf")], ignore_index=True)

    had(two, both, to)

    assert len(names(to)) == len(two.files()) == 2
    assert gone(two, found) == [True]
    assert two.files()["site"].tolist() == ["wharf"]
    assert len(names(to)) == 1


def test_one_file_of_two_posts_is_fetched_once(tmp_path: Path, to: Path) -> None:
    with served() as (app, url), library(tmp_path / "x.booru", url) as own:
        found = own.search(limit=1, progress=False)
        both = pd.concat([found, found.assign(id=7)], ignore_index=True)
        one, two = had(own, both, to)

        assert one.read_bytes() == two.read_bytes()
        assert one.stat().st_nlink == two.stat().st_nlink == 1
        assert app.calls.count("/original/*") == 1


def test_an_ugoira_is_converted_beside_its_archive(
    lib: bn.Library, posts: pd.DataFrame, to: Path
) -> None:
    to.mkdir()
    source = to / "moving.zip"
    with zipfile.ZipFile(source, "w") as file:
        for number in range(3):
            file.writestr(f"{number}.jpg", drawn(number, side=60).data)
    md5 = hashlib.md5(source.read_bytes(), usedforsecurity=False).hexdigest()
    post = posts.head(1).assign(md5=md5, ext="zip", file_size=source.stat().st_size)
    adopted(lib, to, posts=post)

    tables = [lib.convert_ugoira(post, progress=False) for _ in range(2)]

    assert [table["status"].item() for table in tables] == ["downloaded", "present"]
    assert names(to) == ["moving.converted.webp", "moving.zip"]
    assert sorted(lib.files()["kind"]) == ["converted", "original"]
    assert gone(lib, lib.files().query("kind == 'converted'")) == [True]
    assert names(to) == ["moving.zip"]
