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
        engine: str = "auto",
        memory: str | None = None,
    ) -> TagStats:
        """Return the statistics of the tags of the bookmarks, or of other posts.

        Posts that join a sexual rating with tags that code minors are not counted.

        Parameters
        ----------
        posts : DataFrame, str or Path, optional
            Any posts instead: a frame, in which one that stands there twice counts
            once; a query of the local language, of every post kept here; or Parquet
            files of posts, given as the `pathlib.Path` of a file, of a folder with
            such files in it, or of a pattern such as ``Path("posts-*.parquet")``.
        vocabulary : {"raw", "canonical", "expanded", "minimal"}
            Tags as they are; or with the tags that aliases stand for in their place;
            or with all that these imply as well; or without what other tags of the
            same post imply. Each needs what is known here of the posts' sites, which
            `sync_tags` fetches.
        engine : {"auto", "memory", "duckdb"}
            How Parquet files are counted: in memory, or streamed through DuckDB (the
            extra ``scale``), with the same answers, in less memory and more time. By
            default those of more than 2,000,000 posts are streamed.
        memory : str, optional
            How much memory DuckDB may use, such as ``"4GB"`` (default: most of what
            there is); what does not fit lies on the disk.

        Returns
        -------
        TagStats
            What can be asked: `counts`, `related`, `cooccurrence`, `over_time`,
            `emerging`, `compare` and `posts`. The tags of bookmarks are counted as they
            are now; what else is asked about them, or about Parquet files, is read when
            it is asked.

        Raises
        ------
        ArgumentError
            If there is no such vocabulary or engine, if posts are given in another way,
            or if DuckDB is needed and not installed.
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
        if engine not in {"auto", "memory"} and not isinstance(posts, Path):
            raise ArgumentError(
                f"Only Parquet files are counted with engine={engine!r}. Give their "
                "Path, or leave the engine out."
            )
        if posts is None:
            return counted.bookmarks(self._state, vocabulary)
        if isinstance(posts, str):
            return counted.frame(
                self._state, counted.found(self._state, posts), vocabulary
            )
        if isinstance(posts, Path):
            return counted.parquet(self._state, posts, vocabulary, engine, memory)
        if isinstance(posts, pd.DataFrame):
            return counted.frame(self._state, posts, vocabulary)
        raise ArgumentError(
            "Posts to count are a DataFrame, a query, or the Path of a Parquet file, "
            f"not {type(posts).__name__}."
        )
