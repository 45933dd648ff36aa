"""The verbs that copy, check and question the library's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from booru_nb import frames
from booru_nb.library import checks
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import CHECKS
from booru_nb.store import asking, checking, copies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from os import PathLike

    import pandas as pd


class Safety(Verbs):
    """What keeps the file safe, and what lets others look at it."""

    def backup(self, path: str | PathLike[str], *, overwrite: bool = False) -> Path:
        """Copy the library into another file, while it is in use.

        The copy is a library of its own: ``bn.open(path)`` opens it. A plain copy
        (`shutil.copy`, ``cp``) of an open library lacks what is still in its log.

        Parameters
        ----------
        path : path-like
            The new file, which only you may read. Beside it a file ``NAME.sha256``
            has its check sum; ``sha256sum -c NAME.sha256`` compares them later.
        overwrite : bool
            Whether to replace an older file of this name.

        Returns
        -------
        Path
            The new file.

        Raises
        ------
        StoreError
            If there is a file already, or it cannot be written. What was there stays.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        >>> copy = lib.backup(path)
        >>> with bn.open(copy) as other:
        ...     len(other.bookmarks())
        2
        """
        self._state.check_open()
        target = Path(path).expanduser().absolute()
        copies.backup(self._state.store.file, target, overwrite=overwrite)
        return target

    def check(self, *, full: bool = False) -> pd.DataFrame:
        """Look whether the library's file is sound. Nothing is changed.

        Parameters
        ----------
        full : bool
            Whether to compare everything with everything: seconds for a hundred
            thousand posts, and a minute for a million (default: a tenth of that).

        Returns
        -------
        DataFrame
            One row a check: `pages` and `references` of the file, `tags` (their counts
            and the inverted table against the posts), `orphans` (posts that nothing
            keeps), `guard` (posts that are withheld), `permissions`, `log` (whether
            another program has taken it away) and `sqlite`.

            =========  =========  ====================================================
            column     dtype      meaning
            =========  =========  ====================================================
            check      str        what was looked at
            ok         boolean    whether it is right
            message    str        what was found, and what to do about it
            =========  =========  ====================================================

        Examples
        --------
        >>> lib.check()["ok"].all().item()
        True
        """
        self._state.check_open()
        found = checking.check(self._state.store.file, full=full)
        columns = {name: [getattr(f, name) for f in found] for name in CHECKS}
        return self._state.table(columns, CHECKS)

    def snapshot(self) -> AbstractContextManager[Path]:
        """Lend a copy of the library to DuckDB, polars and other programs.

        Do not open `path` itself with them, nor copy it with `shutil`: a second SQLite
        library that closes the live file in this process takes away its locks and its
        log, and what is kept afterwards may be lost. The copy is a file of its own,
        so all of that is allowed with it.

        Returns
        -------
        context manager
            It gives the path of the copy, which lies in a folder that only you may
            read, and is removed at the end of the ``with`` block. Beside the tables it
            has the views that `sql` has (`posts` and `bookmarks` without `tags`).

        Raises
        ------
        StoreError
            If there is no space for the copy.

        Examples
        --------
        >>> import sqlite3
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        >>> with lib.snapshot() as copy:
        ...     db = sqlite3.connect(copy)
        ...     db.execute("select count(*) from bookmarks").fetchone()
        ...     db.close()
        (2,)
        """
        self._state.check_open()
        return copies.snapshot(self._state.store.file)

    def sql(
        self, query: str, params: Sequence[Any] | Mapping[str, Any] = ()
    ) -> pd.DataFrame:
        """Ask the library in SQL. It only reads.

        Beside the tables there are views with names instead of numbers:

        =============  ===============================================================
        view           columns
        =============  ===============================================================
        `posts`        `site`, `id`, `tags` and the others of `search`, without those of
                       one category; `collected`, `kept_at`
        `bookmarks`    the same, and `folder`, `note`, `bookmarked_at`
        `tags`         `tag`, `count` of all posts kept here
        `post_tags`    `site`, `id`, `tag`, `category`
        `folders`      `folder`, `count`, `query`, `added_at`
        `sites`        `site`, `url`, `engine`, `added_at`
        =============  ===============================================================

        Times are whole microseconds since 1970, UTC, in views, tables and parameters;
        ``pd.to_datetime(column, unit="us", utc=True)`` makes times of them. The stop
        button ends a long question.

        Parameters
        ----------
        query : str
            One statement that reads.
        params : sequence or dict
            What stands for each ``?``, or for each ``:name``.

        Returns
        -------
        DataFrame
            The columns and rows that it finds, in its order: whole numbers as int64,
            or Int64 where some are missing, real ones as float64, text as str,
            anything mixed and any column without a value as object.

        Raises
        ------
        ArgumentError
            If it would write, is no single statement, or SQLite does not understand
            it.
        StoreError
            If the file cannot be read.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=3, progress=False))
        >>> found = lib.sql("select count from tags where tag = ?", ["lighthouse"])
        >>> found["count"].tolist()
        [3]
        """
        self._state.check_open()
        statement = checks.text(query, what="A question in SQL")
        names, rows = asking.ask(self._state.store.file, statement, params)
        return self._state.ours(frames.from_rows(names, rows))
