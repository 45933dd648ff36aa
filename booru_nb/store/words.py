"""What the numbers of tags mean: their names, and what each site says of them."""

from __future__ import annotations

import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np

from booru_nb.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from booru_nb.store.connections import Db

    Numbers: TypeAlias = NDArray[np.signedinteger[Any]]

FEW = 2_000
"""Up to so many posts, only the names of their own tags are read."""


def unpack(blob: bytes) -> tuple[int, ...]:
    """Return the tag ids of a blob, ascending."""
    return struct.unpack(f"<{len(blob) // 4}I", blob)


@dataclass(frozen=True)
class Lines:
    """Tags by number, and a text for each.

    Parameters
    ----------
    tags : array of int64
        Tag ids.
    text : str
        Their texts, joined.
    joint : str
        What stands between two of them, and in none.
    """

    tags: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    text: str = ""
    joint: str = "\n"

    def split(self) -> list[str]:
        """Return the texts."""
        return self.text.split(self.joint) if len(self.tags) else []


@dataclass(frozen=True)
class Vocabulary:
    """The names of tags, and what each site says of them.

    Parameters
    ----------
    names : Lines
        Their names.
    kinds : Mapping of int to Lines
        Their categories by site id, where they are known.
    """

    names: Lines = field(default_factory=Lines)
    kinds: Mapping[int, Lines] = field(default_factory=dict)


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
        return cls(
            _looked_up(said.names),
            {site: _looked_up(kinds) for site, kinds in said.kinds.items()},
        )

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
    if len(blobs) > FEW:
        return every_word(db, categories=categories)
    ids = json.dumps(sorted({tag for blob in blobs for tag in unpack(blob)}))
    names = lines(db, _NAMES_OF, (ids,))
    if not categories:
        return Vocabulary(names)
    sites = [site for (site,) in db.execute("select site_id from site")]
    return Vocabulary(
        names, {site: lines(db, _CATEGORIES_OF, (ids, site)) for site in sites}
    )


def every_word(db: Db, *, categories: bool = True) -> Vocabulary:
    """Read the names, and the categories if they are wanted, of all tags."""
    names = lines(db, _NAMES)
    if not categories:
        return Vocabulary(names)
    sites = [site for (site,) in db.execute("select site_id from site")]
    return Vocabulary(names, {site: lines(db, _CATEGORIES, (site,)) for site in sites})


def lines(db: Db, rows: str, values: Sequence[int | str] = ()) -> Lines:
    """Return rows of a tag id and a text, which is never missing.

    SQLite joins them, in a third of the time that Python takes to make an object of
    each.
    """
    joint = "\n"
    while True:
        ids, text = db.execute(
            f"select group_concat(tag_id), group_concat(text, ?) from ({rows})",  # noqa: S608 - texts of this module only
            (joint, *values),
        ).fetchone()
        if ids is None:
            return Lines()
        tags = numbers(ids)
        if text.count(joint) == len(tags) - 1:
            return Lines(tags, text, joint)
        # It stands in a text, where nothing good has put it. Nobody can foresee this:
        joint = chr(_FIRST_PRIVATE + secrets.randbelow(_PRIVATE))


def numbers(text: str) -> Numbers:
    """Return whole numbers with commas between them."""
    return np.fromstring(text, np.int64, sep=",")


def _looked_up(said: Lines) -> dict[int, str]:
    return dict(zip(said.tags.tolist(), said.split(), strict=True))


_FIRST_PRIVATE, _PRIVATE = 0xF0000, 0xFFFE
"""Characters that mean nothing to anyone, the first and how many."""

# The index of names is read, in its order; no row of the table is.
_NAMES = "select tag_id, name as text from tag order by name"

_NAMES_OF = """
select tag_id, name as text
from json_each(?) as wanted cross join tag on tag_id = wanted.value
"""

_CATEGORIES = """
select tag_id, category as text from tag_category
where site_id = ? and category is not null
"""

_CATEGORIES_OF = """
select tag_id, category as text
from json_each(?) as wanted
cross join tag_category on site_id = ? and tag_id = wanted.value
where category is not null
"""
