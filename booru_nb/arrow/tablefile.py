"""One table in a file: written whole or not at all, proven when it is read.

The file is an Arrow stream behind a head of `HEAD` bytes, a mark and a checksum. A
mapped table is trusted by who reads it, down to the places of texts in memory, so a
damaged file must not be taken for one.
"""

from __future__ import annotations

import os
import secrets
import time
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from pathlib import Path

MARK = b"bn-table"
HEAD = 64
"""Bytes before the table: Arrow wants its columns aligned to as many."""

BLOCK = 8_192
"""Words of 64 bits that are added up to one; adding is as fast as memory is."""

LEFTOVER = ".tmp"
LEFTOVER_SECONDS = 3600.0


def read(path: Path) -> pa.Table:
    """Return the table in a file, mapped into memory, and note that it was used.

    Raises
    ------
    OSError, pyarrow.ArrowException
        If there is none, or it is not whole. What is not whole is removed.
    """
    with pa.memory_map(str(path)) as file:
        data = file.read_buffer()
    if data.size < HEAD or data.slice(0, HEAD).to_pybytes() != _head(data.slice(HEAD)):
        with suppress(OSError):
            path.unlink()
        raise OSError(f"{path.name} is not whole")
    with suppress(OSError):
        touch(path, at=time.time())
    return pa.ipc.open_stream(data.slice(HEAD)).read_all()


def write(path: Path, table: pa.Table) -> int:
    """Write a table to a file that only its owner may read, and return its size.

    Raises
    ------
    OSError, pyarrow.ArrowException
        If it cannot be written; nothing is left of it then.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.{secrets.token_hex(8)}{LEFTOVER}")
    os.close(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        fill(begun, table)
        begun.replace(path)
    except BaseException:  # a part of a table must not stay
        with suppress(OSError):
            begun.unlink()
        raise
    return path.stat().st_size


def fill(path: Path, table: pa.Table) -> None:
    """Write a table to a file that exists.

    Raises
    ------
    OSError, pyarrow.ArrowException
        If it cannot be written.
    """
    with pa.OSFile(str(path), "wb") as file:
        file.write(bytes(HEAD))
        with pa.ipc.new_stream(file, table.schema) as into:
            into.write_table(table)
    with pa.memory_map(str(path)) as file:
        head = _head(file.read_buffer().slice(HEAD))
    with path.open("r+b") as again:
        again.write(head)


def touch(path: Path, *, at: float) -> None:
    """Say when a file was used, in seconds since 1970."""
    os.utime(path, (at, at))


def trim(folder: Path, limit: int) -> None:
    """Remove the tables used longest ago, until the others have so many bytes.

    What a crash has left half written is removed, too.
    """
    found = []
    for path in folder.glob("*/*"):
        with suppress(OSError):
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    stale = time.time() - LEFTOVER_SECONDS
    size = sum(size for _, size, _ in found)
    for used, own, path in sorted(found):
        half = path.suffix == LEFTOVER
        if used < stale if half else size > limit:
            size -= own
            with suppress(OSError):
                path.unlink()


def _head(data: pa.Buffer) -> bytes:
    """Return the head of a file: its mark, its length and its checksum."""
    words = np.frombuffer(data, "<u8", data.size // 8)
    starts = np.arange(0, len(words), BLOCK)
    sums = np.add.reduceat(words, starts) if len(words) else words
    rest = data.slice(8 * len(words)).to_pybytes()
    numbers = (data.size, zlib.crc32(rest, zlib.crc32(sums.tobytes())))
    return (MARK + b"".join(n.to_bytes(8, "little") for n in numbers)).ljust(
        HEAD, b"\0"
    )
