"""Posts of Parquet files written down as numbers, in a database on the disk.

They are read as a frame of posts is, by the same functions, but a part at a time: first
who they are, so that a post that stands there twice counts once, by its first row; then
their tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from booru_nb.stats.reading import from_pairs, keys_of, ratings_of, tags_of
from booru_nb.stats.votes import CATEGORIES, Votes
from booru_nb.stats.withholding import marked, sexual

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from booru_nb.stats.database import Db
    from booru_nb.stats.matrix import Matrix
    from booru_nb.stats.parquet import Parquet
    from booru_nb.stats.sparse import Codes, Ints

NEEDED = ("site", "id", "rating", "tags", *CATEGORIES, "other")

TAGS = "create or replace table {} (post bigint not null, code integer not null)"


@dataclass(eq=False)
class Filled:
    """What was written down.

    Attributes
    ----------
    places : array of int64
        Where in the files each post stands; its number is its place here.
    sites : Categorical
        The site of each.
    sexual : array of bool
        Whether the guard takes the rating of each for a sexual one.
    names : list of str
        The tags, by their numbers, as they were met.
    categories : array of object
        What most posts say of each; None where none does.
    """

    places: Ints
    sites: pd.Categorical[Any]
    sexual: NDArray[np.bool_]
    names: list[str] = field(default_factory=list)
    categories: NDArray[np.object_] = field(
        default_factory=lambda: np.empty(0, dtype=object)
    )


def fill(db: Db, files: Parquet) -> Filled:
    """Write the posts of files down as the table ``raw``: which post has which tag.

    Raises
    ------
    FrameError
        If they are none of posts.
    """
    filled = _posts(db, files)
    db.execute(TAGS.format("raw"))
    numbers: dict[str, int] = {}
    votes: dict[str, Ints] = {}
    for start, frame in files.parts(NEEDED):
        first, end = filled.places.searchsorted([start, start + len(frame)])
        posts = frame.iloc[filled.places[first:end] - start]
        filled.sexual[first:end] = sexual(ratings_of(posts))
        said = tags_of(posts)
        codes = np.array(
            [numbers.setdefault(name, len(numbers)) for name in said.names.tolist()],
            dtype=np.int32,
        )
        for kind, counts in said.votes.counts.items():
            total = np.zeros(len(numbers), dtype=np.int64)
            before = votes.get(kind, total[:0])
            total[: len(before)] = before
            total[codes] += counts
            votes[kind] = total
        blank = np.full(len(said.names), None, dtype=object)
        matrix = from_pairs(said.rows, said.codes, len(posts), said.names, blank)
        put(db, "raw", matrix, first, codes[said.names.get_indexer(matrix.names)])
    filled.names = list(numbers)
    filled.categories = _best(votes, len(numbers))
    return filled


def put(db: Db, table: str, matrix: Matrix, first: int, codes: Codes) -> None:
    """Write down the tags of posts that follow each other, by other numbers."""
    posts = np.repeat(np.arange(first, first + len(matrix)), matrix.sizes)
    lend(db, "part", post=posts, code=codes[matrix.codes])
    db.execute(f"insert into {table} select post, code from part")  # noqa: S608 - a name of this package


def lend(db: Db, name: str, **columns: NDArray[Any]) -> None:
    """Let statements ask arrays as if they were a table."""
    arrays = {key: pa.array(column) for key, column in columns.items()}
    db.register(name, pa.table(arrays))


def _posts(db: Db, files: Parquet) -> Filled:
    """Find out which rows are posts: the first of each site and id."""
    db.execute("create or replace table key (row bigint, site integer, id bigint)")
    sites: dict[str, int] = {}
    for start, frame in files.parts(("site", "id")):
        names, ids = keys_of(frame)
        codes, each = pd.factorize(names)
        known = np.array(
            [sites.setdefault(str(site), len(sites)) for site in each], dtype=np.int32
        )
        rows = np.arange(start, start + len(frame))
        lend(db, "part", row=rows, site=known[codes], id=ids.to_numpy())
        db.execute("insert into key select row, site, id from part")
    if not len(files):
        # Columns that are no posts' are told of even where there is no row.
        keys_of(files.read([n for n in files.columns if n in {"site", "id"}]))
    found = db.execute(
        """
        select min(row) as place, site from key
        group by site, id
        order by place
        """
    ).fetchnumpy()
    db.execute("drop table key")
    places = np.asarray(found["place"], dtype=np.int64)
    return Filled(
        places,
        _named(np.asarray(found["site"], dtype=np.int64), list(sites)),
        np.zeros(len(places), dtype=bool),
    )


def _named(codes: Ints, names: list[str]) -> pd.Categorical[Any]:
    return pd.Categorical.from_codes(codes, pd.Index(names, dtype=object))


def _best(votes: Mapping[str, Ints], tags: int) -> NDArray[np.object_]:
    every = Votes(tags)
    for kind, counts in votes.items():
        numbers = np.arange(len(counts), dtype=np.int64)
        every.add(numbers, np.full(len(counts), kind, dtype=object), counts)
    return every.best()


def withheld(
    db: Db, filled: Filled, meanings: Mapping[int, Collection[str]]
) -> NDArray[np.bool_]:
    """Tell which posts the guard withholds.

    Parameters
    ----------
    db : connection
        With the table ``raw``.
    filled : Filled
        What is in it.
    meanings : Mapping of int to collection of str
        What aliases and implications make of tags, by their numbers.
    """
    harsh, always = marked(filled.names, meanings)
    found = np.zeros(len(filled.places), dtype=bool)
    if not harsh.any():
        return found
    lend(db, "marked", code=np.flatnonzero(harsh), always=always[harsh])
    rows = db.execute(
        """
        select post, bool_or(always) as always
        from raw join marked using (code)
        group by post
        """
    ).fetchnumpy()
    posts = np.asarray(rows["post"], dtype=np.int64)
    found[posts] = np.asarray(rows["always"], dtype=bool) | filled.sexual[posts]
    return found


def leave_out(db: Db, posts: Ints) -> None:
    """Delete what was written down of some posts."""
    if len(posts):
        lend(db, "chosen", post=posts)
        db.execute("delete from raw where post in (select post from chosen)")
