"""The verbs that show what is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import frames
from booru_nb.library.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


class Tables(Verbs):
    """What is kept here, as DataFrames. Nothing of this needs the network."""

    def posts(self, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return every post that is kept here, the newest kept first.

        Parameters
        ----------
        columns : sequence of str, optional
            Only these, in this order, which is quicker (default: all).

        Returns
        -------
        DataFrame
            With the columns of `search`. Nothing kept gives no rows, and the same
            columns and dtypes.

        Raises
        ------
        ArgumentError
            If there is no such column.
        StoreError
            If the library file cannot be read.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=3, progress=False))
        >>> len(lib.posts())
        3
        """
        self._state.check_open()
        return self._state.ours(self._state.kept.posts(columns=columns))

    def tags(self, *, posts: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the tags of the bookmarks, the most frequent first.

        Parameters
        ----------
        posts : DataFrame, optional
            Posts to count instead; one that stands there twice counts once.

        Returns
        -------
        DataFrame
            One row a tag and category; of equally frequent ones the first by name
            comes first. No bookmarks give no rows, and the same columns and dtypes.

            =========  ======  =======================================================
            column     dtype   meaning
            =========  ======  =======================================================
            tag        str     the tag
            category   str     missing where it is not known
            count      int64   how many bookmarks have it
            =========  ======  =======================================================

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=3, progress=False))
        >>> int(lib.tags().set_index("tag").loc["lighthouse", "count"])
        3
        """
        self._state.check_open()
        if posts is not None:
            return frames.tag_counts(posts)
        return self._state.ours(self._state.kept.tags())

    def post_tags(self, *, posts: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return which bookmark has which tag.

        Parameters
        ----------
        posts : DataFrame, optional
            Posts to take instead, in their order.

        Returns
        -------
        DataFrame
            One row a post and tag; the newest bookmark first, then by tag. No
            bookmarks give no rows, and the same columns and dtypes.

            =========  =========  ====================================================
            column     dtype      meaning
            =========  =========  ====================================================
            site       str        the site's name here
            id         int64      the post, unique within the site
            tag        category   the tag
            category   category   of the tag; missing where it is not known
            =========  =========  ====================================================

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=3, progress=False))
        >>> (lib.post_tags()["tag"] == "lighthouse").sum().item()
        3
        """
        self._state.check_open()
        if posts is not None:
            return frames.post_tags(posts)
        return self._state.ours(self._state.kept.post_tags())
