"""Tags by number: blobs, the inverted table, counts, and categories for each site."""

from __future__ import annotations

import json
import struct
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from booru_nb.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from booru_nb.store.connections import Db

T = TypeVar("T")

CHUNK = 500
"""Values in one statement; SQLite takes 999 at least."""

LAST = "\U0010ffff"
"""The last character there is: behind a text, the end of all that begin with it."""

FEW = 2_000
"""Up to so many posts, only the names of their own tags are read."""


def pack(ids: Iterable[int]) -> bytes:
    """Return tag ids as a blob."""
    unique = sorted(set(ids))
    return struct.pack(f"<{len(unique)}I", *unique)


def unpack(blob: bytes) -> tuple[int, ...]:
    """Return the tag ids of a blob, ascending."""
    return struct.unpack(f"<{len(blob) // 4}I", blob)


def ensure(db: Db, names: Iterable[str]) -> dict[str, int]:
    """Return the id of each tag; those that are new get one."""
    wanted = set(names)
    ids = _find(db, wanted)
    if new := sorted(wanted - ids.keys()):
        db.executemany("insert into tag (name) values (?)", zip(new, strict=True))
        ids |= _find(db, new)
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


def learn(db: Db, categories: Mapping[tuple[int, int], str]) -> None:
    """Keep what sites say of their tags: ``(site_id, tag_id)`` to category."""
    db.executemany(
        """
        insert into tag_category (site_id, tag_id, category) values (?, ?, ?)
        on conflict (site_id, tag_id) do update set category = excluded.category
        where category is not excluded.category
        """,
        sorted((*key, category) for key, category in categories.items()),
    )


@dataclass
class Changes:
    """What changed between posts and tags, to be written at once and in order."""

    gained: list[tuple[int, int]] = field(default_factory=list)
    lost: list[tuple[int, int]] = field(default_factory=list)

    def note(self, post: int, *, before: bytes, after: bytes) -> None:
        """Note that a post's tags have changed; once a post."""
        if before != after:
            old, new = set(unpack(before)), set(unpack(after))
            self.gained += [(tag, post) for tag in new - old]
            self.lost += [(tag, post) for tag in old - new]

    def write(self, db: Db) -> None:
        """Bring the inverted table and the counts up to date."""
        db.executemany(
            "delete from tag_post where tag_id = ? and post = ?", sorted(self.lost)
        )
        db.executemany(
            "insert or ignore into tag_post (tag_id, post) values (?, ?)",
            sorted(self.gained),
        )
        counts = Counter(tag for tag, _ in self.gained)
        counts.subtract(tag for tag, _ in self.lost)
        db.executemany(
            "update tag set n = n + ? where tag_id = ?",
            [(counts[tag], tag) for tag in sorted(counts) if counts[tag]],
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


def words(db: Db, blobs: Sequence[bytes], *, categories: bool = True) -> Words:
    """Read the names, and the categories if they are wanted, that some posts need."""
    if len(blobs) > FEW:
        return Words(
            names=dict(db.execute("select tag_id, name from tag")),
            categories=_by_site(db.execute(_EVERY_CATEGORY)) if categories else {},
        )
    ids = (json.dumps(sorted({tag for blob in blobs for tag in unpack(blob)})),)
    return Words(
        names=dict(db.execute(_NAMES, ids)),
        categories=_by_site(db.execute(_CATEGORIES, ids)) if categories else {},
    )


def _by_site(rows: Iterable[tuple[int, int, str]]) -> dict[int, dict[int, str]]:
    categories: dict[int, dict[int, str]] = {}
    for site, tag, category in rows:
        categories.setdefault(site, {})[tag] = category
    return categories


_NAMES = """
select tag_id, name
from json_each(?) as wanted cross join tag on tag_id = wanted.value
"""

_CATEGORIES = """
select tag_category.site_id, tag_id, category
from json_each(?) as wanted
cross join site
cross join tag_category
  on tag_category.site_id = site.site_id and tag_id = wanted.value
where category is not null
"""

_EVERY_CATEGORY = """
select site_id, tag_id, category from tag_category where category is not null
"""
