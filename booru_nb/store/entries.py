"""Bookmarks to be made, and how they are written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store import folders, keeping
from booru_nb.store.keeping import Report
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from booru_nb.post import Post
    from booru_nb.store.columns import Key
    from booru_nb.store.connections import Db


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark to be made, or to be changed.

    Parameters
    ----------
    post : Post
        What is kept. Of a known post the key is enough.
    folder : str, optional
        Moves it there; the folder is made where it is new. An empty one unfiles.
    note : str, optional
        The user's own words.
    bookmarked_at : int, optional
        When a new bookmark was first made, in microseconds since 1970, UTC (default:
        now). That of a known bookmark stays.
    """

    post: Post
    folder: str | None = None
    note: str | None = None
    bookmarked_at: int | None = None


def write(db: Db, entries: Sequence[Entry]) -> Report:
    """Bookmark posts, in the order in which they are kept."""
    moment = now()
    kept = keeping.keep(db, (entry.post for entry in entries), collected=False)
    names = {entry.folder for entry in entries if entry.folder}
    ids = {name: folders.destination(db, name) for name in sorted(names)}
    new, known = _sorted_out(db, entries, kept.rows)
    db.executemany(
        """
        insert into bookmark (post, folder_id, note, bookmarked_at)
        values (?, ?, ?, ?)
        """,
        (
            (
                row,
                ids.get(e.folder or ""),
                e.note or "",
                moment if e.bookmarked_at is None else e.bookmarked_at,
            )
            for row, e in new.items()
        ),
    )
    db.executemany(
        "update bookmark set folder_id = ? where post = ?",
        [(ids.get(e.folder), row) for row, e in known if e.folder is not None],
    )
    db.executemany(
        "update bookmark set note = ? where post = ?",
        [(e.note, row) for row, e in known if e.note is not None],
    )
    return Report(len(new), len(known), kept.report.withheld)


def _sorted_out(
    db: Db, entries: Iterable[Entry], rows: Mapping[Key, int]
) -> tuple[dict[int, Entry], list[tuple[int, Entry]]]:
    """Return entries of posts not bookmarked yet, and the others, by row of `post`."""
    first: dict[int, Entry] = {}
    again: list[tuple[int, Entry]] = []
    for entry in entries:
        if (row := rows.get(entry.post.key)) is not None:
            if row in first:
                again.append((row, entry))
            else:
                first[row] = entry
    found = db.execute(
        """
        select post from json_each(?) as wanted
        cross join bookmark on post = wanted.value
        """,
        (json.dumps(list(first)),),
    )
    known = [(row, first.pop(row)) for (row,) in found]
    return first, known + again
