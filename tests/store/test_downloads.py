"""Files: known by what they hold and where they lie, and their posts are kept."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import ArgumentError, StoreError
from booru_nb.post import Rating
from booru_nb.store import Entry, FileEntry, Store
from tests.store.samples import SITE, post, whole

if TYPE_CHECKING:
    from pathlib import Path

MINOR: dict[str, Any] = {"tags": ("child", "sky")}


def entry(number: int, path: Path, *, site: str = SITE, **values: Any) -> FileEntry:
    content = path.read_bytes() if path.is_file() else b""
    folder = values.pop("folder", path.parent)
    return FileEntry(
        post=post(number, site=site, **values),
        kind="original",
        folder=folder,
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        size=len(content),
    )


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """A folder that is not the library's."""
    folder = tmp_path / "drive" / "pictures"
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(b"one")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home" / "library.booru"


def test_a_file_keeps_its_post(store: Store, path: Path, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg")])
    store.bookmarks.add([Entry(post(1))])
    store.bookmarks.remove([(SITE, 1)])

    assert store.posts.keys() == {(SITE, 1)}

    store.downloads.drop([away / "1.jpg"])

    assert store.posts.count() == 0
    assert whole(path)


def test_the_same_id_on_two_sites_is_two_posts(store: Store, away: Path) -> None:
    store.downloads.record(
        [entry(1, away / "1.jpg"), entry(1, away / "2.jpg", site="e621")]
    )

    assert {file.key for file in store.downloads.all()} == {(SITE, 1), ("e621", 1)}


def test_one_name_in_two_folders_is_two_files(store: Store, away: Path) -> None:
    paths = [away / "a" / "1.jpg", away / "b" / "1.jpg"]
    store.downloads.record([entry(n, p, folder=away) for n, p in enumerate(paths)])

    store.downloads.drop([paths[0]])

    assert [file.path for file in store.downloads.all()] == [paths[1]]


def test_a_post_may_have_several_files(store: Store, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg"), entry(1, away / "x" / "1.jpg")])

    assert len(store.downloads.of([(SITE, 1)])) == 2


def test_knowing_a_file_again_is_nothing_new(store: Store, away: Path) -> None:
    for _ in range(2):
        store.downloads.record([entry(1, away / "1.jpg")])

    assert store.downloads.count() == 1


def test_a_place_that_another_post_takes_is_its_own(store: Store, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg")])
    store.downloads.record([entry(2, away / "1.jpg")])

    assert store.posts.keys() == {(SITE, 2)}


def test_owners_are_told_by_place(store: Store, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg")])

    assert store.downloads.owners([away / "1.jpg", away / "2.jpg"]) == {
        away / "1.jpg": ((SITE, 1), "original")
    }


def test_a_folder_within_a_folder_makes_no_second_root(
    store: Store, away: Path
) -> None:
    store.downloads.record([entry(1, away / "1.jpg")])
    store.downloads.record([entry(2, away / "x" / "2.jpg", folder=away / "x")])

    assert store.downloads.roots() == [away]


def test_a_folder_that_moved_is_one_row_changed(store: Store, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg")])
    moved = away.rename(away.with_name("moved"))

    store.downloads.move(away.parent, away.parent)
    store.downloads.move(away, moved)

    assert [file.path for file in store.downloads.all()] == [moved / "1.jpg"]


def test_a_folder_of_no_files_cannot_move(store: Store, away: Path) -> None:
    with pytest.raises(ArgumentError, match="No files are known below"):
        store.downloads.move(away, away.parent)


def test_files_beside_the_library_move_with_it(path: Path, tmp_path: Path) -> None:
    file = path.parent / "downloads" / "1.jpg"
    with Store.open(path) as store:
        store.downloads.record([entry(1, file)])
    home = path.parent.rename(tmp_path / "elsewhere")

    with Store.open(home / path.name) as store:
        assert [f.path for f in store.downloads.all()] == [home / "downloads" / "1.jpg"]


def test_a_site_with_files_is_not_removed(store: Store, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg")])

    with pytest.raises(StoreError, match="files of 1 of its posts"):
        store.sites.remove(SITE, posts=True)
    assert store.downloads.count() == 1


def test_the_file_of_a_withheld_post_is_not_known(store: Store, away: Path) -> None:
    mine = entry(1, away / "1.jpg", rating=Rating.EXPLICIT, **MINOR)

    assert store.downloads.record([mine]) == {(SITE, 1)}
    assert store.downloads.count() == 0


def test_the_file_of_a_post_that_is_withheld_later_goes(
    store: Store, path: Path, away: Path
) -> None:
    store.downloads.record([entry(1, away / "1.jpg", **MINOR)])

    store.bookmarks.add([Entry(post(1, rating=Rating.EXPLICIT, tags=()))])

    assert store.downloads.all() == []
    assert store.posts.count() == 0
    assert not (away / "1.jpg").exists()
    assert whole(path)


def test_it_goes_when_the_library_is_opened(path: Path, away: Path) -> None:
    with Store.open(path) as store:
        store.downloads.record([entry(1, away / "1.jpg", **MINOR)])
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("update post set rating = 3")

    with Store.open(path) as store:
        assert store.downloads.count() == 0
    assert not (away / "1.jpg").exists()


def test_it_goes_when_its_drive_is_there_again(
    store: Store, away: Path, tmp_path: Path
) -> None:
    store.downloads.record([entry(1, away / "1.jpg", **MINOR)])
    unplugged = away.parent.rename(tmp_path / "unplugged")
    store.bookmarks.add([Entry(post(1, rating=Rating.EXPLICIT, tags=()))])
    assert store.downloads.all() == []

    unplugged.rename(away.parent)
    store.downloads.all()

    assert not (away / "1.jpg").exists()


def test_a_file_that_was_changed_is_the_users_own(store: Store, away: Path) -> None:
    store.downloads.record([entry(1, away / "1.jpg", **MINOR)])
    (away / "1.jpg").write_bytes(b"another")

    store.bookmarks.add([Entry(post(1, rating=Rating.EXPLICIT, tags=()))])

    assert store.downloads.all() == []
    assert (away / "1.jpg").read_bytes() == b"another"
