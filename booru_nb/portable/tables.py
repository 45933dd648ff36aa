"""Frames of posts as CSV, Parquet and JSON files, and such files as frames of posts.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula,
and runs it. Such text gets an apostrophe in front, which reading takes away again; text
that begins with apostrophes and such a sign gets one more, so nothing is lost.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import frames
from booru_nb.columns import cast
from booru_nb.errors import ArgumentError, FormatError, FrameError
from booru_nb.portable import checks, jsonrows
from booru_nb.portable.newfile import replacing
from booru_nb.schemas import ALWAYS_TEXT, BOOKMARKS
from booru_nb.spreadsheets import FORMULA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8; it is not needed when reading."""

OWN = tuple(name for name in BOOKMARKS if name in {"folder", "note", "bookmarked_at"})

SUFFIXES = (".csv", ".parquet", ".json")


def write_csv(
    frame: pd.DataFrame, path: Path, *, columns: Sequence[str] | None = None
) -> None:
    """Write posts into a CSV file for spreadsheets.

    Raises
    ------
    FrameError
        If it is no frame of posts, or lacks a column.
    FormatError
        If the file cannot be written.
    """
    whole = _chosen(frame, columns)
    texts = [name for name in whole if _is_text(whole[name])]
    for name in texts:
        whole[name] = whole[name].str.replace(rf"^({FORMULA})", r"'\1", regex=True)
    with replacing(path) as begun:
        # With these ends of lines a lone "\r" is quoted, which ends one for readers.
        whole.to_csv(begun, index=False, encoding=ENCODING, lineterminator="\r\n")


def write_parquet(
    frame: pd.DataFrame, path: Path, *, columns: Sequence[str] | None = None
) -> None:
    """Write posts into a Parquet file, which keeps their dtypes.

    Raises
    ------
    FrameError
        If it is no frame of posts, or lacks a column.
    FormatError
        If the file cannot be written, or a column cannot be kept.
    """
    whole = _chosen(frame, columns)
    whole.attrs = {}
    with replacing(path) as begun:
        try:
            whole.to_parquet(begun, index=False)
        except (TypeError, ValueError) as error:  # pyarrow's are of these
            raise FormatError(f"{path} cannot hold a column: {error}.") from error


def write_json(
    frame: pd.DataFrame, path: Path, *, columns: Sequence[str] | None = None
) -> None:
    """Write posts into a JSON file.

    Raises
    ------
    FrameError
        If it is no frame of posts, or lacks a column.
    FormatError
        If the file cannot be written.
    """
    whole = _chosen(frame, columns)
    with replacing(path) as begun, begun.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in jsonrows.lines(whole))


def _chosen(frame: pd.DataFrame, columns: Sequence[str] | None) -> pd.DataFrame:
    whole = frames.conform(frame)
    if columns is None:
        return whole
    for name in columns:
        if name not in whole:
            raise FrameError(f"The frame has no column {name!r}.")
    return whole[list(columns)]


def read(path: Path) -> tuple[pd.DataFrame, int]:
    """Return the posts of a file, and how many were withheld.

    Raises
    ------
    ArgumentError
        If its name ends in none of `SUFFIXES`.
    FormatError
        If it cannot be read.
    FrameError
        If it is no table of posts.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ArgumentError(
            f"{path.name!r} is no name of a .csv, .parquet or .json file."
        )
    try:
        frame = _read_as(suffix, path)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        why = "there is no such file" if missing else error.strerror or error
        raise FormatError(f"{path} cannot be read: {why}.") from error
    except (ValueError, csv.Error) as error:
        kind = "Parquet" if suffix == ".parquet" else suffix[1:].upper()
        raise FormatError(f"{path} is no {kind} file: {error}.") from error
    posts = _posts(frame)
    return posts, len(frame) - len(posts)


def from_json(text: str, *, name: str) -> pd.DataFrame:
    """Return the posts of a JSON document.

    Parameters
    ----------
    text : str
        As `write_json` writes it.
    name : str
        What it is called in an error.

    Raises
    ------
    FormatError
        If it is none.
    FrameError
        If it is no table of posts.
    """
    return _posts(jsonrows.frame(text, name=name))


def _read_as(suffix: str, path: Path) -> pd.DataFrame:
    if suffix == ".csv":
        return _read_csv(path)
    if suffix == ".parquet":
        return pd.read_parquet(path)
    return jsonrows.frame(path.read_text(encoding="utf-8-sig"), name=path.name)


def _posts(frame: pd.DataFrame) -> pd.DataFrame:
    frame.attrs = {}
    return _formed(frames.conform(_typed(frame)).reset_index(drop=True))


def _is_text(column: pd.Series[Any]) -> bool:
    return column.dtype in {pd.StringDtype(na_value=float("nan")), object}


def _read_csv(path: Path) -> pd.DataFrame:
    # A tag may be called "null", "nan" or "007", so no word is taken for another thing.
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding=ENCODING)
    for name in frame:
        frame[name] = frame[name].str.replace(rf"^'(?={FORMULA})", "", regex=True)
    # What has no text has no value, but for a column in which no text is a value.
    known = [name for name in frame if name in BOOKMARKS and name not in ALWAYS_TEXT]
    frame[known] = frame[known].mask(frame[known] == "")
    further = [name for name in frame if name not in BOOKMARKS]
    for name in further:
        frame[name] = _guessed(frame[name])
    return frame


def _guessed(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column of the user's own as numbers or truth values, where it is."""
    filled = texts.mask(texts == "")
    if set(filled.dropna()) <= {"True", "False"} and filled.notna().any():
        truths = filled.map({"True": True, "False": False})
        return truths.astype("boolean" if truths.isna().any() else "bool")
    numbers = pd.to_numeric(filled, errors="coerce")
    if numbers.notna().any() and numbers.notna().equals(filled.notna()):
        whole = filled.dropna().str.fullmatch(r"-?\d{1,18}").all()
        return numbers.astype("Int64") if whole and numbers.isna().any() else numbers
    return texts


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose columns of numbers and of bookmarks have their dtypes."""
    columns: dict[str, pd.Series[Any]] = {}
    for name, dtype in BOOKMARKS.items():
        if name not in frame:
            continue
        column = frame[name]
        if dtype in {"Int64", "int64"} and column.dtype == "str":
            # Exactly, since a way through floats would round long numbers.
            numbers = [_whole(text) for text in column]
            column = pd.Series(numbers, index=frame.index, dtype=object)
        columns[name] = cast(name, column, dtype) if name in OWN else column
    return frame.assign(**columns)


def _whole(text: object) -> object:
    is_whole = isinstance(text, str) and text.lstrip("-").isdecimal()
    return int(text) if is_whole else text  # type: ignore[call-overload] # it is a str


def _formed(posts: pd.DataFrame) -> pd.DataFrame:
    """Leave out what is not of its form: what comes from a file may be anything."""
    for name, (form, _) in checks.FORMS.items():
        known = posts[name].notna()
        formed = posts[name].where(~known, posts.loc[known, name].map(form))
        posts[name] = formed.astype("str")
    return posts
