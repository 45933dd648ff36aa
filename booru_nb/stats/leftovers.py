"""Folders on the disk that statistics count in, and those that nobody counts in.

Each is locked as long as it is in use; the system takes the lock away when its process
ends, however it does. So what a process that was killed has left is told from what
another one is counting in, and the next who counts removes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "booru-nb-stats-"
STALE = 3600.0
"""Seconds for which a folder is left alone, since it is locked after it is made."""

_OWNER = "owner.lock"

_held: dict[Path, int] = {}


def begun() -> Path:
    """Make a new folder, and lock it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if sys.platform != "win32":
        owner = os.open(folder / _OWNER, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        _held[folder] = owner
        fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return folder


def end(folder: Path) -> None:
    """Remove a folder of this process."""
    shutil.rmtree(folder, ignore_errors=True)
    if (owner := _held.pop(folder, None)) is not None:
        os.close(owner)


def remove() -> None:
    """Remove the folders of this user's processes that have ended; not on Windows."""
    if sys.platform == "win32":
        return
    long_ago = time.time() - STALE
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            about = folder.stat(follow_symlinks=False)
            if about.st_uid == os.getuid() and about.st_mtime < long_ago:
                _remove_unless_locked(folder)


def _remove_unless_locked(folder: Path) -> None:
    owner = os.open(folder / _OWNER, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(owner)
