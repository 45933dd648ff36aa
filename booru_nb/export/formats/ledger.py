"""Who made each picture, and where it came from: a row a post."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from booru_nb.export.formats import rows
from booru_nb.export.formats.contents import CSV, PARQUET, Table
from booru_nb.spreadsheets import cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from booru_nb.export.parts import Folder

LONG = 100_000
"""Rows from which on a spreadsheet is of little use, and Parquet is written."""

FIELDS = {
    "key": "string",
    "path": "string",
    "site": "string",
    "id": "int64",
    "artist": "string",
    "source": "string",
    "post_url": "string",
}

_NAMES = ("attribution.csv", "attribution.parquet")


def described(posts: pd.DataFrame) -> Table:
    """Return the attribution of posts as a table of their dataset."""
    short = len(posts) < LONG
    return Table("posts", [_NAMES[not short]], CSV if short else PARQUET, FIELDS)


def write(folder: Folder, posts: pd.DataFrame) -> str:
    """Write the attribution of all posts, and return the name of the file."""
    [name] = described(posts).files
    [other] = set(_NAMES) - {name}
    found = rows.records(posts, FIELDS)
    if name == _NAMES[0]:
        folder.write(name, table(FIELDS, found))
    else:
        _write_parquet(folder, name, list(found))
    folder.remove(other)
    return name


def table(
    fields: Iterable[str], records: Iterable[dict[str, Any]], *, quote: bool = True
) -> bytes:
    """Return records as CSV; text that spreadsheets would run gets an apostrophe."""
    out = io.StringIO(newline="")
    # Only what may end a line is quoted, and readers end one at a lone "\r", too.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    for record in records:
        values = rows.plain(record).values()
        writer.writerow(
            [cell(v) if quote and isinstance(v, str) else v for v in values]
        )
    return out.getvalue().encode()


def _write_parquet(folder: Folder, name: str, records: list[dict[str, Any]]) -> None:
    import pyarrow as pa  # noqa: PLC0415  # put off till a table is long
    import pyarrow.parquet as pq  # noqa: PLC0415  # likewise

    types = {"string": pa.string(), "int64": pa.int64()}
    schema = pa.schema([(field, types[dtype]) for field, dtype in FIELDS.items()])
    with folder.create(name) as out:
        pq.write_table(pa.Table.from_pylist(records, schema), out)
