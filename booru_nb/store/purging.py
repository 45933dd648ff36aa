"""Taking out of a file what the rule withholds, however it came to be there.

The rule acts on each write, but its list of tags may grow, and a file may have been
written by something else. So it acts on each opening, too; the inverted table makes
that cheap: only posts that have a tag of the list are looked at.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from booru_nb import guard
from booru_nb.store import keeping, meanings
from booru_nb.store.columns import RATINGS
from booru_nb.store.words import unpack

if TYPE_CHECKING:
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile


def purge(file: LibraryFile) -> int:
    """Delete the posts of a file that are withheld, and return how many they were.

    The rule learns what the aliases and implications of the file make of tags, for as
    long as the file is open. Nothing is written where no post is withheld.
    """
    guard.learn(file, file.read(meanings.told))
    rows = file.read(withheld_rows)
    if rows:
        file.write(lambda db: keeping.withhold(db, rows))
    return len(rows)


def purge_within(db: Db, file: LibraryFile) -> int:
    """Do what `purge` does inside of a transaction, after relations have changed."""
    guard.learn(file, meanings.told(db))
    rows = withheld_rows(db)
    keeping.withhold(db, rows)
    return len(rows)


def withheld_rows(db: Db) -> list[int]:
    """Return the rows of `post` that are withheld."""
    tags = db.execute("select tag_id, name from tag").fetchall()
    sites = dict(db.execute("select site_id, name from site"))
    meant = {tag for name in sites.values() for tag in guard.meanings(name)}
    listed = [
        tag for tag, name in tags if name in meant or guard.withheld(None, [name])
    ]
    if not listed:
        return []
    found = db.execute(
        """
        select distinct post.id, post.site_id, post.rating, post.tag_ids
        from tag_post join post on post.id = tag_post.post
        where tag_post.tag_id in (select value from json_each(?))
        """,
        (json.dumps(listed),),
    ).fetchall()
    names = dict(tags)
    return [
        row
        for row, site, rating, blob in found
        if guard.withheld(
            None if rating is None else RATINGS[rating],
            [names[tag] for tag in unpack(blob)],
            site=sites[site],
        )
    ]
