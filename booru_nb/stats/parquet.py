"""Parquet files of posts, read whole or a part at a time.

Files are named to the reader one by one and as what they are, so that no sign in a name
means anything to it.
"""

from __future__ import annotations

import glob
import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import LocalFileSystem

from booru_nb.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from booru_nb.stats.sparse import Ints

PART = 1 << 16
"""Posts that are read at once."""

_INDEX = re.compile(r"__index_level_\d+__")


class Parquet:
    """Posts in Parquet files, one behind the other.

    A label is the place of a post in all files together; an index that was written with
    a frame is a column here if it has a name, and else not there.

    Files may have different columns; what one lacks is missing there.

    Parameters
    ----------
    path : Path
        A file, a folder (all files in it and below that end in ``.parquet``, by their
        names), or a pattern with ``*``, ``?`` or ``[…]`` where there is neither.

    Raises
    ------
    FrameError
        If there are no such files, or one is no Parquet file.
    """

    def __init__(self, path: Path) -> None:
        self._said = str(path)
        self.files = _files(path)
        names = [str(file.absolute()) for file in self.files]
        with self._told():
            # A file that is given is looked at as it is, and never as a pattern.
            self._data = ds.dataset(
                names, format="parquet", filesystem=LocalFileSystem()
            )
            self._data = self._data.replace_schema(_schema(self._data))
            self._rows = int(self._data.count_rows())
        self._meta = _without_index(self._data.schema.metadata)
        self._columns = [n for n in self._data.schema.names if not _INDEX.fullmatch(n)]

    def __len__(self) -> int:
        return self._rows

    @property
    def index(self) -> pd.Index[Any]:
        """The labels of the posts."""
        return pd.RangeIndex(self._rows)

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns."""
        return self._columns

    def read(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of all posts."""
        with self._told():
            table = self._data.to_table(columns=list(columns))
            return self._frame(table, range(self._rows))

    def parts(self, columns: Collection[str]) -> Iterator[tuple[int, pd.DataFrame]]:
        """Yield those of some columns that there are, a part of the posts at a time.

        Yields
        ------
        tuple of int, DataFrame
            Where the part begins, and its posts.
        """
        there = [name for name in self._columns if name in columns]
        start = 0
        for batch in self._batches(there):
            with self._told():
                table = pa.Table.from_batches([batch])
                frame = self._frame(table, range(start, start + len(batch)))
            yield start, frame
            start += len(batch)

    def rows(self, places: Ints) -> pd.DataFrame:
        """Return the posts at some places, which ascend, with all columns."""
        found = []
        start = 0
        for batch in self._batches(self._columns):
            first, last = places.searchsorted([start, start + len(batch)])
            if last > first:
                found.append(batch.take(pa.array(places[first:last] - start)))
            start += len(batch)
        with self._told():
            schema = pa.schema([self._data.schema.field(n) for n in self._columns])
            return self._frame(pa.Table.from_batches(found, schema), places)

    def _batches(self, columns: Sequence[str]) -> Iterator[Any]:
        with self._told():
            yield from self._data.to_batches(
                columns=list(columns),
                batch_size=PART,
                batch_readahead=2,
                fragment_readahead=1,
            )

    def _frame(self, table: Any, labels: Any) -> pd.DataFrame:  # noqa: ANN401 - no types
        frame: pd.DataFrame = table.replace_schema_metadata(self._meta).to_pandas()
        return frame.set_axis(pd.Index(labels), axis=0)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what cannot be read of the files."""
        try:
            yield
        except FileNotFoundError as error:
            raise FrameError(f"There is no file {self._said!r} any more.") from error
        except (OSError, pa.ArrowException) as error:
            raise FrameError(f"{self._said!r} is no Parquet file: {error}") from error


def _schema(data: Any) -> pa.Schema:  # noqa: ANN401 - no types
    """Return the columns that any of the files has, each as the first one has it."""
    found: dict[str, Any] = {}
    for part in data.get_fragments():
        for field in part.physical_schema:
            known = found.get(field.name)
            # A column of which nothing is known has a type that holds nothing else.
            if known is None or pa.types.is_null(known.type):
                found[field.name] = field
    return pa.schema(list(found.values()), data.schema.metadata)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = path.rglob("*.parquet") if path.is_dir() else _matching(path)
    files = sorted(file for file in found if file.is_file())
    if not files:
        kind = "Parquet file in" if path.is_dir() else "file"
        raise FrameError(f"There is no {kind} {str(path)!r}.")
    return files


def _matching(path: Path) -> Iterator[Path]:
    if glob.has_magic(str(path)):
        yield from map(Path, glob.iglob(str(path), recursive=True))  # noqa: PTH207 - pathlib wants to know where the pattern begins


def _without_index(said: dict[bytes, bytes] | None) -> dict[bytes, bytes]:
    """Return what pandas has written of a frame, without its index."""
    try:
        known = json.loads((said or {})[b"pandas"])
        columns = [
            column
            for column in known["columns"]
            if not _INDEX.fullmatch(column["field_name"] or "")
        ]
    except (KeyError, TypeError, ValueError):
        return {}
    whole = {**known, "index_columns": [], "columns": columns}
    return {b"pandas": json.dumps(whole).encode()}
