"""What the numbers of tags mean: their names, and what each site says of them."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from booru_nb.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from booru_nb.store.connections import Db

CHUNK = 256
"""Rows that are read at a time: few enough for the processor's cache."""

FEW = 2_000
"""Up to so many posts, only the names of their own tags are read."""


def unpack(blob: bytes) -> tuple[int, ...]:
    """Return the tag ids of a blob, ascending."""
    return struct.unpack(f"<{len(blob) // 4}I", blob)


@dataclass(frozen=True)
class Vocabulary:
    """The names of tags, and what each site says of them, as columns.

    Parameters
    ----------
    ids : list of int
        Tag ids, in the order of their names.
    names : list of str
        Their names, sorted by code point.
    sites, tags, kinds : list
        Site id, tag id and category, where it is known.
    """

    ids: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sites: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


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
        for site, tag, kind in zip(said.sites, said.tags, said.kinds, strict=True):
            categories.setdefault(site, {})[tag] = kind
        return cls(dict(zip(said.ids, said.names, strict=True)), categories)

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


def vocabulary(
    db: Db, blobs: Sequence[bytes], *, categories: bool = True
) -> Vocabulary:
    """Read the names, and the categories if they are wanted, that some posts need."""
    named, spoken, values = _NAMES, _CATEGORIES, tuple[str, ...]()
    if len(blobs) <= FEW:
        ids = json.dumps(sorted({tag for blob in blobs for tag in unpack(blob)}))
        named, spoken, values = _NAMES_OF, _CATEGORIES_OF, (ids,)
    said = Vocabulary()
    names = db.execute(named, values)
    # What Python makes of a row is used again while the processor has it at hand.
    while rows := names.fetchmany(CHUNK):
        said.ids.extend(tag for tag, _ in rows)
        said.names.extend(name for _, name in rows)
    for site, tags, kinds in db.execute(spoken, values) if categories else ():
        said.tags.extend(json.loads(tags))
        said.kinds.extend(json.loads(kinds))
        said.sites.extend([site] * (len(said.tags) - len(said.sites)))
    return said


_NAMES = "select tag_id, name from tag order by name"

_NAMES_OF = """
select tag_id, name
from json_each(?) as wanted cross join tag on tag_id = wanted.value
order by name
"""

# As two texts a site they are read in half the time.
_CATEGORIES = """
select site_id, json_group_array(tag_id), json_group_array(category)
from tag_category
where category is not null
group by site_id
"""

_CATEGORIES_OF = """
select tag_category.site_id, json_group_array(tag_id), json_group_array(category)
from json_each(?) as wanted
cross join site
cross join tag_category
  on tag_category.site_id = site.site_id and tag_id = wanted.value
where category is not null
group by tag_category.site_id
"""
