"""The verb that counts tags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.library import counted
from booru_nb.library.verbs import Verbs

if TYPE_CHECKING:
    from booru_nb.stats import TagStats


class Statistics(Verbs):
    """What counts tags. Nothing of this needs the network."""

    def tag_stats(
        self,
        posts: pd.DataFrame | str | Path | None = None,
        *,
        vocabulary: str = "raw",
    ) -> TagStats:
        """Return the statistics of the tags of the bookmarks, or of other posts.

        Posts that join a sexual rating with tags that code minors are not counted.

        Parameters
        ----------
        posts : DataFrame, str or Path, optional
            Any posts instead: a frame, in which one that stands there twice counts
            once; a query of the local language, of every post kept here; or a Parquet
            file of posts, given as a `pathlib.Path`.
        vocabulary : {"raw", "canonical", "expanded", "minimal"}
            Tags as they are; or with the tags that aliases stand for in their place;
            or with all that these imply as well; or without what other tags of the
            same post imply. Each needs what is known here of the posts' sites.

        Returns
        -------
        TagStats
            What can be asked: `counts`, `related`, `cooccurrence`, `over_time`,
            `emerging`, `compare` and `posts`. The tags of bookmarks are counted as they
            are now; what else is asked about them is read when it is asked.

        Raises
        ------
        ArgumentError
            If there is no such vocabulary, or posts are given in another way.
        FrameError
            If a frame, or a file, is none of posts.
        QueryError
            If a query cannot be read.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=3, progress=False))
        >>> len(lib.tag_stats())
        3
        >>> posts = lib.search("sky", limit=50, progress=False)
        >>> lib.tag_stats(posts).counts()["tag"].head(20).tolist().count("sky")
        1
        """
        self._state.check_open()
        if posts is None:
            return counted.bookmarks(self._state, vocabulary)
        if isinstance(posts, str):
            return counted.frame(
                self._state, counted.found(self._state, posts), vocabulary
            )
        if isinstance(posts, Path):
            return counted.parquet(self._state, posts, vocabulary)
        if isinstance(posts, pd.DataFrame):
            return counted.frame(self._state, posts, vocabulary)
        raise ArgumentError(
            "Posts to count are a DataFrame, a query, or the Path of a Parquet file, "
            f"not {type(posts).__name__}."
        )
