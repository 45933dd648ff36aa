"""Deleting from the disk the files of posts that the rule withholds.

A transaction cannot delete a file and be undone afterwards. So it only notes which
files are to go, and they go later: when the library is opened, and whenever its files
are looked at. A file that is not the one that was kept any more is the user's own, and
stays.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from booru_nb.store import roots

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile


def delete_withheld(file: LibraryFile) -> int:
    """Delete the files that are to go, and return how many were deleted.

    What lies on a drive that is not there now is deleted another time.
    """
    noted = file.read(_noted)
    if not noted:
        return 0
    done: list[tuple[int, str]] = []
    deleted = 0
    for root_id, stored, path, sha256 in noted:
        root = roots.absolute(stored, file.path.parent)
        if root.is_dir():
            with contextlib.suppress(OSError):
                deleted += _delete(root / path, sha256)
                done.append((root_id, path))
    file.write(
        lambda db: db.executemany(
            "delete from file_withheld where root_id = ? and path = ?", done
        )
    )
    return deleted


def _noted(db: Db) -> list[tuple[int, str, str, str]]:
    return db.execute(
        """
        select root_id, file_root.path, file_withheld.path, sha256
        from file_withheld join file_root using (root_id)
        """
    ).fetchall()


def _delete(path: Path, sha256: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    if same:
        path.unlink()
    return same
