"""Opening a library: what is made, and what is refused and left alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import (
    DamagedFileError,
    ForeignFileError,
    NewerFileError,
    StoreError,
)
from booru_nb.store import Durability, Store
from booru_nb.store.migrations import MIGRATIONS
from tests.store.samples import entries, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def filled(path: Path) -> Path:
    with Store.open(path) as store:
        store.bookmarks.add(entries(*range(200)))
    return path


def cut_by_a_crash(path: Path) -> Path:
    """Leave a library as a crash does: with a log that is not in the file yet."""
    before = path.with_name("before")
    with Store.open(before) as store:
        store.bookmarks.add(entries(1, 2, 3))
        shutil.copy(before, path)
        shutil.copy(f"{before}-wal", f"{path}-wal")
    before.unlink()
    return path


def test_a_new_library_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "my library #1?.booru"

    Store.open(path).close()

    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_only_the_owner_may_read_the_files(path: Path) -> None:
    before = os.umask(0)
    try:
        with Store.open(path) as store:
            store.bookmarks.add(entries(1))
            modes = {file.name: mode(file) for file in path.parent.iterdir()}
    finally:
        os.umask(before)

    assert modes == dict.fromkeys(
        [path.name, f"{path.name}-wal", f"{path.name}-shm"], 0o600
    )


def test_the_file_says_whose_it_is(path: Path) -> None:
    Store.open(path).close()

    assert rows(path, "pragma application_id") == [(0x6E62626F,)]
    assert rows(path, "pragma user_version") == [(len(MIGRATIONS),)]
    assert rows(path, "pragma journal_mode") == [("wal",)]


def test_what_was_kept_is_there_again(path: Path) -> None:
    filled(path)

    with Store.open(path) as again:
        assert again.bookmarks.count() == 200


def test_a_library_is_told_from_others_for_good(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store, Store.open(tmp_path / "other") as other:
        before = store.uuid()
        assert other.uuid() != before

    with Store.open(path) as again:
        assert again.uuid() == before


def test_what_a_crash_left_in_the_log_is_there_again(path: Path) -> None:
    with Store.open(cut_by_a_crash(path)) as store:
        assert store.bookmarks.count() == 3


def test_two_stores_see_each_other(store: Store, path: Path) -> None:
    with Store.open(path) as other:
        other.bookmarks.add(entries(1))

    assert store.bookmarks.count() == 1


def foreign_text(path: Path) -> None:
    path.write_bytes(b"my shopping list: pears, plums\n" * 99)


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table favorites (id integer primary key)")


def nothing(path: Path) -> None:
    path.touch()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(filled(path))) as db:
        db.execute("pragma journal_mode = delete")
        db.execute("pragma user_version = 99")


def blank(path: Path) -> None:
    with filled(path).open("r+b") as file:
        file.write(bytes(4096))


def cut_off(path: Path) -> None:
    os.truncate(filled(path), 4096 * 3)


def cut_in_the_header(path: Path) -> None:
    os.truncate(filled(path), 80)


def overwritten(path: Path) -> None:
    with filled(path).open("r+b") as file:
        file.seek(100)
        file.write(b"\x17" * 4000)


def without_tables(path: Path) -> None:
    with closing(sqlite3.connect(filled(path))) as db:
        db.execute("drop table bookmark")


def overwritten_after_a_crash(path: Path) -> None:
    cut_by_a_crash(path)
    Path(f"{path}-wal").write_bytes(Path(f"{path}-wal").read_bytes()[: 32 + 24 + 4096])
    overwritten_in_place(path)


def overwritten_in_place(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x17" * (path.stat().st_size - 4096))


@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        (foreign_text, ForeignFileError, "belongs to another program"),
        (foreign_database, ForeignFileError, "Choose another name"),
        (nothing, ForeignFileError, "is an empty file"),
        (newer, NewerFileError, r"of version 99.*pip install -U booru-nb"),
        (blank, DamagedFileError, "beginning is blank.*backup"),
        (cut_off, DamagedFileError, "malformed.*left as it is.*backup"),
        (cut_in_the_header, DamagedFileError, "cut off"),
        (overwritten, DamagedFileError, "malformed"),
        (without_tables, DamagedFileError, "no such table"),
        (overwritten_after_a_crash, DamagedFileError, "damaged"),
    ],
)
def test_what_is_no_whole_library_is_refused_and_left_alone(
    path: Path, spoil: object, error: type[StoreError], says: str
) -> None:
    assert callable(spoil)
    spoil(path)
    before = contents(path.parent)

    with pytest.raises(error, match=says) as caught:
        Store.open(path)

    after = contents(path.parent)
    # SQLite may leave an index of the log, which it makes anew each time.
    after.pop(f"{path.name}-shm", None)
    assert after == before
    assert type(caught.value) is error
    assert str(path) in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"is a folder.*my\.booru"):
        Store.open(tmp_path)


def test_a_file_inside_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path / "file" / "library.booru")


def test_a_device_is_refused() -> None:
    with pytest.raises(StoreError, match="is not a file"):
        Store.open("/dev/null")


@contextmanager
def read_only_folder() -> Iterator[Path]:
    """Yield a folder, and be somebody who may not write into it."""
    folder = Path(tempfile.mkdtemp(prefix="booru-nb-"))
    filled(folder / "library.booru")
    (folder / "library.booru").chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(NOBODY)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_no_library_is_made_in_a_read_only_folder() -> None:
    with (
        read_only_folder() as folder,
        pytest.raises(StoreError, match=r"Permission denied\. Choose another place"),
    ):
        Store.open(folder / "new.booru")


def test_a_library_in_a_read_only_folder_is_refused_and_left_alone() -> None:
    with read_only_folder() as folder:
        before = contents(folder)

        with pytest.raises(StoreError, match=r"library.booru cannot be") as caught:
            Store.open(folder / "library.booru")

        assert contents(folder) == before
        assert not isinstance(caught.value, DamagedFileError)


@pytest.mark.parametrize("copied", [False, True])
def test_without_shared_memory_a_warning_is_given_and_all_works(
    path: Path, *, copied: bool
) -> None:
    if copied:
        Store.open(path).close()

    with pytest.warns(UserWarning, match="without shared memory"):
        opened = Store.open(path, vfs="unix-dotfile")

    with opened as store:
        store.bookmarks.add(entries(1, 2), durability=Durability.NORMAL)

        assert store.bookmarks.count() == 2
        assert store.file.write(
            lambda db: db.execute("pragma synchronous").fetchone()
        ) == (2,)


def test_a_closed_store_says_so(path: Path) -> None:
    store = Store.open(path)
    store.close()

    with pytest.raises(StoreError, match=r"is closed. Open it again"):
        store.bookmarks.count()
    with pytest.raises(StoreError, match=r"is closed. Open it again"):
        store.bookmarks.add(entries(1))


def test_closing_twice_is_nothing(path: Path) -> None:
    store = Store.open(path)
    store.bookmarks.add(entries(1))

    store.close()
    store.close()

    assert [file.name for file in path.parent.iterdir()] == [path.name]
