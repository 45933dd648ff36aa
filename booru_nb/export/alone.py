"""One export at a time writes into a folder: two would remove each other's files.

A folder of this machine is locked as long as an export writes there; the system takes
the lock away when its process ends, however it does. Windows has no locks of folders,
and addresses of fsspec have none: there nobody looks.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.errors import FileError
from booru_nb.export.folders import LocalFolder
from booru_nb.media.disk import disk, usable

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from booru_nb.export.parts import Folder

_log = logging.getLogger(__name__)


@asynccontextmanager
async def alone(folder: Folder) -> AsyncIterator[None]:
    """Keep other exports out of a folder, while the block runs.

    Raises
    ------
    FileError
        If one is writing there, in this process or another, or nobody may.
    """
    held = await asyncio.to_thread(_locked, folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _locked(folder: Folder) -> int | None:
    """Lock a folder, which is made where it is not there."""
    if sys.platform == "win32" or not isinstance(folder, LocalFolder):
        return None
    path = Path(str(folder))
    with disk(path):
        if path.exists() and not path.is_dir():
            return None  # who looks into it says what is wrong
        held = os.open(usable(path), os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise FileError(
            f"Another export is writing into {folder}. Wait until it has ended, or "
            "choose another folder."
        ) from None
    except OSError as error:
        _log.debug("Folders are not locked here: %s", error)
    return held
