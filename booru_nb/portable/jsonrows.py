"""The rows of a frame as JSON: a list with one object a row, each on its own line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of a JSON document, without their ends.

    It is ASCII, so that every terminal and pipe takes it as it is. Times are texts of
    ISO 8601, and what is missing is null.
    """
    plain = frame.astype(object)
    rows = plain.where(frame.notna(), None).itertuples(index=False, name=None)
    names = [str(name) for name in frame.columns]
    yield "["
    for number, row in enumerate(rows, start=1):
        text = json.dumps(dict(zip(names, row, strict=True)), default=_text)
        yield f"{text}," if number < len(frame) else text
    yield "]"


def _text(value: Any) -> str:  # noqa: ANN401 - whatever is in a frame
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def frame(text: str, *, name: str) -> pd.DataFrame:
    """Return the frame of a JSON document, with plain values.

    Parameters
    ----------
    text : str
        The document.
    name : str
        What it is called in an error.

    Raises
    ------
    FormatError
        If it is no list of objects.
    """
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise FormatError(f"{name} is no JSON: {error}.") from error
    except RecursionError as error:
        raise FormatError(f"{name} is JSON of too many levels.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FormatError(f"{name} is no list of posts, as df.booru.to_json writes it.")
    names = dict.fromkeys(name for row in rows for name in row)
    made = {name: _column([row.get(name) for row in rows]) for name in names}
    return pd.DataFrame(made, columns=list(names) or ["site", "id"])


def _column(values: list[Any]) -> pd.Series[Any]:
    column = pd.Series(values, dtype=object)
    # Of whole numbers with gaps pandas would make floats, which round long ones.
    return column if column.isna().any() else column.infer_objects()
