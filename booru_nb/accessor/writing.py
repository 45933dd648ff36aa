"""Files of a DataFrame of posts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from booru_nb.accessor.owned import Owned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from pathlib import Path


class Writing(Owned):
    """What writes a DataFrame of posts into a file, which `read_posts` reads."""

    def to_csv(
        self, path: str | PathLike[str], *, columns: Sequence[str] | None = None
    ) -> Path:
        """Write the posts into a CSV file that is safe to open in a spreadsheet.

        Text that a spreadsheet would run as a formula (it begins with ``=``, ``+``,
        ``-`` or ``@``) gets an apostrophe in front; ``bn.read_posts`` and
        ``lib.import_posts`` take it away again. The frame's further columns are
        written, its index is not.

        Parameters
        ----------
        path : path-like
            The file, which only you may read. One that is there is replaced.
        columns : list of str, optional
            Which columns, in which order (default: all of them). Without `site` and
            `id` it cannot be read as posts again.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        FrameError
            If it is no frame of posts, or lacks a column.
        FormatError
            If the file cannot be written.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> table = posts.booru.to_csv(path.with_suffix(".csv"))
        >>> bn.read_posts(table).equals(posts)
        True
        """
        target = _target(path)
        import_module("booru_nb.portable.tables").write_csv(
            self._frame, target, columns=columns
        )
        return target

    def to_parquet(
        self, path: str | PathLike[str], *, columns: Sequence[str] | None = None
    ) -> Path:
        """Write the posts into a Parquet file, which keeps their dtypes.

        Parameters
        ----------
        path : path-like
            The file, which only you may read. One that is there is replaced.
        columns : list of str, optional
            Which columns, in which order (default: all of them). Without `site` and
            `id` it cannot be read as posts again.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        FrameError
            If it is no frame of posts, or lacks a column.
        FormatError
            If the file cannot be written, or a column cannot be kept.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> table = posts.booru.to_parquet(path.with_suffix(".parquet"))
        >>> bn.read_posts(table).equals(posts)
        True
        """
        target = _target(path)
        import_module("booru_nb.portable.tables").write_parquet(
            self._frame, target, columns=columns
        )
        return target

    def to_json(
        self, path: str | PathLike[str], *, columns: Sequence[str] | None = None
    ) -> Path:
        """Write the posts into a JSON file: a list with one object a post.

        Each object stands on a line of its own; times are texts of ISO 8601, and what
        is missing is null.

        Parameters
        ----------
        path : path-like
            The file, which only you may read. One that is there is replaced.
        columns : list of str, optional
            As for `to_csv`.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        FrameError
            If it is no frame of posts, or lacks a column.
        FormatError
            If the file cannot be written.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> table = posts.booru.to_json(path.with_suffix(".json"))
        >>> bn.read_posts(table).equals(posts)
        True
        """
        target = _target(path)
        import_module("booru_nb.portable.tables").write_json(
            self._frame, target, columns=columns
        )
        return target


def _target(path: str | PathLike[str]) -> Path:
    """Return where to write, which is not into a library that is open."""
    checked: Path = import_module("booru_nb.library.carrying").not_open_here(path)
    return checked
