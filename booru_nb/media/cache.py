"""Files on disk by their address, the least recently used removed first.

``thumbs/ab/<hash>`` holds what can be fetched again, up to a number of bytes;
``kept/<library>/ab/<hash>`` what the bookmarks of a library show, which is never
removed by itself. Both are links to one file where the file system can do that.

Several processes may use one folder; each removes what is too much, and what vanishes
in another's hands is merely missing. Where a file cannot be written, it is not cached.

Everything here blocks, and any thread may call it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import threading
from typing import TYPE_CHECKING, NamedTuple

from booru_nb import settings
from booru_nb.errors import ArgumentError
from booru_nb.media.cachefile import files, link, place_of, read, write
from booru_nb.media.shelves import Shelves

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIMIT = 500_000_000
"""Bytes on disk, besides what is kept."""

# A process looks at the folder again after having written this part of the limit, so
# that is what each process may overstep it by.
_SLACK = 1 / 16
_AFTER_TRIM = 0.9

_log = logging.getLogger(__name__)


class Item(NamedTuple):
    """A file to cache, and the library that keeps it, if one does."""

    url: str
    data: bytes
    keep: str | None = None


class DiskCache:
    """A folder of cached files.

    Parameters
    ----------
    folder : Path, optional
        Where (default: the package's cache folder). It is made when first written to.
    limit : int
        Bytes that the files may have together, besides those that are kept.
    """

    def __init__(self, folder: Path | None = None, *, limit: int = LIMIT) -> None:
        root = settings.cache_folder() if folder is None else folder
        self._thumbs = root / "thumbs"
        self._kept = root / "kept"
        self._limit = limit
        self._lock = threading.Lock()
        self._unseen: float | None = None
        self._complained = False
        self._shelves = Shelves()

    def lacks(self, url: str) -> bool:
        """Tell, without looking at the disk, whether a file is surely not there.

        It is known of the last few seconds; a file that another process has written
        since then counts as not there. This does not block.
        """
        return self._shelves.lacks(_file_name(url))

    def get_many(self, urls: list[str]) -> list[bytes | None]:
        """Return files in the order of their addresses; None where there is none."""
        folders = [self._thumbs, *self._kept_folders()]
        self._shelves.look(folders)
        return [self._find(place_of(url), folders) for url in urls]

    def put_many(self, items: list[Item]) -> list[bool]:
        """Write files, and tell of each whether it is on disk now.

        A full disk or a folder that cannot be written to is logged once.
        """
        written = [self._put(item) for item in items]
        with self._lock:
            size = sum(len(item.data) for item in items)
            self._unseen = None if self._unseen is None else self._unseen + size
            if self._unseen is None or self._unseen > self._limit * _SLACK:
                self._trim()
                self._unseen = 0.0
        return written

    def keep(self, urls: Iterable[str], library_id: str) -> list[str]:
        """Keep cached files for a library, and return the addresses of the others.

        Raises
        ------
        ArgumentError
            If the library's id cannot be the name of a folder.
        """
        home = self._home(library_id)
        folders = [self._thumbs, *self._kept_folders()]
        return [url for url in urls if not self._keep_one(place_of(url), home, folders)]

    def release(self, urls: Iterable[str], library_id: str) -> None:
        """Keep files no longer for a library; what is not kept is passed over.

        Raises
        ------
        ArgumentError
            If the library's id cannot be the name of a folder.
        """
        home = self._home(library_id)
        for url in urls:
            with contextlib.suppress(OSError):
                (home / place_of(url)).unlink()

    def _home(self, library_id: str) -> Path:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", library_id):
            msg = (
                f"{library_id!r} is no id of a library: letters, digits, - and _ only."
            )
            raise ArgumentError(msg)
        return self._kept / library_id

    def _kept_folders(self) -> list[Path]:
        try:
            return list(self._kept.iterdir())
        except OSError:
            return []

    def _find(self, name: str, folders: list[Path]) -> bytes | None:
        for folder in folders:
            data = read(f"{folder}/{name}")
            if data is not None:
                return data
        return None

    def _put(self, item: Item) -> bool:
        name = place_of(item.url)
        try:
            write(self._thumbs / name, item.data)
            if item.keep is not None:
                link(self._thumbs / name, self._home(item.keep) / name)
        except OSError as error:
            self._complain(error)
            return False
        self._shelves.add(_file_name(item.url))
        return True

    def _keep_one(self, name: str, home: Path, folders: list[Path]) -> bool:
        if read(home / name) is not None:
            return True
        for folder in folders:
            if read(folder / name) is not None:
                try:
                    link(folder / name, home / name)
                except OSError as error:
                    self._complain(error)
                    return False
                return True
        return False

    def _complain(self, error: OSError) -> None:
        if not self._complained:
            self._complained = True
            _log.warning("Thumbnails are not cached on disk: %s", error.strerror)

    def _trim(self) -> None:
        """Remove the files that were used least recently, where there are too many."""
        found = list(files(self._thumbs))
        size = sum(file.size for file in found)
        if size <= self._limit:
            return
        for file in sorted(found):
            with contextlib.suppress(OSError):
                os.unlink(file.path)  # noqa: PTH108  thousands at once
            size -= file.size
            if size <= self._limit * _AFTER_TRIM:
                return


def _file_name(url: str) -> str:
    return place_of(url).rpartition("/")[2]
