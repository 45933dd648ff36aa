"""Copies of the library, and checks of it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from booru_nb.errors import StoreError
from tests.support.rows import execute, three_posts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        library.bookmark(three_posts(), folder="a/b")
        yield library


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_backup_is_a_library_of_its_own(own: bn.Library, tmp_path: Path) -> None:
    path = own.backup(tmp_path / "copy.booru")

    own.unbookmark(own.bookmarks())
    with bn.open(path) as copy:
        assert copy.bookmarks()["id"].tolist() == [1, 2, 3]
        assert copy.check(full=True)["ok"].all()


def test_a_backup_is_for_its_owner_only_and_has_a_check_sum(
    own: bn.Library, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        path = own.backup(tmp_path / "copy.booru")
    finally:
        os.umask(before)

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert mode(path) == 0o600
    said = (tmp_path / "copy.booru.sha256").read_text()
    assert said == f"{digest}  copy.booru\n"
    assert not list(tmp_path.glob(".*"))


def test_a_backup_replaces_nothing_unless_told(own: bn.Library, tmp_path: Path) -> None:
    path = own.backup(tmp_path / "copy.booru")
    before = path.read_bytes()
    own.unbookmark(own.bookmarks())

    with pytest.raises(StoreError, match=r"exists already.*overwrite=True"):
        own.backup(path)
    assert path.read_bytes() == before

    own.backup(path, overwrite=True)
    with bn.open(path) as copy:
        assert len(copy.bookmarks()) == 0


@pytest.mark.parametrize("where", ["itself", "a folder", "nowhere"])
def test_a_backup_is_refused_where_it_cannot_be(
    own: bn.Library, tmp_path: Path, where: str
) -> None:
    places = {
        "itself": (own.path, "is the library itself"),
        "a folder": (tmp_path, "is a folder"),
        "nowhere": (tmp_path / "no" / "copy", "could not be written"),
    }
    path, says = places[where]

    with pytest.raises(StoreError, match=says):
        own.backup(path, overwrite=True)

    assert own.check()["ok"].all()


def test_a_backup_is_whole_while_others_write(own: bn.Library, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 100
        while not done.is_set():
            own._state.store.settings.set("limit", number)
            own.bookmark(("danbooru", number))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    paths = [own.backup(tmp_path / f"{number}.booru") for number in range(5)]
    done.set()
    writer.join()

    for path in paths:
        with bn.open(path) as copy:
            assert copy.check(full=True)["ok"].all()


def test_a_snapshot_is_one_file_with_views_that_goes_away(own: bn.Library) -> None:
    with own.snapshot() as path:
        assert [file.name for file in path.parent.iterdir()] == [path.name]
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)
        assert path.stat().st_ino != own.path.stat().st_ino
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
            found = db.execute("select id, rating, folder from bookmarks order by 1")
            assert found.fetchone() == (1, "general", "a/b")
            pairs = db.execute("select tag, category from post_tags where id = 1")
            assert set(pairs) == {("cloud", None), ("sky", "general")}

    assert not path.parent.exists()


def test_a_snapshot_goes_away_after_an_error(own: bn.Library) -> None:
    with pytest.raises(KeyError), own.snapshot() as path:
        raise KeyError

    assert not path.parent.exists()


def spoilt(own: bn.Library, *statements: str) -> dict[str, str]:
    """Return what a full check says is wrong after some statements."""
    execute(own._state.store, *statements)
    found = own.check(full=True)
    wrong = found[~found["ok"].astype(bool)]
    return dict(zip(wrong["check"], wrong["message"], strict=True))


def test_a_sound_library_passes_every_check(own: bn.Library) -> None:
    for full in (False, True):
        found = own.check(full=full)

        assert found["ok"].all()
        assert found["check"].tolist() == [
            *("pages", "references", "tags", "orphans", "guard", "permissions", "log"),
            "sqlite",
        ]


@pytest.mark.parametrize(
    ("check", "statement", "says"),
    [
        ("tags", "update tag set n = n + 1", "counts add up to 8"),
        ("tags", "delete from tag_post where post = 1", "inverted table 4"),
        ("tags", "update tag_post set post = 7 where post = 1", "other tags than"),
        ("tags", "update post set tag_ids = x'0100000063000000'", "name"),
        ("orphans", "delete from bookmark where post = 1", "Nothing keeps 1"),
    ],
)
def test_what_is_wrong_is_found_and_advice_is_given(
    own: bn.Library, check: str, statement: str, says: str
) -> None:
    wrong = spoilt(own, statement)

    assert [*wrong] == [check]
    assert says in wrong[check]


def test_counts_that_are_wrong_in_pairs_are_found(own: bn.Library) -> None:
    wrong = spoilt(
        own,
        "update tag set n = n + 1 where name = 'sky'",
        "update tag set n = n - 1 where name = 'cloud'",
    )

    assert "counts of 2 tags" in wrong["tags"]
    assert "import_json" in wrong["tags"]


def test_posts_that_are_withheld_are_found(own: bn.Library) -> None:
    wrong = spoilt(
        own,
        "update tag set name = 'child' where name = 'sky'",
        "update post set rating = 3 where post_id = 1",
    )

    assert [*wrong] == ["guard"]


def test_a_reference_to_nothing_is_found(own: bn.Library) -> None:
    with closing(sqlite3.connect(own.path, isolation_level=None)) as other:
        other.execute("update bookmark set folder_id = 99 where post = 1")

    found = own.check().set_index("check")

    assert not found.loc["references", "ok"]
    assert "1 of bookmark" in str(found.loc["references", "message"])


def test_others_who_may_read_the_file_are_found(own: bn.Library) -> None:
    own.path.chmod(0o644)

    found = own.check().set_index("check")

    assert "chmod 600" in str(found.loc["permissions", "message"])


def test_pages_that_were_overwritten_are_found(own: bn.Library) -> None:
    own.bookmark([("danbooru", number) for number in range(10, 500)])
    execute(own._state.store, "update post set source = hex(zeroblob(500))")
    writer = own._state.store.file._writer._db
    assert writer is not None
    writer.execute("pragma wal_checkpoint(truncate)")
    [root] = own.sql("select rootpage from sqlite_schema where name = 'post'")[
        "rootpage"
    ]
    descriptor = os.open(own.path, os.O_WRONLY)  # and not closed: that drops locks
    os.pwrite(descriptor, b"\x17" * 4096, 4096 * (int(root) + 20))

    found = own.check().set_index("check")

    os.close(descriptor)
    assert not found.loc["pages", "ok"]
    assert "backup" in str(found.loc["pages", "message"])


def test_a_closed_library_says_so(library_file: Path) -> None:
    library = bn.open(library_file)
    library.close()

    for verb in (library.check, library.snapshot, lambda: library.sql("select 1")):
        with pytest.raises(bn.BooruError, match="closed"):
            verb()
