"""Posts as CSV, Parquet and JSON files: what goes out comes back to the dtype."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import accessor, frames, schemas
from booru_nb.errors import ArgumentError, FolderNameError, FormatError, FrameError
from booru_nb.store import Entry
from tests.portable.documents import whole_post

if TYPE_CHECKING:
    from pathlib import Path

BOTH = pytest.mark.parametrize("kind", ["csv", "parquet"])
EVERY = pytest.mark.parametrize("kind", ["csv", "parquet", "json"])


def write(frame: pd.DataFrame, path: Path) -> Path:
    """Write a frame by the accessor's method for the name's end."""
    posts = accessor.BooruAccessor(frame)
    written: Path = getattr(posts, f"to_{path.suffix[1:]}")(path)
    return written


def bookmarks(library: bn.Library) -> pd.DataFrame:
    """Return bookmarks that are hard to write."""
    notes = ["", "=1+1", "'=1+1", "''@x", "-5", 'a,b\n"c"', "\t", "NA"]
    library._state.store.bookmarks.add(
        Entry(whole_post(n, file_size=2**53 + 1 + n), folder="a/b", note=note)
        for n, note in enumerate(notes, start=1)
    )
    library.bookmark(("danbooru", 99), folder="=x")
    return library.bookmarks()


@EVERY
def test_bookmarks_come_back_to_the_dtype(
    own: bn.Library, tmp_path: Path, kind: str
) -> None:
    before = bookmarks(own)

    again = bn.read_posts(write(before, tmp_path / f"a.{kind}"))

    pd.testing.assert_frame_equal(again, before)
    assert schemas.describe(dict(again.dtypes)) == schemas.describe(schemas.BOOKMARKS)


@EVERY
def test_no_posts_come_back_with_all_columns(tmp_path: Path, kind: str) -> None:
    empty = frames.from_posts([])

    again = bn.read_posts(write(empty, tmp_path / f"a.{kind}"))

    pd.testing.assert_frame_equal(again, empty)


@BOTH
def test_what_pandas_writes_is_read_too(
    own: bn.Library, tmp_path: Path, kind: str
) -> None:
    before = bookmarks(own)
    path = tmp_path / f"a.{kind}"
    plain = before[~before["note"].str.startswith("'")].reset_index(drop=True)
    getattr(plain, f"to_{kind}")(path, index=False)

    pd.testing.assert_frame_equal(bn.read_posts(path), plain)


@EVERY
def test_further_columns_come_back(tmp_path: Path, kind: str) -> None:
    posts = frames.from_posts([whole_post(1), whole_post(2)])
    posts = posts.assign(
        keep=[True, False], weight=[0.5, 1.5], why=["=x", ""], n=[1, 2]
    )

    again = bn.read_posts(write(posts, tmp_path / f"a.{kind}"))

    pd.testing.assert_frame_equal(again, posts)


def test_no_cell_of_the_csv_file_is_a_formula(own: bn.Library, tmp_path: Path) -> None:
    path = write(bookmarks(own), tmp_path / "a.csv")

    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in {*"=+-@\t\r＝"}]  # noqa: RUF001 - this is a formula


@EVERY
def test_a_withheld_post_is_not_written(tmp_path: Path, kind: str) -> None:
    posts = frames.from_posts([whole_post(1), whole_post(2, tags=("child",))])
    posts["rating"] = pd.Series(["explicit"] * 2).astype(schemas.RATING)

    path = write(posts, tmp_path / f"a.{kind}")

    raw: pd.DataFrame = getattr(pd, f"read_{kind}")(path)
    assert raw["id"].tolist() == [1]


@EVERY
def test_a_withheld_post_is_not_read_and_not_imported(
    own: bn.Library, tmp_path: Path, kind: str
) -> None:
    raw = pd.DataFrame(
        {"site": "d", "id": [1, 2], "rating": "explicit", "tags": ["child", "sky"]}
    )
    path = tmp_path / f"a.{kind}"
    how = {"orient": "records"} if kind == "json" else {"index": False}
    getattr(raw, f"to_{kind}")(path, **how)

    report = own.import_posts(path)

    assert bn.read_posts(path)["id"].tolist() == own.posts()["id"].tolist() == [2]
    assert report["subject"].tolist() == ["posts"]
    assert report["added"].tolist() == report["withheld"].tolist() == [1]


@EVERY
def test_bookmarks_are_imported_as_bookmarks(
    own: bn.Library, tmp_path: Path, kind: str
) -> None:
    before = bookmarks(own)
    path = write(before, tmp_path / f"a.{kind}")
    own.unbookmark(before)

    told = own.import_posts(path, dry_run=True)
    assert len(own.bookmarks()) == 0
    report = own.import_posts(path)

    pd.testing.assert_frame_equal(own.bookmarks(), before)
    assert told.equals(report)
    assert report["added"].tolist() == [9, 9]
    assert own.import_posts(path)["unchanged"].tolist() == [9, 9]


def test_posts_without_such_columns_are_collected(
    own: bn.Library, tmp_path: Path
) -> None:
    posts = frames.from_posts([whole_post(2), whole_post(1)])

    own.import_posts(write(posts, tmp_path / "a.csv"))

    assert own.posts().equals(posts)
    assert len(own.bookmarks()) == 0


def test_a_lone_carriage_return_comes_back(tmp_path: Path) -> None:
    frame = frames.conform(pd.DataFrame({"site": ["a"], "id": [1], "source": "x\ry"}))

    found = bn.read_posts(write(frame, tmp_path / "a.csv"))

    assert found["source"].tolist() == ["x\ry"]


def test_addresses_that_are_none_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("site,id,file_url,md5,ext\nd,1,javascript:alert(1),xyz,../x\n")

    posts = bn.read_posts(path)

    assert posts[["file_url", "md5", "ext"]].isna().all(axis=None)


WRONG: dict[str, tuple[Any, type[Exception], str]] = {
    "nothing": ("", FormatError, "is no CSV file"),
    "no id": ("site,name\nd,1\n", FrameError, "no column 'id'"),
    "an id that is none": ("site,id\nd,x\n", FrameError, "'id' must hold a whole"),
    "a huge id": (f"site,id\nd,{'9' * 30}\n", FrameError, "62 bits"),
    "a time that is none": ("site,id,bookmarked_at\nd,1,x\n", FrameError, "date"),
    "a rating that is none": ("site,id,rating\nd,1,x\n", FrameError, "'rating'"),
    "a folder outside": ("site,id,folder\nd,1,../x\n", FolderNameError, "'..'"),
    "other bytes": (b"site,id\n\xff\xfe,1\n", FormatError, "is no CSV file"),
    "ragged rows": ("site,id\nd,1\nd,2,3,4\n", FormatError, "is no CSV file"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_imported(
    own: bn.Library, tmp_path: Path, name: str
) -> None:
    text, error, says = WRONG[name]
    path = tmp_path / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(error, match=says):
        own.import_posts(path)

    assert len(own.posts()) == 0


def test_other_names_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"pears")

    with pytest.raises(FormatError, match="is no Parquet file"):
        bn.read_posts(tmp_path / "a.parquet")
    with pytest.raises(FormatError, match="there is no such file"):
        bn.read_posts(tmp_path / "b.csv")
    with pytest.raises(ArgumentError, match=r"no name of a \.csv, \.parquet or"):
        bn.read_posts(tmp_path / "a.xlsx")


@EVERY
def test_some_columns_are_written(tmp_path: Path, kind: str) -> None:
    posts = frames.from_posts([whole_post(2), whole_post(1)])
    path = tmp_path / f"a.{kind}"

    getattr(posts.booru, f"to_{kind}")(path, columns=["tags", "id"])

    raw: pd.DataFrame = getattr(pd, f"read_{kind}")(path)
    assert list(raw) == ["tags", "id"]
    with pytest.raises(FrameError, match="no column 'pears'"):
        getattr(posts.booru, f"to_{kind}")(path, columns=["pears"])


NO_POSTS = {
    "nothing": "",
    "half of it": '[{"site": "d",',
    "one object": '{"site": "d", "id": 1}',
    "numbers": "[1, 2]",
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("name", NO_POSTS)
def test_json_that_is_no_list_of_posts_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(NO_POSTS[name])

    with pytest.raises(FormatError, match=r"a\.json is "):
        bn.read_posts(path)


def test_a_json_file_has_a_line_for_each_post(tmp_path: Path) -> None:
    posts = frames.from_posts([whole_post(2), whole_post(1)])

    lines = write(posts, tmp_path / "a.json").read_text(encoding="ascii").splitlines()

    assert (len(lines), lines[0], lines[-1]) == (4, "[", "]")
    assert '"parent_id": ' in lines[1]
    assert "NaN" not in lines[1]
