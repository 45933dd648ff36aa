"""Tables kept in the cache folder: right, private, and never in the way."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from booru_nb.arrow import Sidecar, tablefile

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = pa.table({"id": [1, 2, 3], "note": ["a", None, "\U0001f408"]})


@pytest.fixture
def sidecar(tmp_path: Path) -> Sidecar:
    return Sidecar(tmp_path / "frames", "library", fewest=1)


def kept(sidecar: Sidecar, stamp: str = "1-a", table: pa.Table = TABLE) -> Path:
    """Keep a table, and return its file."""
    sidecar.put("bookmarks", stamp, table, whole=True)
    sidecar.wait()
    [path] = [p for p in sidecar.home.iterdir() if f"-{stamp}-" in p.name]
    return path


def again(sidecar: Sidecar) -> Sidecar:
    """Return another one on the same folder, as another kernel would have it."""
    return Sidecar(sidecar.home.parent, sidecar.home.name, fewest=1)


def test_a_table_comes_back_as_it_was(sidecar: Sidecar) -> None:
    kept(sidecar)

    assert again(sidecar).get("bookmarks", "1-a", ["id", "note"]) == TABLE


def test_some_columns_come_out_of_all(sidecar: Sidecar) -> None:
    kept(sidecar)

    assert sidecar.get("bookmarks", "1-a", ["note"]) == TABLE.select(["note"])


def test_only_its_owner_may_read_it(sidecar: Sidecar) -> None:
    path = kept(sidecar)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("kind", "stamp"), [("posts", "1-a"), ("bookmarks", "1-b")])
def test_another_state_or_kind_has_no_table(
    sidecar: Sidecar, kind: str, stamp: str
) -> None:
    kept(sidecar)

    assert sidecar.get(kind, stamp, ["id"]) is None


def test_a_new_state_removes_the_tables_of_the_old(sidecar: Sidecar) -> None:
    old = kept(sidecar)

    new = kept(sidecar, "2-b")

    assert new.exists()
    assert not old.exists()


@pytest.mark.parametrize("stamp", ["2-b", None])
def test_closing_removes_what_is_not_right_any_more(
    sidecar: Sidecar, stamp: str | None
) -> None:
    path = kept(sidecar)

    sidecar.close(stamp)

    assert not path.exists()


def test_closing_keeps_what_is_right(sidecar: Sidecar) -> None:
    path = kept(sidecar)

    sidecar.close("1-a")

    assert path.exists()


def cut(data: bytes) -> bytes:
    return data[:-9]


def changed(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def blank(data: bytes) -> bytes:
    return bytes(len(data))


def empty(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut, changed, blank, empty])
def test_a_damaged_table_is_no_table_and_is_written_anew(
    sidecar: Sidecar, damage: Callable[[bytes], bytes]
) -> None:
    path = kept(sidecar)
    path.write_bytes(damage(path.read_bytes()))

    assert again(sidecar).get("bookmarks", "1-a", ["id"]) is None
    assert kept(sidecar) == path
    assert again(sidecar).get("bookmarks", "1-a", ["id"]) is not None


def test_few_rows_are_not_worth_a_file(tmp_path: Path) -> None:
    sidecar = Sidecar(tmp_path, "library", fewest=4)

    sidecar.put("bookmarks", "1-a", TABLE, whole=True)
    sidecar.wait()

    assert not sidecar.home.exists()


def test_a_folder_that_cannot_be_written_to_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "frames").write_text("in the way")
    sidecar = Sidecar(tmp_path / "frames", "library", fewest=1)

    sidecar.put("bookmarks", "1-a", TABLE, whole=True)
    sidecar.wait()

    assert sidecar.get("bookmarks", "1-a", ["id"]) is None
    sidecar.close("1-a")


def test_a_full_disk_leaves_nothing_behind() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is full")

    with pytest.raises(OSError, match="No space"):
        tablefile.fill(full, TABLE)


def test_those_used_longest_ago_make_room(tmp_path: Path) -> None:
    size = tablefile.write(tmp_path / "a" / "old.arrow", TABLE)
    tablefile.write(tmp_path / "b" / "new.arrow", TABLE)
    tablefile.touch(tmp_path / "a" / "old.arrow", at=1.0)

    tablefile.trim(tmp_path, size)

    assert [path.name for path in tmp_path.glob("*/*")] == ["new.arrow"]


def test_what_a_crash_left_half_written_goes(tmp_path: Path) -> None:
    left = tmp_path / "a" / f".x{tablefile.LEFTOVER}"
    left.parent.mkdir()
    left.write_bytes(b"half")
    tablefile.touch(left, at=1.0)

    tablefile.trim(tmp_path, 1_000_000)

    assert not left.exists()
