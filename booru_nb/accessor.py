"""``df.booru``: what any DataFrame of posts can do.

Registering the accessor is the one side effect that importing booru_nb has.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from altair import LayerChart

    from booru_nb.export.dataset import Dataset
    from booru_nb.library import Library
    from booru_nb.query import Query
    from booru_nb.stats import TagStats
    from booru_nb.widgets.grid import Grid


@pd.api.extensions.register_dataframe_accessor("booru")
class BooruAccessor:
    """What a DataFrame of posts can do.

    Methods that show or keep something need a library: the one given, else the one
    that the frame comes from, else the only open one. With several open and none
    known they raise a `LibraryError`.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def post_tags(self) -> pd.DataFrame:
        """Return which post has which tag.

        Returns
        -------
        DataFrame
            One row a post and tag, in the order of the frame, then by tag. No posts
            give no rows, and the same columns and dtypes.

            =========  =========  ====================================================
            column     dtype      meaning
            =========  =========  ====================================================
            site       str        the site's name here
            id         int64      the post, unique within the site
            tag        category   the tag
            category   category   of the tag; missing where it is not known
            =========  =========  ====================================================

        Raises
        ------
        FrameError
            If it is no frame of posts.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> (posts.booru.post_tags()["tag"] == "lighthouse").sum().item()
        3
        """
        return import_module("booru_nb.frames").post_tags(self._frame)  # type: ignore[no-any-return]

    def to_csv(self, path: str | PathLike[str]) -> Path:
        """Write the posts into a CSV file that is safe to open in a spreadsheet.

        Text that a spreadsheet would run as a formula (it begins with ``=``, ``+``,
        ``-`` or ``@``) gets an apostrophe in front; ``bn.read_posts`` and
        ``lib.import_posts`` take it away again. The frame's further columns are
        written, its index is not.

        Parameters
        ----------
        path : path-like
            The file, which only you may read. One that is there is replaced.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        FrameError
            If it is no frame of posts.
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
        import_module("booru_nb.portable.tables").write_csv(self._frame, target)
        return target

    def to_parquet(self, path: str | PathLike[str]) -> Path:
        """Write the posts into a Parquet file, which keeps their dtypes.

        Parameters
        ----------
        path : path-like
            The file, which only you may read. One that is there is replaced.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        FrameError
            If it is no frame of posts.
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
        import_module("booru_nb.portable.tables").write_parquet(self._frame, target)
        return target

    def tag_stats(
        self,
        *,
        vocabulary: str = "raw",
        aliases: pd.DataFrame | None = None,
        implications: pd.DataFrame | None = None,
    ) -> TagStats:
        """Return the statistics of the posts' tags.

        It needs no library. If the frame's own is open, it says what is known there
        of the posts, and of aliases and implications where none are given.

        Parameters
        ----------
        vocabulary : {"raw", "canonical", "expanded", "minimal"}
            As for `Library.tag_stats`.
        aliases : DataFrame, optional
            Columns ``alias`` and ``tag``, and ``site`` where they are of one site.
        implications : DataFrame, optional
            Columns ``tag`` and ``implies``, and ``site`` likewise.

        Returns
        -------
        TagStats
            As `Library.tag_stats` returns.

        Raises
        ------
        ArgumentError
            If there is no such vocabulary.
        FrameError
            If it is no frame of posts, or another one lacks a column.

        Examples
        --------
        >>> import pandas as pd
        >>> means = pd.DataFrame({"tag": ["lighthouse"], "implies": ["building"]})
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> stats = posts.booru.tag_stats(vocabulary="expanded", implications=means)
        >>> len(stats.posts("building"))
        3
        """
        return import_module("booru_nb.library.counted").anyhow(  # type: ignore[no-any-return]
            self._frame, vocabulary, aliases, implications
        )

    def query(
        self,
        query: str | Query,
        *,
        limit: int | None = None,
        library: Library | None = None,
    ) -> pd.DataFrame:
        """Return the posts that a query finds, in their order unless it says another.

        Parameters
        ----------
        query : str
            In the language that `Library.query` describes, with the same answers.
        limit : int, optional
            How many at the most (default: all).
        library : Library, optional
            Which one knows what is bookmarked. None is needed where the frame tells
            itself, as `Library.bookmarks` does, or the query does not ask.

        Returns
        -------
        DataFrame
            The frame's rows, with all its columns, its index labels and ``attrs``.
            Nothing found gives no rows, and the same columns and dtypes.

        Raises
        ------
        QueryError
            If the query cannot be read; the message shows where.
        FrameError
            If it is no frame of posts.

        Examples
        --------
        >>> posts = lib.search("sky", limit=40, progress=False)
        >>> bright = posts.booru.query("sky -night rating:g order:score", limit=5)
        >>> bright["score"].is_monotonic_decreasing
        True
        """
        asked = import_module("booru_nb.query.frames")
        if library is not None or asked.lacks_bookmarks(self._frame, query):
            return self._library(library).query(query, posts=self._frame, limit=limit)
        return asked.select(self._frame, query, limit=limit)  # type: ignore[no-any-return]

    def plot(self, *, limit: int | None = None, title: str | None = None) -> LayerChart:
        """Draw a frame of statistics.

        The columns choose the chart: bars with intervals for `TagStats.counts`, bars
        of the measure for `related`, a heat map for `cooccurrence`, lines with bands
        for `over_time`, bars to both sides for `compare` and `emerging`. What keeps
        the numbers from standing for more stands below the title.

        Parameters
        ----------
        limit : int, optional
            How many tags at the most, from the top of the frame; of `compare`, from
            both ends (default: 30, and 10 lines).
        title : str, optional
            What stands above the chart (default: what it shows).

        Returns
        -------
        LayerChart
            An Altair chart, whose data are in it. It is shown without the network,
            and can be read on light and on dark ground; `booru_nb.link` links it with
            a grid.

        Raises
        ------
        FrameError
            If there is no chart for such a frame; the message says for which there is.
        ArgumentError
            If the limit is none.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("sky", limit=50, progress=False))
        >>> chart = stats.counts().booru.plot(limit=10)
        >>> chart.to_dict()["title"]["text"]
        'The most frequent tags'
        """
        return import_module("booru_nb.plots").plot(  # type: ignore[no-any-return]
            self._frame, limit=limit, title=title
        )

    def grid(self, *, library: Library | None = None, **options: Any) -> Grid:  # noqa: ANN401
        """Show the posts as thumbnails.

        Parameters
        ----------
        library : Library, optional
            Whose sites and cache are used.
        **options
            As for `Library.grid`.

        Returns
        -------
        Grid
            A widget.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> len(posts.booru.grid(height=300).posts)
        3
        """
        return self._library(library).grid(self._frame, **options)

    def bookmark(
        self,
        *,
        folder: str | None = None,
        note: str | None = None,
        library: Library | None = None,
    ) -> pd.DataFrame:
        """Bookmark the posts.

        Parameters
        ----------
        folder, note
            As for `Library.bookmark`.
        library : Library, optional
            Where they are kept.

        Returns
        -------
        DataFrame
            The bookmarks as they are kept now, as `Library.bookmark` returns.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> len(posts.booru.bookmark(folder="sea"))
        3
        """
        return self._library(library).bookmark(self._frame, folder=folder, note=note)

    def download(
        self,
        *,
        library: Library | None = None,
        **options: Any,  # noqa: ANN401
    ) -> pd.DataFrame:
        """Download the posts' files.

        Parameters
        ----------
        library : Library, optional
            Whose sites are asked, and where the files are known.
        **options
            As for `Library.download`.

        Returns
        -------
        DataFrame
            What came of each, as `Library.download` returns.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> posts.booru.download(progress=False)["status"].unique().tolist()
        ['downloaded']
        """
        return self._library(library).download(self._frame, **options)

    def dataset(
        self, *, name: str = "", library: Library | None = None, progress: bool = True
    ) -> Dataset:
        """Return a dataset of the posts: a recipe, to which steps are added.

        Parameters
        ----------
        name, progress
            As for `Library.dataset`.
        library : Library, optional
            Whose bookmarks, thumbnails and relations of tags are used.

        Returns
        -------
        Dataset
            As `Library.dataset` returns.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=9, progress=False)
        >>> len(posts.booru.dataset(name="lights").sample(4).posts)
        4
        """
        owner = self._library(library)
        return owner.dataset(self._frame, name=name, progress=progress)

    def _library(self, library: Library | None) -> Library:
        if library is not None:
            return library
        return import_module("booru_nb.library").library_of(self._frame)  # type: ignore[no-any-return]


def _target(path: str | PathLike[str]) -> Path:
    """Return where to write, which is not into a library that is open."""
    checked: Path = import_module("booru_nb.library.carrying").not_open_here(path)
    return checked
