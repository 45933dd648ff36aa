"""The clock of one host, shared between processes through a locked file.

A site's limit is per user, and a user may run several kernels. The file holds a line
of JSON: when the next request may start, until when the site asked to be left alone,
which share of its rate the host gets at present, and when that was last lowered. It is
locked while it is read and written, which takes some ten microseconds. Nobody waits for
the lock in here.

Where the folder cannot be written, or its file system knows no locks, each process
keeps its own clock.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import quote

from booru_nb import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_log = logging.getLogger(__name__)
_SIZE = 4096


@dataclass(slots=True)
class ClockState:
    """Where a host's clock stands. Times are in seconds since 1970.

    Attributes
    ----------
    next : float
        When the next request may start.
    paused : float
        Until when the site asked to be left alone.
    share : float
        The share of the rate that the host gets at present, in (0, 1].
    slowed : float
        When the share was last lowered.
    """

    next: float = 0.0
    paused: float = 0.0
    share: float = 1.0
    slowed: float = 0.0


_FIELDS = tuple(field.name for field in fields(ClockState))


class SharedClock:
    """The file of one host's clock.

    Parameters
    ----------
    host : str
        The host, with its port where it is not the usual one.
    """

    def __init__(self, host: str) -> None:
        name = quote(host, safe="")[:200]
        self._path = settings.cache_folder() / "pacing" / f"{name}.json"
        self._usable = True

    @contextmanager
    def locked(self) -> Iterator[ClockState | None]:
        """Hold the clock while the block runs, and write what the block changed.

        Yields
        ------
        ClockState or None
            None where processes cannot share it.

        Raises
        ------
        BlockingIOError
            If another process holds it at this moment.
        """
        file = self._opened()
        if file is None:
            yield None
            return
        try:
            state = _read(file)
            yield state
            _write(file, state)
        finally:
            os.close(file)  # which also ends the lock

    def _opened(self) -> int | None:
        if not self._usable:
            return None
        file = None
        try:
            file = self._open()
            _lock(file)
        except BlockingIOError:
            if file is not None:
                os.close(file)
            raise
        except OSError as error:
            if file is not None:
                os.close(file)
            self._usable = False
            _log.info("Kernels do not share the pace of this host: %s", error)
            return None
        return file

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        try:
            return os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self._path, flags, 0o600)


def _lock(file: int) -> None:
    if sys.platform == "win32":
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, _SIZE)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read(file: int) -> ClockState:
    """Read the file; one that is new or damaged is a clock that nobody has set."""
    try:
        raw = json.loads(os.read(file, _SIZE))
        state = ClockState(**{name: float(raw[name]) for name in _FIELDS})
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return ClockState()
    # A number that is none fails every comparison, so it fails these.
    sound = 0 < state.share <= 1 and min(state.next, state.paused, state.slowed) >= 0
    return state if sound else ClockState()


def _write(file: int, state: ClockState) -> None:
    line = json.dumps(asdict(state)).encode()
    try:
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, line)
        os.ftruncate(file, len(line))
    except OSError as error:
        _log.info("The pace of this host could not be written: %s", error)
