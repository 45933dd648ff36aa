"""Rows from another file, joined to those that are here.

What is here already is refreshed and never lost: a missing value, an empty folder or an
empty note changes nothing, and what is only here stays. Doing it twice is doing it
once.
"""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from booru_nb import kept
from booru_nb.kept import SUBJECTS
from booru_nb.store import columns, folders, joining, keeping, tagging
from booru_nb.store.joining import Into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from booru_nb.kept import Kept, KeptBookmark, KeptPost, Tallies, Tally
    from booru_nb.store.columns import Key
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

BATCH = 1_000
"""Rows that are compared at once."""

ORPHAN = "nothing keeps it: it is neither bookmarked nor collected"

FILLED = "its folder fills itself, so the bookmark itself is in none"

WITHOUT_POST = "its post is neither here nor there"


class _UndoneError(Exception):
    """Takes back what a dry run has written."""


def merge(
    file: LibraryFile, rows: Callable[[], Iterable[Kept]], *, dry_run: bool = False
) -> Tallies:
    """Join rows from elsewhere in one transaction: all of them, or none.

    Parameters
    ----------
    file : LibraryFile
        An open library.
    rows : callable
        Begins to read rows of any subjects. Bookmarks come after their posts.
    dry_run : bool
        Whether to take everything back at the end.

    Returns
    -------
    dict of str to Tally
        What became of them, or would have become of them, by subject.
    """
    tallies = kept.tallies()

    def work(db: Db) -> None:
        into = Into(db)
        for kind, group in groupby(rows(), key=type):
            join, tally = _JOINS[kind], tallies[SUBJECTS[kind]]
            for batch in tagging.chunks(group, BATCH):
                join(into, batch, tally)
        _drop_unkept(into, tallies["posts"])
        if dry_run:
            raise _UndoneError

    with suppress(_UndoneError):
        file.write(work)
    return tallies


def _posts(into: Into, rows: Sequence[KeptPost], tally: Tally) -> None:
    before = _stored(into.db, (row.post.key for row in rows))
    found = keeping.keep(into.db, (row.post for row in rows), collected=False)
    for row in rows:
        key = row.post.key
        if key not in found.rows:
            into.withheld.add(key)
        elif key not in before and not row.collected:
            into.unkept.append(found.rows[key])
    into.db.executemany(
        """
        update post set
          collected = max(collected, ?1),
          kept_at = iif(?2, coalesce(?3, kept_at), kept_at)
        where id = ?4 and (?2 or collected < ?1)
        """,
        [
            (row.collected, row.post.key not in before, row.kept_at, found.rows[key])
            for row in rows
            if (key := row.post.key) in found.rows
        ],
    )
    after = _stored(into.db, before)
    same = sum(after.get(key) == values for key, values in before.items())
    tally.withheld += found.report.withheld
    tally.added += found.report.added
    tally.unchanged += same
    tally.updated += len(after) - same


def _stored(db: Db, keys: Iterable[Key]) -> dict[Key, tuple[Any, ...]]:
    """Return what is stored of posts, as far as they are known, their row first."""
    wanted = columns.wanted(db, keys)
    found = db.execute(
        f"select site.name, post.post_id, post.* from {columns.WANTED}",  # noqa: S608 - a constant
        (wanted,),
    )
    return {(site, number): row for site, number, *row in found}


def _bookmarks(into: Into, rows: Sequence[KeptBookmark], tally: Tally) -> None:
    names = {row.folder for row in rows if row.folder}
    ids = {name: folders.ensure(into.db, name) for name in sorted(names)}
    filled = _filled(into.db)
    posts = _stored(into.db, ((row.site, row.id) for row in rows))
    here = []
    for row in rows:
        key = row.site, row.id
        if key in posts:
            at = into.time(row.bookmarked_at)
            folder = ids.get(row.folder)
            if folder in filled:
                folder = None
                tally.skipped[FILLED] += 1
            here.append(((posts[key][0],), (folder, row.note, at)))
        elif key in into.withheld:
            tally.withheld += 1
        else:
            tally.skipped[WITHOUT_POST] += 1
    into.upsert(
        tally,
        "select folder_id, note from bookmark where post = ?",
        """
        insert into bookmark (post, folder_id, note, bookmarked_at) values (?, ?, ?, ?)
        on conflict (post) do update set
          folder_id = coalesce(excluded.folder_id, folder_id),
          note = iif(excluded.note = '', note, excluded.note)
        """,
        here,
    )


def _filled(db: Db) -> set[int | None]:
    """Return the folders that fill themselves."""
    found = db.execute("select folder_id from folder where query is not null")
    return {folder for (folder,) in found}


def _drop_unkept(into: Into, tally: Tally) -> None:
    """Delete posts that came, and that nothing keeps."""
    count = "select count(*) from post"
    before = into.db.execute(count).fetchone()[0]
    for chunk in tagging.chunks(into.unkept, 10 * BATCH):
        without_bookmark = into.db.execute(
            """
            select value from json_each(?)
            where not exists (select 1 from bookmark where post = value)
            """,
            (json.dumps(chunk),),
        ).fetchall()
        keeping.forget(into.db, (row for (row,) in without_bookmark))
    if dropped := before - into.db.execute(count).fetchone()[0]:
        tally.added -= dropped
        tally.skipped[ORPHAN] += dropped


_JOINS: dict[type[Kept], Callable[[Into, Any, Tally], None]] = {
    kept.KeptSite: joining.sites,
    kept.KeptTag: joining.tags,
    kept.KeptPost: _posts,
    kept.KeptFolder: joining.folders,
    kept.KeptBookmark: _bookmarks,
    kept.KeptRule: joining.rules,
    kept.KeptBlock: joining.blocks,
    kept.KeptSavedSearch: joining.saved_searches,
    kept.KeptSearch: joining.history,
    kept.KeptSetting: joining.settings,
}
