"""What the numbers of tags mean: their names, and what each site says of them."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from booru_nb.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from booru_nb.store.connections import Db

FEW = 2_000
"""Up to so many posts, only the names of their own tags are read."""


def unpack(blob: bytes) -> tuple[int, ...]:
    """Return the tag ids of a blob, ascending."""
    return struct.unpack(f"<{len(blob) // 4}I", blob)


@dataclass(frozen=True)
class Vocabulary:
    """The names of tags, and what each site says of them, as rows.

    Parameters
    ----------
    names : sequence of (int, str)
        Tag id and name, sorted by name (code point).
    categories : sequence of (int, int, str)
        Site id, tag id and category; without those that are not known.
    """

    names: Sequence[tuple[int, str]]
    categories: Sequence[tuple[int, int, str]]


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

    @classmethod
    def of_vocabulary(cls, said: Vocabulary) -> Self:
        """Return the same, to be looked up."""
        categories: dict[int, dict[int, str]] = {}
        for site, tag, category in said.categories:
            categories.setdefault(site, {})[tag] = category
        return cls(dict(said.names), categories)

    def of(self, blob: bytes) -> list[tuple[str, int]]:
        """Return the name and the id of each tag of a post, sorted by name."""
        names = self.names
        try:
            # Names are unique, so the numbers are never compared.
            return sorted([(names[tag], tag) for tag in unpack(blob)])
        except KeyError as error:
            raise nameless(error) from error

    def name(self, tag: int) -> str:
        """Return the name of a tag."""
        try:
            return self.names[tag]
        except KeyError as error:
            raise nameless(error) from error


def nameless(tag: object) -> DamagedFileError:
    """Return the error for a number that stands for no tag."""
    return DamagedFileError(
        f"The library is damaged: it has no name for the tag number {tag}. Put a "
        "backup in its place."
    )


def words(db: Db, blobs: Sequence[bytes]) -> Words:
    """Read the names and categories that some posts need, to be looked up."""
    return Words.of_vocabulary(vocabulary(db, blobs))


def vocabulary(db: Db, blobs: Sequence[bytes]) -> Vocabulary:
    """Read the names and categories that some posts need, or more of them."""
    if len(blobs) > FEW:
        return Vocabulary(
            db.execute("select tag_id, name from tag order by name").fetchall(),
            db.execute(
                """
                select site_id, tag_id, category from tag_category
                where category is not null
                """
            ).fetchall(),
        )
    ids = json.dumps(sorted({tag for blob in blobs for tag in unpack(blob)}))
    names = db.execute(
        """
        select tag_id, name from tag
        where tag_id in (select value from json_each(?))
        order by name
        """,
        (ids,),
    )
    categories = db.execute(
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
    return Vocabulary(names.fetchall(), categories.fetchall())
