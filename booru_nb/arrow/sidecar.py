"""Tables kept in the cache folder, until the library that they are of changes.

Reading them back costs next to nothing: a file is mapped into memory, and its columns
are used where they lie. They hold what the library holds, notes included, so only their
owner may read them, and those of an older state of the library are removed.

Nothing here is needed: where a file cannot be written, or is not whole, the table is
made again from the library.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

import pyarrow as pa

from booru_nb.arrow import tablefile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = 2
"""Of the columns' types and of the file; files of another version are stale."""

FEWEST = 1_000
"""Rows from which on a table is worth a file."""

LIMIT = 2_000_000_000
"""Bytes of all tables of all libraries; those that were used last are kept."""

PATIENCE = 10.0
"""Seconds to wait at the end for a table that is being written."""

_log = logging.getLogger(__name__)


class Sidecar:
    """The kept tables of one library. Any thread may use it.

    Parameters
    ----------
    folder : Path
        Where the tables of all libraries are. It is made when first written to.
    library : str
        What tells this library from others, as the name of a folder.
    fewest : int
        Tables of fewer rows are not kept.
    limit : int
        Bytes that all tables may have together.

    Attributes
    ----------
    home : Path
        Where those of this library are.
    """

    def __init__(
        self, folder: Path, library: str, *, fewest: int = FEWEST, limit: int = LIMIT
    ) -> None:
        self._all = folder
        self.home = folder / library
        self._fewest = fewest
        self._limit = limit
        self._lock = threading.Lock()
        self._mapped: dict[str, pa.Table] = {}
        self._waiting: dict[str, tuple[str, pa.Table]] = {}
        self._writing: threading.Thread | None = None

    def get(self, kind: str, stamp: str, names: Sequence[str]) -> pa.Table | None:
        """Return columns of a table as it is at a stamp; None where it is not kept.

        Parameters
        ----------
        kind : str
            Of what.
        stamp : str
            The state of the library, as from `LibraryFile.stamp`.
        names : sequence of str
            The columns, in order. They are also found in a table of all columns.
        """
        for columns in (None, names):
            table = self._open(_name(kind, stamp, columns), stamp)
            if table is not None and set(names) <= set(table.column_names):
                return table.select(list(names))
        return None

    def put(self, kind: str, stamp: str, table: pa.Table, *, whole: bool) -> None:
        """Have a table kept, without waiting for it.

        Parameters
        ----------
        kind, stamp
            As in `get`.
        table : pyarrow.Table
            Its columns.
        whole : bool
            Whether these are all columns that there are.
        """
        if not self._fewest <= table.num_rows or table.nbytes > self._limit:
            return
        name = _name(kind, stamp, None if whole else table.column_names)
        with self._lock:
            self._waiting[name] = stamp, table
            if self._writing is None:
                self._writing = threading.Thread(target=self._write, daemon=True)
                self._writing.start()

    def wait(self) -> None:
        """Wait until what was put is written, but not for ever."""
        if (writing := self._writing) is not None:
            writing.join(PATIENCE)

    def close(self, stamp: str | None) -> None:
        """Let go of the tables, and remove those that are not of this stamp."""
        self.wait()
        self._mapped.clear()
        self._remove_others(stamp)

    def _open(self, name: str, stamp: str) -> pa.Table | None:
        if (known := self._mapped.get(name)) is not None:
            return known
        if (waiting := self._waiting.get(name)) is not None:
            return waiting[1]
        try:
            table = tablefile.read(self.home / name)
        except (OSError, pa.ArrowException) as error:
            if not isinstance(error, FileNotFoundError):
                _log.debug("A kept table cannot be used: %s", error)
            return None
        mapped, end = self._mapped, _end(stamp)
        right = {name: table for name, table in mapped.items() if name.endswith(end)}
        self._mapped = {**right, name: table}
        return table

    def _write(self) -> None:
        while (name := self._next()) is not None:
            stamp, table = self._waiting[name]
            try:
                self._remove_others(stamp)
                tablefile.write(self.home / name, table)
                tablefile.trim(self._all, self._limit)
            except (OSError, pa.ArrowException) as error:
                _log.debug("A table is not kept: %s", error)
            del self._waiting[name], table

    def _next(self) -> str | None:
        """Return what is to be written; None where the thread is to end."""
        with self._lock:
            name = next(iter(self._waiting), None)
            if name is None:
                self._writing = None
            return name

    def _remove_others(self, stamp: str | None) -> None:
        """Remove this library's tables of other stamps."""
        with suppress(OSError):
            for path in list(self.home.glob("*.arrow")):
                if stamp is None or not path.name.endswith(_end(stamp)):
                    with suppress(OSError):
                        path.unlink()


def _end(stamp: str) -> str:
    return f"-{stamp}-{VERSION}.arrow"


def _name(kind: str, stamp: str, names: Sequence[str] | None) -> str:
    what = "all" if names is None else _digest(names)
    return f"{kind}-{what}{_end(stamp)}"


def _digest(names: Sequence[str]) -> str:
    return blake2b(" ".join(sorted(names)).encode(), digest_size=8).hexdigest()
