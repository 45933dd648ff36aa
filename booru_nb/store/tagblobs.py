"""The tags of all bookmarks as one array of numbers, without a row for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from booru_nb.errors import DamagedFileError
from booru_nb.store.words import Vocabulary, every_word, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.store.connections import Db

    Numbers: TypeAlias = NDArray[np.integer[Any]]

CHUNK = 50_000
"""Bookmarks that SQLite joins into one value; it has a limit of a billion bytes."""

_BETWEEN = 0
"""Stands between the tags of two posts; tags are numbered from 1."""

_JOINED = """
select
  group_concat(bookmark),
  group_concat(site_id),
  group_concat(post_id),
  cast(group_concat(tag_ids, cast(x'00000000' as text)) as blob)
from (
  select bookmark.id as bookmark, site_id, post_id, tag_ids
  from bookmark cross join post on post.id = bookmark.post
  where bookmark.id < ?
  order by bookmark.id desc
  limit ?
)
"""

_NEWEST_FIRST = """
select group_concat(id)
from (select id from bookmark order by bookmarked_at desc, id desc)
"""

_Part = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]

_NO_NUMBERS = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class TagBlobs:
    """Bookmarks, newest first, each with its tags by number.

    Attributes
    ----------
    site_ids : array of int64
        The number of each post's site.
    ids : array of int64
        Its id there.
    many : array of int64
        How many tags it has.
    tags : array of uint32
        The tag ids of all, one post after the other.
    sites : Mapping of int to str
        The names of the sites.
    vocabulary : Vocabulary
        What the tag ids mean.
    """

    site_ids: Numbers
    ids: Numbers
    many: Numbers
    tags: Numbers
    sites: Mapping[int, str]
    vocabulary: Vocabulary


def read(db: Db, *, chunk: int = CHUNK) -> TagBlobs:
    """Return the tags of all bookmarks.

    Parameters
    ----------
    db : Connection
        Where to read.
    chunk : int
        How many bookmarks are joined into one value.

    Raises
    ------
    DamagedFileError
        If what stands for the tags of a post cannot be that.
    """
    parts: list[_Part] = [(*(_NO_NUMBERS,) * 4, np.empty(0, np.uint32))]
    end = (1 << 63) - 1
    while (found := db.execute(_JOINED, (end, chunk)).fetchone())[0] is not None:
        parts.append(_taken_apart(*found))
        end = int(parts[-1][0].min())
    bookmarks, *columns = (np.concatenate(part) for part in zip(*parts, strict=True))
    wanted = numbers(db.execute(_NEWEST_FIRST).fetchone()[0] or "")
    if not np.array_equal(wanted, bookmarks):
        columns = _in_order(bookmarks, wanted, *columns)
    site_ids, ids, many, tags = columns
    sites = dict(db.execute("select site_id, name from site"))
    return TagBlobs(site_ids, ids, many, tags, sites, every_word(db))


def _taken_apart(bookmarks: str, sites: str, ids: str, blobs: bytes) -> _Part:
    """Return the same as numbers, with the number of tags before the tags."""
    rows = numbers(bookmarks)
    values = np.frombuffer(blobs, "<u4") if len(blobs) % 4 == 0 else _NO_NUMBERS
    ends = np.append(np.flatnonzero(values == _BETWEEN), len(values))
    if len(ends) != len(rows):
        raise DamagedFileError(
            "The library is damaged: the tags of a post are no numbers of tags. Put a "
            "backup in its place."
        )
    many = np.diff(ends, prepend=-1) - 1
    return rows, numbers(sites), numbers(ids), many, values[values != _BETWEEN]


def _in_order(bookmarks: Numbers, wanted: Numbers, *columns: Numbers) -> list[Numbers]:
    """Return the columns behind `bookmarks` in the order of those that are wanted."""
    *own, many, tags = columns
    order = np.argsort(bookmarks)
    order = order[np.searchsorted(bookmarks, wanted, sorter=order)]
    starts = (np.cumsum(many) - many)[order]
    many = many[order]
    # The place of a post's first tag, then those after it.
    places = np.repeat(starts - (np.cumsum(many) - many), many) + np.arange(len(tags))
    return [*(column[order] for column in own), many, tags[places]]
