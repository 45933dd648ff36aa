"""Tags by number, and their categories for each site."""

from __future__ import annotations

import json
from itertools import count, islice
from typing import TYPE_CHECKING, TypeVar

from booru_nb.store.connections import Connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from booru_nb.store.connections import Db

T = TypeVar("T")

CHUNK = 500
"""Values in one statement; SQLite takes 999 at least."""

MOST_REMEMBERED = 50_000
"""Tags whose numbers a connection remembers; those of one post are looked up often."""

LAST = "\U0010ffff"
"""The last character there is: behind a text, the end of all that begin with it."""


def ensure(db: Db, names: Iterable[str]) -> dict[str, int]:
    """Return the id of each tag; those that are new get one, in their order.

    Name the most frequent first. What is used together is then kept together, and a
    post changes fewer pages of the file.
    """
    wanted = dict.fromkeys(names)
    remembered = _remembered(db)
    ids = {name: remembered[name] for name in wanted if name in remembered}
    if len(ids) < len(wanted):
        ids |= _find(db, wanted.keys() - ids.keys())
    if len(ids) < len(wanted):
        last = db.execute("select coalesce(max(tag_id), 0) from tag").fetchone()[0]
        new = zip((n for n in wanted if n not in ids), count(last + 1), strict=False)
        made = dict(new)
        db.executemany("insert into tag (name, tag_id) values (?, ?)", made.items())
        ids |= made
    if len(ids) <= CHUNK:
        remembered |= ids
    return ids


def _remembered(db: Db) -> dict[str, int]:
    """Return what a connection remembers, to be added to."""
    ids = db.tag_ids if isinstance(db, Connection) else {}
    if len(ids) > MOST_REMEMBERED:
        ids.clear()
    return ids


def _find(db: Db, names: Iterable[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for chunk in chunks(names, CHUNK):
        marks = ", ".join("?" * len(chunk))
        ids.update(
            db.execute(f"select name, tag_id from tag where name in ({marks})", chunk)  # noqa: S608 - question marks only
        )
    return ids


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of so many items, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def learn(db: Db, site: int, categories: Mapping[int, str]) -> None:
    """Keep what a site says of its tags: ``tag_id`` to category."""
    known = dict(
        db.execute(
            """
            select tag_id, category from json_each(?) as wanted
            cross join tag_category on site_id = ? and tag_id = wanted.value
            """,
            (json.dumps(list(categories)), site),
        )
    )
    db.executemany(
        """
        insert into tag_category (site_id, tag_id, category) values (?, ?, ?)
        on conflict (site_id, tag_id) do update set category = excluded.category
        """,
        [
            (site, tag, category)
            for tag, category in sorted(categories.items())
            if known.get(tag) != category
        ],
    )
