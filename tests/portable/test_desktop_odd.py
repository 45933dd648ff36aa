"""Odd rows and files of the desktop app: told, and no harm to the others."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import FormatError
from tests.support.desktop import database, favorite, kept

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import booru_nb as bn


WRONG: dict[str, dict[str, Any]] = {
    "a number as text": {"post": "x"},
    "a negative number": {"post": -1},
    "tags that are bytes": {"post": 1, "tags": b"\xff"},
    "a site that is gone": {"site_id": 99, "post": 1},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_row_of_the_wrong_type_is_told_and_the_others_come(
    own: bn.Library, app: sqlite3.Connection, app_file: Path, name: str
) -> None:
    favorite(app, **({"site_id": 1} | WRONG[name]))
    favorite(app, 1, 1000)

    report = own.import_desktop(app_file)

    assert own.bookmarks()["id"].tolist() == [1000]
    assert report["skipped"].sum() == 2


ODD: dict[str, dict[str, Any]] = {
    "a score that is text": {"score": "many"},
    "categories that are no JSON": {"tag_categories": "{"},
    "categories nested without end": {"tag_categories": "[" * 100_000},
    "categories of another shape": {"tag_categories": '{"Artist": 5, "x": [[1]]}'},
    "no time": {"favorited_at": "yesterday"},
    "an address that is none": {"file_url": "javascript:alert(1)"},
    "text that is no UTF-8": {"source": b"\xff"},
    "a folder outside": {"folder": "../../etc"},
    "a folder that is a number": {"folder": 5},
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_value_is_left_out_and_its_row_comes(
    own: bn.Library, app: sqlite3.Connection, app_file: Path, name: str
) -> None:
    favorite(app, 1, 1, **ODD[name])

    own.import_desktop(app_file)

    row = kept(own, 1)
    assert row["folder"] in {"", "5"}
    assert row["file_url"] is None or str(row["file_url"]).startswith(("https", "nan"))


@pytest.mark.parametrize("what", ["text", "nothing", "another database", "no file"])
def test_what_is_no_database_of_the_app_is_refused_and_left_alone(
    own: bn.Library, app_file: Path, what: str
) -> None:
    app_file.parent.mkdir()
    if what == "another database":
        with closing(database(app_file, tables="create table sites (id);")):
            pass
    elif what != "no file":
        app_file.write_bytes(b"pears" if what == "text" else b"")
    before = [file.read_bytes() for file in app_file.parent.iterdir()]

    with pytest.raises(FormatError, match=r"no database of the desktop app|No such"):
        own.import_desktop(app_file)

    assert [file.read_bytes() for file in app_file.parent.iterdir()] == before


def test_a_damaged_database_is_said_and_nothing_comes(
    own: bn.Library, app: sqlite3.Connection, app_file: Path
) -> None:
    for number in range(2000):
        favorite(app, 1, number)
    app.execute("pragma wal_checkpoint(truncate)")
    app.close()
    with app_file.open("r+b") as file:
        file.seek(4096 * 40)
        file.write(b"\x17" * 4096 * 40)

    with pytest.raises(FormatError, match="damaged"):
        own.import_desktop(app_file)

    assert len(own.posts()) == 0
