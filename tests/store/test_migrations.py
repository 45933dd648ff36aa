"""Growing: numbered steps, each a transaction, after a backup."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import NewerFileError, StoreError
from booru_nb.store import Store
from booru_nb.store.connections import Place
from booru_nb.store.library_file import LibraryFile
from booru_nb.store.migrations import MIGRATIONS, statements
from tests.store.samples import entries, rows, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECOND = """
create table history (query text not null) strict;

create trigger forget after delete on bookmark begin
  delete from history;
  delete from setting;
end;
"""

THIRD = (
    "insert into history select 'x' from bookmark; alter table tag add column x text;"
)

NOW = len(MIGRATIONS)
"""The version that this program makes."""

BROKEN = "create table half (x); insert into nowhere values (1);"


def migrated(path: Path, *later: str) -> Store:
    return Store.of(LibraryFile(Place(path), steps=[*MIGRATIONS, *later]))


def filled(path: Path) -> None:
    with Store.open(path) as store:
        store.bookmarks.add(entries(1, 2))


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("later", [[SECOND], [SECOND, THIRD]])
def test_an_older_file_grows_to_the_newest_version(
    path: Path, later: Sequence[str]
) -> None:
    filled(path)

    with migrated(path, *later) as store:
        assert store.bookmarks.count() == 2

    assert rows(path, "pragma user_version") == [(NOW + len(later),)]
    assert rows(path, "pragma journal_mode") == [("wal",)]
    assert whole(path)


@pytest.mark.parametrize("version", range(1, NOW))
def test_each_version_grows_to_the_tables_of_a_new_file(
    tmp_path: Path, version: int
) -> None:
    old, new = tmp_path / "old.booru", tmp_path / "new.booru"
    Store.of(LibraryFile(Place(old), steps=MIGRATIONS[:version])).close()

    Store.open(old).close()
    Store.open(new).close()

    schema = "select type, name, sql from sqlite_schema order by name"
    assert rows(old, schema) == rows(new, schema)


def test_relations_of_version_2_are_kept(path: Path) -> None:
    Store.of(LibraryFile(Place(path), steps=MIGRATIONS[:2])).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("insert into site (site_id, name, added_at) values (1, 'x', 0)")
        db.execute("insert into tag_alias values (1, 'kitty', 'cat')")
        db.commit()

    Store.open(path).close()

    assert rows(path, "select * from tag_alias") == [(1, "kitty", "cat", 0)]


def test_a_new_file_has_the_newest_version_and_no_backup(path: Path) -> None:
    migrated(path, SECOND, THIRD).close()

    assert rows(path, "pragma user_version") == [(NOW + 2,)]
    assert names(path.parent) == [path.name]


def test_a_backup_is_made_first_for_its_owner_only(path: Path) -> None:
    filled(path)

    migrated(path, SECOND).close()

    backup = path.with_name(f"library.booru.version{NOW}.backup")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert rows(backup, "pragma user_version") == [(NOW,)]
    assert rows(backup, "select count(*) from bookmark") == [(2,)]


def test_a_backup_opens_as_a_library(path: Path) -> None:
    filled(path)
    migrated(path, SECOND).close()

    with Store.open(f"{path}.version{NOW}.backup") as backup:
        assert backup.bookmarks.count() == 2


def test_an_older_backup_is_never_replaced(path: Path) -> None:
    filled(path)
    older = path.with_name(f"library.booru.version{NOW}.backup")
    older.write_text("older")

    migrated(path, SECOND).close()

    assert older.read_text() == "older"
    assert path.with_name(f"library.booru.version{NOW}-2.backup").exists()


def test_an_empty_library_needs_no_backup(path: Path) -> None:
    Store.open(path).close()

    migrated(path, SECOND).close()

    assert names(path.parent) == [path.name]


def test_a_failing_step_leaves_no_trace_and_those_before_it_stay(path: Path) -> None:
    filled(path)

    with pytest.raises(StoreError, match="no such table: nowhere"):
        migrated(path, SECOND, BROKEN)

    assert rows(path, "pragma user_version") == [(NOW + 1,)]
    assert rows(path, "select name from sqlite_schema where name = 'half'") == []
    assert whole(path)


def test_a_file_that_is_in_use_does_not_grow(path: Path) -> None:
    with Store.open(path) as store:
        store.bookmarks.add(entries(1))

        with pytest.raises(StoreError, match="in use"):
            LibraryFile(Place(path, patience=0.01), steps=[*MIGRATIONS, SECOND])

        store.bookmarks.add(entries(2))
    assert rows(path, "pragma user_version") == [(NOW,)]


def test_a_grown_file_is_refused_by_the_older_program(path: Path) -> None:
    migrated(path, SECOND).close()

    with pytest.raises(
        NewerFileError, match=f"version {NOW + 1}, this one knows {NOW}"
    ):
        Store.open(path)


def test_a_script_falls_into_statements_with_triggers_whole() -> None:
    assert [s.split()[1] for s in statements(SECOND)] == ["table", "trigger"]
