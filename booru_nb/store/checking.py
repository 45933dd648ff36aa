"""What is right and wrong with a library file, and what to do about it."""

from __future__ import annotations

import sqlite3
import stat
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store.faults import DAMAGED, PRIMARY
from booru_nb.store.purging import withheld_rows
from booru_nb.store.words import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

FIXED_SQLITE = (3, 51, 3)
"""The first SQLite that never damages a log that two processes write at one instant.

https://www.sqlite.org/wal.html#walresetbug
"""

RESTORE = (
    "Put a backup in its place, or open a new library and import_json what is here."
)

REBUILD = (
    "Only tables that are made of the posts are off: export_json, and import_json into "
    "a new library, makes them anew."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at.

    Attributes
    ----------
    check : str
        What was looked at.
    ok : bool
        Whether it is right.
    message : str
        What was found, and where it is wrong, what to do.
    """

    check: str
    ok: bool
    message: str


def check(file: LibraryFile, *, full: bool = False) -> list[Finding]:
    """Look at a library file; nothing is changed.

    Parameters
    ----------
    file : LibraryFile
        An open library.
    full : bool
        Whether to compare everything, which takes about ten times as long.
    """
    looks = _LOOKS if not full else {**_LOOKS, **_FULL}
    return [_looked(file, name, look) for name, look in looks.items()] + [
        _permissions(file),
        _log(file),
        _sqlite(),
    ]


def _looked(file: LibraryFile, name: str, look: Callable[[Db], str | None]) -> Finding:
    def work(db: Db) -> Finding:
        try:
            wrong = look(db)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & PRIMARY not in DAMAGED:
                raise
            wrong = f"The file is damaged ({error}). {RESTORE}"
        return Finding(name, wrong is None, wrong or "right")

    return file.read(work)


def _pages(pragma: str) -> Callable[[Db], str | None]:
    def look(db: Db) -> str | None:
        words = [str(word) for (word,) in db.execute(f"pragma {pragma}(5)")]
        return None if words == ["ok"] else f"{'; '.join(words)}. {RESTORE}"

    return look


def _references(db: Db) -> str | None:
    wrong = Counter(table for table, *_ in db.execute("pragma foreign_key_check"))
    rows = ", ".join(f"{count} of {table}" for table, count in wrong.items())
    return f"Rows refer to others that are gone: {rows}. {RESTORE}" if wrong else None


def _totals(db: Db) -> str | None:
    """Compare how many pairs of post and tag each of the three tables has."""
    totals = db.execute(
        """
        select
          (select coalesce(sum(length(tag_ids)), 0) / 4 from post),
          (select count(*) from tag_post),
          (select coalesce(sum(n), 0) from tag)
        """
    ).fetchone()
    if len(set(totals)) == 1:
        return None
    posts, inverted, counts = totals
    return (
        f"The posts have {posts} tags, the inverted table {inverted}, and the counts "
        f"add up to {counts}. {REBUILD}"
    )


def _pairs(db: Db) -> str | None:
    """Compare the tags of each post with the inverted table, pair by pair."""
    named = {tag for (tag,) in db.execute("select tag_id from tag")}
    tags: Counter[int] = Counter()
    checksum = 0
    for post, blob in db.execute("select id, tag_ids from post"):
        ids = unpack(blob)
        tags.update(ids)
        checksum += sum(hash((tag, post)) for tag in ids)
    for pair in db.execute("select tag_id, post from tag_post"):
        checksum -= hash(pair)
    if nameless := len(tags.keys() - named):
        return f"{nameless} tags of posts have no name. {RESTORE}"
    if checksum:
        return f"The inverted table has other tags than the posts have. {REBUILD}"
    counts = dict(db.execute("select tag_id, n from tag where n <> 0"))
    wrong = sum(tags[tag] != counts.get(tag, 0) for tag in tags.keys() | counts.keys())
    return f"The counts of {wrong} tags are wrong. {REBUILD}" if wrong else None


def _orphans(db: Db) -> str | None:
    count: int = db.execute(
        """
        select count(*) from post
        where not collected
        and not exists (select 1 from bookmark where bookmark.post = post.id)
        and not exists (select 1 from file where file.post = post.id)
        """
    ).fetchone()[0]
    return f"Nothing keeps {count} of the posts. They do no harm." if count else None


def _guard(db: Db) -> str | None:
    if count := len(withheld_rows(db)):
        return (
            f"{count} posts are withheld, which another program has written. They go "
            "away when the library is opened the next time."
        )
    return None


_LOOKS: dict[str, Callable[[Db], str | None]] = {
    "pages": _pages("quick_check"),
    "references": _references,
    "tags": _totals,
    "orphans": _orphans,
    "guard": _guard,
}

_FULL: dict[str, Callable[[Db], str | None]] = {
    "pages": _pages("integrity_check"),
    "tags": lambda db: _totals(db) or _pairs(db),
}
"""Looks that are closer, in the place of those of the same name."""


def _permissions(file: LibraryFile) -> Finding:
    mode = stat.S_IMODE(file.path.stat().st_mode)
    if not mode & 0o077:
        return Finding("permissions", ok=True, message="right")
    return Finding(
        "permissions",
        ok=False,
        message=f"Others may use the file (its mode is {mode:o}). "
        f"Only you may after: chmod 600 {file.path}",
    )


def _log(file: LibraryFile) -> Finding:
    message = "; ".join(_faults_of_log(file))
    return Finding("log", ok=not message, message=message or "right")


def _faults_of_log(file: LibraryFile) -> Iterator[str]:
    log = file.log
    if log is None:
        yield (
            "The file lies where there is no shared memory: writing is slower there, "
            "and waits for readers. A local disk suits it better"
        )
    elif not log.is_there():
        yield (
            "It was taken away by something that opened and closed the live file. "
            "Close the library and open it again, and use lib.snapshot() for others"
        )
    elif not log.is_guarded():
        yield (
            "This process has lost its locks: something in it, such as shutil.copy, "
            "DuckDB or ADBC, has opened and closed the live file. Close the library "
            "and open it again before you write, and use lib.snapshot() for others"
        )


def _sqlite() -> Finding:
    old = sqlite3.sqlite_version_info < FIXED_SQLITE
    message = f"SQLite {sqlite3.sqlite_version}"
    if old:
        message += (
            "; before 3.51.3 it may, very rarely, damage a library that several "
            "processes write at once. Keep backups, or write from one notebook only"
        )
    return Finding("sqlite", ok=True, message=message)
