"""What a dataset says of each post, as plain values of few types.

Text is empty where there is none, and everything else is None: a reader that guesses
types from the first rows must not meet a null where others have text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import is_scalar

from booru_nb.errors import ArgumentError, FrameError
from booru_nb.export import checks
from booru_nb.export.formats.texts import clean
from booru_nb.schemas import POSTS, TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DTYPES = ("string", "int64", "float64", "bool", "timestamp")
"""What a further column may be."""

_RESERVED = frozenset({"key", "caption", "split", "image", "file_name", "path"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_WANTED = "a list of columns, or a mapping of columns to one of " + ", ".join(DTYPES)


def _dtype(dtype: object) -> str:
    if dtype == TIME:
        return "timestamp"
    return "int64" if str(dtype).lower() == "int64" else "string"


POST: dict[str, str] = {
    **{
        name: _dtype(dtype)
        for name, dtype in POSTS.items()
        if name not in {"preview_url", "sample_url"}
    },
    "cluster": "int64",
}
"""What is told of every post. A user's notes and folders are nobody else's business."""


def further(value: object, name: str) -> tuple[tuple[str, str], ...]:
    """Return the further columns that an option names, with their types."""
    if isinstance(value, str):
        checks.refuse(name, _WANTED, value)
    if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
        value = dict.fromkeys(value, "string")
    found = checks.pairs(value, name)
    for column, dtype in found:
        if dtype not in DTYPES:
            checks.refuse(name, _WANTED, dtype)
        if column in POST or column in _RESERVED:
            raise ArgumentError(
                f"{name} has further columns, and {column!r} is told anyway."
            )
        if not _NAME.fullmatch(column):
            checks.refuse(name, "of columns with letters, digits and _ only", column)
    return found


def record(post: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """Return what is told of a post, in the order of the fields.

    Raises
    ------
    FrameError
        If the post lacks a field that is not of `POST`, or a value does not fit.
    """
    found = {}
    for name, dtype in fields.items():
        if name not in post and name not in POST:
            raise FrameError(f"The posts have no column {name!r}.")
        try:
            found[name] = _value(post.get(name), dtype)
        except (TypeError, ValueError) as error:
            raise FrameError(
                f"The column {name!r} has {post[name]!r}, which is no {dtype}."
            ) from error
    return found


def records(posts: pd.DataFrame, fields: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what is told of each post of a frame."""
    names = [str(name) for name in posts]
    for row in zip(*(posts[name] for name in posts), strict=True):
        yield record(dict(zip(names, row, strict=True)), fields)


def _value(raw: Any, dtype: str) -> Any:  # noqa: ANN401 - as the type says
    if raw is None or (is_scalar(raw) and pd.isna(raw)):
        return "" if dtype == "string" else None
    if dtype == "string":
        return clean(str(raw))
    if dtype == "timestamp":
        moment = pd.Timestamp(raw)
        zone = "UTC"
        utc = moment.tz_localize(zone) if moment.tz is None else moment.tz_convert(zone)
        return utc.to_pydatetime()
    if dtype == "int64":
        return _whole(raw)
    return bool(raw) if dtype == "bool" else float(raw)


def _whole(raw: Any) -> int:  # noqa: ANN401 - whatever pandas has made of it
    number = int(raw)
    if number != raw:
        raise ValueError
    return number


def plain(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with times as ISO 8601 text, to the second.

    Arrow reads such a text as a time; one with fractions of a second it does not.
    """
    return {
        name: f"{value:%Y-%m-%dT%H:%M:%SZ}" if hasattr(value, "strftime") else value
        for name, value in found.items()
    }


def check_columns(posts: pd.DataFrame, wanted: Mapping[str, str]) -> None:
    """Refuse a frame that lacks a column.

    Raises
    ------
    ArgumentError
        Which names it.
    """
    for name in wanted:
        if name not in posts and name not in POST:
            told = _RESERVED.union(POST)
            known = ", ".join(str(c) for c in posts if c not in told)
            raise ArgumentError(
                f"The posts have no column {name!r}. Further ones are: "
                f"{known or 'none'}."
            )
