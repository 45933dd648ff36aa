"""Files: what was downloaded or adopted, of which post, and where it lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError
from booru_nb.store import keeping, roots
from booru_nb.store.known_files import as_columns, select
from booru_nb.store.times import now
from booru_nb.store.transactions import Durability
from booru_nb.store.withheld_files import delete_withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from booru_nb.store.columns import Columns, Key
    from booru_nb.store.connections import Db
    from booru_nb.store.known_files import FileEntry, KeptFile
    from booru_nb.store.library_file import LibraryFile

_OWNERS = """
select file_root.path, file.path, site.name, post.post_id, file.kind
from json_each(?) as wanted
join file
  on file.root_id = json_extract(wanted.value, '$[0]')
  and file.path = json_extract(wanted.value, '$[1]')
join file_root using (root_id)
join post on post.id = file.post
join site using (site_id)
"""


@dataclass(frozen=True)
class Downloads:
    """The files of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are known.
    """

    file: LibraryFile

    def record(self, entries: Sequence[FileEntry]) -> set[Key]:
        """Know files, and keep their posts; all or none.

        What is known of the same place is replaced.

        Returns
        -------
        set of (str, int)
            The posts that the rule withholds, whose files are not known.
        """
        home = self.file.path.parent

        def work(db: Db) -> set[Key]:
            posts = {entry.post.key: entry.post for entry in entries}
            kept = keeping.keep(db, posts.values(), collected=False)
            before: list[int] = []
            for entry in entries:
                row = kept.rows.get(entry.post.key)
                if row is not None:
                    before += _write(db, entry, row, home)
            keeping.forget(db, before)
            return posts.keys() - kept.rows.keys()

        return self.file.write(work, durability=Durability.NORMAL)

    def all(self) -> list[KeptFile]:
        """Return every file, the one added last first."""
        delete_withheld(self.file)
        return self._select("order by file.added_at desc, file.file_id desc")

    def of(self, keys: Iterable[Key]) -> list[KeptFile]:
        """Return the files of posts, the one added last first."""
        wanted = set(keys)
        return self._select(
            """
            where (site.name, post.post_id) in (
              select json_extract(value, '$[0]'), json_extract(value, '$[1]')
              from json_each(?)
            )
            order by file.added_at desc, file.file_id desc
            """,
            json.dumps(sorted(wanted)),
        )

    def columns(self) -> Columns:
        """Return the files as columns, those of `FILE_COLUMNS`, newest first."""
        return as_columns(self.all())

    def owners(self, paths: Iterable[Path]) -> dict[Path, tuple[Key, str]]:
        """Return whose the files at these places are, and of which kind."""
        wanted = list(paths)
        home = self.file.path.parent

        def work(db: Db) -> list[tuple[str, str, str, int, str]]:
            known = roots.every(db, home)
            inside = [(roots.around(path, known), path) for path in wanted]
            places = [[r.id, below(path, r)] for r, path in inside if r is not None]
            return db.execute(_OWNERS, (json.dumps(places),)).fetchall()

        return {
            roots.absolute(root, home) / path: ((site, id_), kind)
            for root, path, site, id_, kind in self.file.read(work)
        }

    def roots(self) -> list[Path]:
        """Return the folders that files lie below, inner ones first."""
        home = self.file.path.parent
        return self.file.read(lambda db: [root.path for root in roots.every(db, home)])

    def drop(self, paths: Iterable[Path]) -> None:
        """Know files no longer, nor the posts that nothing else keeps."""
        wanted = set(paths)
        home = self.file.path.parent

        def work(db: Db) -> None:
            known = roots.every(db, home)
            posts = [row for path in wanted for row in _delete(db, path, known)]
            keeping.forget(db, posts)

        self.file.write(work)

    def move(self, old: Path, new: Path) -> int:
        """Know that a folder is somewhere else now; return how many roots moved.

        Parameters
        ----------
        old, new : Path
            Absolute. `old` is a root, or a folder around some.

        Raises
        ------
        ArgumentError
            If no root is there, or one of the new ones is known already.
        """
        home = self.file.path.parent

        def work(db: Db) -> int:
            known = roots.every(db, home)
            moved = [root for root in known if root.path.is_relative_to(old)]
            if not moved:
                places = ", ".join(str(root.path) for root in known) or "none yet"
                raise ArgumentError(
                    f"No files are known below {old}. Folders of files: {places}."
                )
            for root in moved:
                _move(db, root, new / root.path.relative_to(old), home)
            return len(moved)

        return self.file.write(work)

    def count(self) -> int:
        """Return how many files are known."""
        return self.file.read(
            lambda db: int(db.execute("select count(*) from file").fetchone()[0])
        )

    def _select(self, rest: str, *values: str) -> list[KeptFile]:
        home = self.file.path.parent
        return self.file.read(lambda db: select(db, home, rest, *values))


def below(path: Path, root: roots.Root) -> str:
    """Return where a file is below a root, with ``/`` between the parts."""
    return path.relative_to(root.path).as_posix()


def _write(db: Db, entry: FileEntry, row: int, home: Path) -> list[int]:
    """Write a file, and return the row of the post that had this place before."""
    root = roots.ensure(db, entry.path, entry.folder, home)
    path = below(entry.path, root)
    before = db.execute(
        "select post from file where root_id = ? and path = ? and post <> ?",
        (root.id, path, row),
    ).fetchall()
    db.execute(
        """
        insert into file (root_id, path, post, kind, sha256, md5, size, added_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (root_id, path) do update set
          post = excluded.post, kind = excluded.kind, sha256 = excluded.sha256,
          md5 = excluded.md5, size = excluded.size, added_at = excluded.added_at
        """,
        (root.id, path, row, entry.kind, entry.sha256, entry.md5, entry.size, now()),
    )
    return [post for (post,) in before]


def _delete(db: Db, path: Path, known: Sequence[roots.Root]) -> list[int]:
    """Forget a file, and return the row of its post."""
    for root in known:
        if path.is_relative_to(root.path):
            gone = db.execute(
                "delete from file where root_id = ? and path = ? returning post",
                (root.id, below(path, root)),
            ).fetchall()
            if gone:
                return [row for (row,) in gone]
    return []


def _move(db: Db, root: roots.Root, place: Path, home: Path) -> None:
    text = roots.stored(place, home)
    taken = db.execute(
        "select 1 from file_root where path = ? and root_id <> ?", (text, root.id)
    ).fetchone()
    if taken:
        raise ArgumentError(
            f"Files below {place} are known already. Use lib.adopt({str(place)!r})."
        )
    db.execute("update file_root set path = ? where root_id = ?", (text, root.id))
