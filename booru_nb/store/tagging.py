"""Tags by number: blobs, the inverted table, counts, and categories for each site."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from itertools import count, islice
from typing import TYPE_CHECKING, TypeVar

from booru_nb.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from booru_nb.store.connections import Db

T = TypeVar("T")

CHUNK = 500
"""Values in one statement; SQLite takes 999 at least."""

FEW = 2_000
"""Up to so many posts, only the names of their own tags are read."""


def unpack(blob: bytes) -> tuple[int, ...]:
    """Return the tag ids of a blob, ascending."""
    return struct.unpack(f"<{len(blob) // 4}I", blob)


def ensure(db: Db, names: Iterable[str]) -> dict[str, int]:
    """Return the id of each tag; those that are new get one, in their order.

    Name the most frequent first. What is used together is then kept together, and a
    post changes fewer pages of the file.
    """
    wanted = dict.fromkeys(names)
    ids = _find(db, wanted)
    if len(ids) < len(wanted):
        last = db.execute("select coalesce(max(tag_id), 0) from tag").fetchone()[0]
        new = zip((n for n in wanted if n not in ids), count(last + 1), strict=False)
        made = dict(new)
        db.executemany("insert into tag (name, tag_id) values (?, ?)", made.items())
        ids |= made
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


@dataclass(frozen=True)
class Words:
    """The names of tags, and what each site says of them.

    Parameters
    ----------
    names : Mapping of int to str
        By tag id.
    categories : Mapping of int to Mapping of int to str
        By site id, then by tag id; without those that are not known.
    """

    names: Mapping[int, str]
    categories: Mapping[int, Mapping[int, str]]

    def of(self, blob: bytes) -> list[tuple[str, int]]:
        """Return the name and the id of each tag of a post, sorted by name."""
        names = self.names
        try:
            # Names are unique, so the numbers are never compared.
            return sorted([(names[tag], tag) for tag in unpack(blob)])
        except KeyError as error:
            raise _nameless(error) from error

    def name(self, tag: int) -> str:
        """Return the name of a tag."""
        try:
            return self.names[tag]
        except KeyError as error:
            raise _nameless(error) from error


def _nameless(tag: object) -> DamagedFileError:
    return DamagedFileError(
        f"The library is damaged: it has no name for the tag number {tag}. Put a "
        "backup in its place."
    )


def words(db: Db, blobs: Sequence[bytes]) -> Words:
    """Read the names and categories that some posts need."""
    if len(blobs) > FEW:
        names = dict(db.execute("select tag_id, name from tag"))
        known = db.execute(
            """
            select site_id, tag_id, category from tag_category
            where category is not null
            """
        )
    else:
        ids = json.dumps(sorted({tag for blob in blobs for tag in unpack(blob)}))
        names = dict(
            db.execute(
                """
                select tag_id, name from tag
                where tag_id in (select value from json_each(?))
                """,
                (ids,),
            )
        )
        known = db.execute(
            """
            select tag_category.site_id, tag_id, category
            from json_each(?) as wanted
            cross join site
            cross join tag_category
              on tag_category.site_id = site.site_id and tag_id = wanted.value
            where category is not null
            """,
            (ids,),
        )
    categories: dict[int, dict[int, str]] = {}
    for site, tag, category in known:
        categories.setdefault(site, {})[tag] = category
    return Words(names, categories)
