"""The folders that files lie below.

One that is within the library's own folder is kept relative to that, so that both may
be moved together. A file belongs to the innermost of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from booru_nb.store.connections import Db


class Root(NamedTuple):
    """A folder of files: its number, and where it is."""

    id: int
    path: Path


def absolute(stored: str, home: Path) -> Path:
    """Return where a folder is; `home` is the library's own."""
    return home / stored  # which is the second alone where that is absolute


def stored(path: Path, home: Path) -> str:
    """Return what is kept of a folder."""
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def every(db: Db, home: Path) -> list[Root]:
    """Return all of them, inner ones before those around them."""
    found = db.execute("select root_id, path from file_root order by root_id")
    all_ = [Root(id_, absolute(text, home)) for id_, text in found]
    return sorted(all_, key=lambda root: -len(root.path.parts))


def around(path: Path, known: Iterable[Root]) -> Root | None:
    """Return the innermost that a path is below; None where there is none."""
    return next((root for root in known if path.is_relative_to(root.path)), None)


def ensure(db: Db, path: Path, folder: Path, home: Path) -> Root:
    """Return the one around a path; `folder` becomes one where there is none."""
    found = around(path, every(db, home))
    if found is not None:
        return found
    row = db.execute(
        "insert into file_root (path) values (?) returning root_id",
        (stored(folder, home),),
    ).fetchone()
    return Root(row[0], folder)
