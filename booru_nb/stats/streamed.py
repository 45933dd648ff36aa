"""The backend that counts on the disk, through DuckDB, in as little memory as wanted.

What it holds in memory are a few numbers a post, and the names of tags; which post has
which tag is a table of its own, in the order of the posts.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.query.frames import mask
from booru_nb.stats.database import told
from booru_nb.stats.filling import TAGS, lend
from booru_nb.stats.products import product
from booru_nb.stats.rows import Rows
from booru_nb.stats.sparse import ones
from booru_nb.stats.vocabulary import Speech

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from booru_nb.query import Query
    from booru_nb.stats.database import Db
    from booru_nb.stats.parquet import Parquet
    from booru_nb.stats.relations import Known
    from booru_nb.stats.sparse import Ints

CHUNK = 1 << 19
"""Posts whose tags are fetched at once."""

SPOKEN = 1 << 16
"""Posts whose tags are said in another vocabulary at once."""


class Streamed(Rows):
    """A backend that counts in a database on the disk.

    Parameters
    ----------
    db : connection
        Of DuckDB.
    table : str
        Where it has the numbers of posts and of their tags, of posts that count only.
    names, categories : list of str or None
        Of each tag number there.
    numbers : array of int64
        The number there of each post that counts, ascending.
    files, places, known
        As for `Rows`.
    """

    def __init__(  # noqa: PLR0913 - a part of what it counts each
        self,
        db: Db,
        table: str,
        *,
        names: list[str],
        categories: NDArray[np.object_] | list[str | None],
        numbers: Ints,
        files: Parquet,
        places: Ints,
        known: Known,
    ) -> None:
        super().__init__(files, places, known)
        self._files = files
        self._db = db
        self._table = table
        self._numbers = numbers
        every = np.zeros(len(names), dtype=np.int64)
        codes, counts = self._columns(
            f"select code, count(*) as n from {table} group by code",  # noqa: S608 - a name of this package
            "code",
            "n",
        )
        every[codes] = counts
        used = np.flatnonzero(every)
        index = pd.Index(np.array(names, dtype=object)[used], dtype="str")
        order = index.argsort()
        # The number there of each tag here, and the number here of each tag there.
        self._codes = used[order]
        self._ranks = np.full(len(names), -1, dtype=np.int64)
        self._ranks[self._codes] = np.arange(len(self._codes))
        self._names: pd.Index[Any] = index[order]
        kinds = np.array(categories, dtype=object)[self._codes]
        self._categories: pd.Index[Any] = pd.Index(kinds, dtype="str")
        self._every: Ints = every[self._codes]

    @property
    def names(self) -> pd.Index[Any]:
        """The tags."""
        return self._names

    @property
    def categories(self) -> pd.Index[Any]:
        """The category of each tag; missing where it is not known."""
        return self._categories

    def with_tag(self, code: int) -> Ints:
        """Return the rows that have a tag, ascending."""
        (posts,) = self._columns(
            f"select post from {self._table} where code = {self._codes[code]}",  # noqa: S608 - numbers only
            "post",
        )
        rows: Ints = np.searchsorted(self._numbers, posts)
        rows.sort()
        return rows

    def asked(self, query: Query, columns: Collection[str]) -> NDArray[np.bool_]:
        """Tell which rows a query finds that needs no more than some columns."""
        found = np.zeros(len(self), dtype=bool)
        now = datetime.now(UTC)
        for start, frame in self._files.parts(columns):
            first, end = self._places.searchsorted([start, start + len(frame)])
            posts = frame.iloc[self._places[first:end] - start]
            found[first:end] = mask(posts, query, now=now).to_numpy()
        return found

    def counts(self, posts: Ints | None = None) -> Ints:
        """Return how many posts of a set, or of all, have each tag."""
        if posts is None:
            return self._every
        codes, counts = self._columns(
            f"""
            select code, count(*) as n
            from {self._table} semi join chosen using (post)
            group by code
            """,  # noqa: S608 - a name of this package
            "code",
            "n",
            chosen={"post": self._numbers[posts]},
        )
        found = np.zeros(len(self._names), dtype=np.int64)
        found[self._ranks[codes]] = counts
        return found

    def pairs(self, tags: Ints) -> csr_array[Any, Any]:
        """Return how many posts have each two of some tags."""
        order = np.argsort(-self._every[tags], kind="stable")
        columns = np.arange(len(tags), dtype=np.int32)
        total: csr_array[Any, Any] | None = None
        chosen = {"code": self._codes[tags[order]], "place": columns}
        last = int(self._numbers[-1]) if len(self._numbers) else -1
        for start in range(0, max(last + 1, 1), CHUNK):
            posts, places = self._columns(
                f"""
                select post, place
                from {self._table} join chosen using (code)
                where post >= {start} and post < {start + CHUNK}
                order by post
                """,  # noqa: S608 - numbers and a name of this package
                "post",
                "place",
                chosen=chosen,
            )
            ends = posts.searchsorted(np.arange(start, start + CHUNK + 1))
            part = product(ends, places.astype(np.int32), columns, len(tags))
            total = part if total is None else total + part
        back = np.argsort(order)
        assert total is not None  # noqa: S101 - there is one chunk at least
        return total.tocsr()[back][:, back]

    def grouped(self, groups: Ints, number: int) -> csr_array[Any, Any]:
        """Return how many rows of each group have each tag."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - it is slow to import

        labels, codes, counts = self._columns(
            f"""
            select label, code, count(*) as n
            from {self._table} join chosen using (post)
            group by label, code
            """,  # noqa: S608 - a name of this package
            "label",
            "code",
            "n",
            chosen={"post": self._numbers, "label": groups},
        )
        shape = number, len(self._names)
        where = labels, self._ranks[codes]
        found = csr_array((counts.astype(np.float64), where), shape=shape)
        found.sort_indices()
        return found

    def spoken(self, sites: pd.Categorical[Any], vocabulary: str) -> Streamed:
        """Return a backend that speaks another vocabulary than this, which is raw.

        Parameters
        ----------
        sites : Categorical
            The site of each row.
        vocabulary : str
            One of `vocabulary.VOCABULARIES`.
        """
        groups, each = pd.factorize(sites)
        table = self.grouped(groups.astype(np.int64), len(each)).toarray()
        counts = {
            str(site): np.rint(row).astype(np.int64)
            for site, row in zip(each, table, strict=True)
        }
        speech = Speech(self._names, self._categories, counts, self._known, vocabulary)
        with self._cursor() as db:
            db.execute(TAGS.format("said"))
            for start in range(0, len(self), SPOKEN):
                numbers = self._numbers[start : start + SPOKEN]
                part = self._part(numbers)
                found = speech.all_said(part, sites[start : start + SPOKEN])
                lend(
                    db,
                    "part",
                    post=np.repeat(numbers, np.diff(found.indptr)),
                    code=found.indices.astype(np.int32),
                )
                db.execute("insert into said select post, code from part")
        return Streamed(
            self._db,
            "said",
            names=speech.names,
            categories=speech.categories,
            numbers=self._numbers,
            files=self._files,
            places=self._places,
            known=self._known,
        )

    def _part(self, numbers: Ints) -> csr_array[Any, Any]:
        """Return which tags some posts have, by their numbers there."""
        first, last = int(numbers[0]), int(numbers[-1])
        posts, codes = self._columns(
            f"""
            select post, code from {self._table}
            where post between {first} and {last}
            order by post
            """,  # noqa: S608 - numbers and a name of this package
            "post",
            "code",
        )
        ends = posts.searchsorted(np.append(numbers, last + 1))
        return ones(ends, self._ranks[codes], (len(numbers), len(self._names)))

    def _columns(
        self, sql: str, *names: str, **lent: dict[str, NDArray[Any]]
    ) -> list[Ints]:
        """Return the columns of an answer; arrays that are lent are tables in it."""
        with self._cursor() as db, told():
            for name, columns in lent.items():
                lend(db, name, **columns)
            found = db.execute(sql).fetchnumpy()
        return [np.asarray(found[name], dtype=np.int64) for name in names]

    @contextmanager
    def _cursor(self) -> Iterator[Db]:
        """Give a connection of one's own, so that any thread may ask."""
        with closing(self._db.cursor()) as db:
            yield db
