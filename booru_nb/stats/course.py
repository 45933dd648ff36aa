"""How tags change in the course of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.stats import timing
from booru_nb.stats.asked import Asked
from booru_nb.stats.ranking import tags_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd


class Course(Asked):
    """Questions about posts of different times."""

    def over_time(self, tags: str | Sequence[str], *, freq: str = "MS") -> pd.DataFrame:
        """Return how many posts of each period have a tag.

        Parameters
        ----------
        tags : str or list of str
            Tags, or queries of the local language.
        freq : str
            An offset of pandas: ``"D"``, ``"W"``, ``"MS"`` (months by their first
            day), ``"ME"`` (by their last), ``"QS"``, ``"YS"``, ``"7D"`` and others.

        Returns
        -------
        DataFrame
            One row a period and tag, in the order of time, then of the tags; every
            period from that of the first dated post to that of the last is there. No
            dated posts give no rows, and the same columns and dtypes.

            ======  ===================  =============================================
            column  dtype                meaning
            ======  ===================  =============================================
            period  datetime64[us, UTC]  as pandas labels it: by the beginning, or for
                                         some offsets by the end
            tag     str                  as it was asked for
            count   int64                how many of the period's posts have it
            posts   int64                how many posts the period has
            share   float64              of the period's posts; missing without any
            low     float64              where the share's 95 % interval begins
            high    float64              where it ends
            ======  ===================  =============================================

        Raises
        ------
        ArgumentError
            If pandas knows no such offset, or it makes more than 100,000 periods.
        QueryError
            If a query cannot be read.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("sky", limit=50, progress=False))
        >>> years = stats.over_time(["sky", "sea"], freq="YS")
        >>> years.groupby("tag")["count"].sum()["sky"].item()
        50
        """
        wanted = tags_of(tags)
        frame = timing.over_time(self.backend, wanted, freq)
        lacking = [tag for one in wanted for tag in self.backend.lacking(one)]
        about = {"freq": freq}
        return self._said(frame, lacking=lacking, undated=True, about=about)

    def emerging(
        self,
        *,
        since: str | date | None = None,
        category: str | Sequence[str] | None = None,
        min_count: int = 5,
        limit: int | None = None,
    ) -> pd.DataFrame:
        """Return the tags that are on the rise, the surest first.

        Parameters
        ----------
        since : str, date or datetime, optional
            Posts from then on are compared with those before (default: the latest
            quarter of the posts with the other three).
        category : str or list of str, optional
            Only tags of this category.
        min_count : int
            Only tags that are on so many of the later posts.
        limit : int, optional
            How many at the most.

        Returns
        -------
        DataFrame
            One row a tag with greater odds in the later posts. Nothing later, or
            nothing before, gives no rows, and the same columns and dtypes.

            ============  =======  ===================================================
            column        dtype    meaning
            ============  =======  ===================================================
            tag           str      the tag
            category      str      missing where it is not known
            count         int64    how many of the later posts have it
            share         float64  of the later posts
            count_before  int64    how many of the posts before have it
            share_before  float64  of the posts before
            log_odds      float64  as for `compare`, later posts against those before
            z             float64  likewise
            ============  =======  ===================================================

        Raises
        ------
        ArgumentError
            If it is no date, or there is no such category.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("sky", limit=50, progress=False))
        >>> rising = stats.emerging(min_count=2)
        >>> (rising["share"] > rising["share_before"]).all().item()
        True
        """
        frame = timing.emerging(
            self.backend,
            since=since,
            category=category,
            min_count=min_count,
            limit=limit,
        )
        about = {"moment": timing.moment(self.backend, since)}
        return self._said(frame, undated=True, about=about)
