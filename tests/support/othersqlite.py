"""A second SQLite library in this process, as DuckDB, ADBC and apsw bring one along.

It is a copy of the file that Python's `sqlite3` uses: loaded from another place, it has
tables of locks of its own, and knows nothing of the first.
"""

from __future__ import annotations

import ctypes
import shutil
import sqlite3
from pathlib import Path

import pytest

MAPS = Path("/proc/self/maps")
OPEN_READONLY = 1
OPEN_READWRITE = 2


def second_library(folder: Path) -> ctypes.CDLL:
    """Return the copy; skip the test where there is no file to copy."""
    sqlite3.connect(":memory:").close()
    lines = MAPS.read_text().splitlines() if MAPS.exists() else []
    found = {line.split()[-1] for line in lines if "libsqlite3" in line}
    if not found:
        pytest.skip("Python's SQLite is no library of its own here")
    copy = shutil.copy(found.pop(), folder / "libsecond.so")
    return ctypes.CDLL(str(copy))


def open_read_close(
    library: ctypes.CDLL, path: Path, *, read_only: bool = False
) -> int:
    """Have a library count the bookmarks of a file, and close the file again."""
    db, statement = ctypes.c_void_p(), ctypes.c_void_p()
    flags = OPEN_READONLY if read_only else OPEN_READWRITE
    opened = library.sqlite3_open_v2(str(path).encode(), ctypes.byref(db), flags, None)
    question = b"select count(*) from bookmark"
    library.sqlite3_prepare_v2(db, question, -1, ctypes.byref(statement), None)
    library.sqlite3_step(statement)
    count: int = library.sqlite3_column_int(statement, 0)
    library.sqlite3_finalize(statement)
    library.sqlite3_close(db)
    assert not opened
    return count
