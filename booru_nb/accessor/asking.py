"""What a DataFrame of posts answers without a library."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from booru_nb.accessor.owned import Owned

if TYPE_CHECKING:
    import pandas as pd
    from altair import LayerChart

    from booru_nb.library import Library
    from booru_nb.query import Query
    from booru_nb.stats import TagStats


class Asking(Owned):
    """What a DataFrame of posts, or of their statistics, answers for itself."""

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
