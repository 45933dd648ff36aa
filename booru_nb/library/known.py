"""The libraries that are open in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.library.state import State

_open: list[State] = []


def add(state: State) -> None:
    """Remember a library that was opened."""
    _open.append(state)


def remove(state: State) -> None:
    """Forget a library that was closed."""
    _open.remove(state)


def all_open() -> list[State]:
    """Return the open libraries, the first opened first."""
    return list(_open)


def by_path(path: Path) -> State | None:
    """Return the open library of a file; None where there is none."""
    return next((state for state in _open if state.path == path), None)


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
    raise LibraryError("Several libraries are open. Say which one: library=lib.")
