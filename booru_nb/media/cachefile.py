"""One cached file: written whole or not at all, and proven when it is read.

A file is written beside its place and moved there, so a reader meets a whole file or
none. It begins with a checksum: a damaged file counts as missing and is removed. It is
touched when it is read, so its time is that of its last use.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
import os
import shutil
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = b"bnt1"
_HEADER = len(_MAGIC) + 4
_LEFTOVER = ".tmp"
_LEFTOVER_SECONDS = 3600.0

_log = logging.getLogger(__name__)
_numbers = itertools.count()


class CachedFile(NamedTuple):
    """When a file was last used, its bytes, and its place."""

    used: float
    size: int
    path: str


def place_of(url: str) -> str:
    """Return a file's place in a folder."""
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:2]}/{digest}"


def read(path: str | Path) -> bytes | None:
    """Return what a file holds, as last used now; None where there is none, or less."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  the quicker way
            raw = file.read()
        os.utime(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.debug("A cached file could not be read: %s", error)
        return None
    data = raw[_HEADER:]
    if raw[:_HEADER] == _header(data):
        return data
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108  the quicker way
    return None


def _header(data: bytes) -> bytes:
    return _MAGIC + zlib.crc32(data).to_bytes(4, "big")


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    with _beside(path) as temporary:
        with open(temporary, "xb") as file:  # noqa: PTH123  the quicker way
            file.write(_header(data) + data)
        os.replace(temporary, path)  # noqa: PTH105  the quicker way


def link(source: Path, target: Path) -> None:
    """Have a file in a second place: as a link, or as a copy where there are none."""
    with _beside(target) as temporary:
        try:
            os.link(source, temporary)
        except FileNotFoundError:
            raise
        except OSError:
            shutil.copyfile(source, temporary)
        os.replace(temporary, target)  # noqa: PTH105  the quicker way


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[str]:
    """Give a name for a temporary file, which is gone in the end."""
    folder, name = os.path.split(path)
    temporary = f"{folder}/{name}.{os.getpid()}.{next(_numbers)}{_LEFTOVER}"
    try:
        if not os.path.isdir(folder):  # noqa: PTH112  the quicker way
            Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        yield temporary
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108  beside the quicker ways
        raise


def files(folder: Path) -> Iterator[CachedFile]:
    """Yield the files of a folder; what a crash left half written is removed."""
    stale = time.time() - _LEFTOVER_SECONDS
    for shelf in _entries(folder):
        for entry in _entries(shelf.path):
            with contextlib.suppress(OSError):
                stat = entry.stat(follow_symlinks=False)
                if not entry.name.endswith(_LEFTOVER):
                    yield CachedFile(stat.st_mtime, stat.st_size, entry.path)
                elif stat.st_mtime < stale:
                    os.unlink(entry.path)  # noqa: PTH108  as above


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
