"""Known files, as they are given and as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.store import roots

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.post import Post
    from booru_nb.store.columns import Columns, Key
    from booru_nb.store.connections import Db

FILE_COLUMNS = ("site", "id", "kind", "path", "sha256", "md5", "size", "added_at")
"""The columns of a file, in order; `path` is absolute."""

_FILES = """
select
  site.name, post.post_id, file.kind, file_root.path, file.path,
  file.sha256, file.md5, file.size, file.added_at
from file
join file_root using (root_id)
join post on post.id = file.post
join site using (site_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file to be known.

    Attributes
    ----------
    post : Post
        Whose it is; it is kept while it has a file.
    kind : str
        ``original``, ``sample``, ``preview`` or ``converted``.
    folder : Path
        A folder around it, absolute, which becomes a root where there is none.
    path : Path
        Where it is, absolute.
    sha256, md5 : str
        In hexadecimal.
    size : int
        Bytes.
    """

    post: Post
    kind: str
    folder: Path
    path: Path
    sha256: str
    md5: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that is known; as `FileEntry`, with the post's key and its root."""

    key: Key
    kind: str
    root: Path
    path: Path
    sha256: str
    md5: str
    size: int
    added_at: int


def select(db: Db, home: Path, rest: str = "", *values: Any) -> list[KeptFile]:  # noqa: ANN401 - what SQLite holds
    """Return known files.

    Parameters
    ----------
    db : Connection
        Where to read.
    home : Path
        The library's own folder.
    rest : str
        Conditions and order, in words of SQL.
    *values
        Its parameters.
    """
    found = db.execute(_FILES + rest, values).fetchall()
    return [_kept(row, home) for row in found]


def _kept(
    row: tuple[str, int, str, str, str, str, str, int, int], home: Path
) -> KeptFile:
    site, id_, kind, stored, path, sha256, md5, size, added_at = row
    root = roots.absolute(stored, home)
    return KeptFile(
        key=(site, id_),
        kind=kind,
        root=root,
        path=root / path,
        sha256=sha256,
        md5=md5,
        size=size,
        added_at=added_at,
    )


def as_columns(files: list[KeptFile]) -> Columns:
    """Return files as columns, those of `FILE_COLUMNS`."""
    facts = ("kind", "sha256", "md5", "size", "added_at")
    return {
        "site": [file.key[0] for file in files],
        "id": [file.key[1] for file in files],
        "path": [str(file.path) for file in files],
        **{name: [getattr(file, name) for file in files] for name in facts},
    }
