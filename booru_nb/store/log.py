"""The log of a library file, watched: whether it is still the one that is written.

SQLite removes the log (``NAME-wal``) when the last connection of all closes. It finds
out about others by locks, and a process loses its own locks on a file as soon as
anything in it closes that file: another SQLite library (ADBC, apsw, DuckDB), or a plain
copy with `shutil`. Such a library, or the next process that closes the file, then takes
the log away under the writer, whose commits go on into a file without a name: SQLite
reports no error, and they are gone with the process.

What was committed before is safe, since the log is moved into the file before it is
removed. So it is enough to look whether it is still there, before and after a commit.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from booru_nb.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = "/proc/locks"
"""Where Linux tells who has locked what: https://man7.org/linux/man-pages/man5/proc_locks.5.html"""


class Log:
    """The log of an open library, and the locks that keep it there.

    Parameters
    ----------
    path : Path
        The library file, which a connection of this process has read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._name = f"{path}-wal"
        self._identity = self._look()
        self._was_locked = self._locked()

    def _look(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._name)  # noqa: PTH116 - at each commit, so a plain call
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def is_there(self) -> bool:
        """Tell whether the log is still the one that was there at the beginning."""
        return self._look() == self._identity

    def check(self, *, written: bool = False) -> None:
        """Raise `StoreError` where the log was taken away.

        Parameters
        ----------
        written : bool
            Whether something was committed since the last look.
        """
        if self.is_there():
            return
        last = (
            "The last change may be lost, so look whether it is there."
            if written
            else "Everything that was kept before is in the file; this was not written."
        )
        raise StoreError(
            f"The log of {self._path} was taken away: something in this process, such "
            "as DuckDB, ADBC or shutil.copy, has opened and closed the live file, or "
            f"the log was deleted. {last} Close the library and open it again: "
            "lib.close(); lib = bn.open(…). For other programs there is lib.snapshot()."
        )

    def is_guarded(self) -> bool:
        """Tell whether this process still has the locks that protect the log.

        True, too, where the system does not tell.
        """
        return not self._was_locked or self._locked()

    def _locked(self) -> bool:
        """Tell whether the system lists a lock of this process on the file."""
        with suppress(OSError):
            inode = f":{self._path.stat().st_ino}"
            process = str(os.getpid())
            with open(LOCKS, encoding="ascii") as lines:  # noqa: PTH123 - as above
                words = [line.split() for line in lines]
            return any(
                process in w and any(x.endswith(inode) for x in w) for w in words
            )
        return False
