"""The libraries that are open in this process."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from booru_nb.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.library.state import State

lock = threading.RLock()
"""Held while a library is opened or closed, so that one file has one library."""

_open: list[State] = []


def add(state: State) -> None:
    """Remember a library that was opened."""
    _open.append(state)


def remove(state: State) -> None:
    """Forget a library that was closed."""
    _open[:] = [other for other in _open if other is not state]


def all_open() -> list[State]:
    """Return the open libraries, the first opened first."""
    return list(_open)


def by_path(path: Path) -> State | None:
    """Return the open library of a file, by whatever name; None where there is none."""
    for state in _open:
        if state.path == path:
            return state
        if path.exists() and state.path.exists() and path.samefile(state.path):
            return state
    return None


def meant(token: str | None) -> State:
    """Return the library that a frame belongs to, or else the only open one.

    Raises
    ------
    LibraryError
        If there is none, or several and none of them is meant.
    """
    for state in _open:
        if state.token == token:
            return state
    if len(_open) == 1:
        return _open[0]
    if not _open:
        raise LibraryError("No library is open. Open one first: lib = bn.open().")
    files = ", ".join(str(state.path) for state in _open)
    msg = f"Several libraries are open ({files}). Say which one: library=lib."
    raise LibraryError(msg)


if hasattr(os, "register_at_fork"):
    # What a parent has open is not its child's to close.
    os.register_at_fork(after_in_child=_open.clear)
