"""How tags change, and which tell posts apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.stats import comparing, timing
from booru_nb.stats.asked import Asked
from booru_nb.stats.comparing import Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import ArrayLike


class Course(Asked):
    """Questions about posts of different times, or of different kinds."""

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
        wanted = [tags] if isinstance(tags, str) else list(dict.fromkeys(tags))
        frame = timing.over_time(self.backend, wanted, freq)
        lacking = [tag for one in wanted for tag in self.backend.lacking(one)]
        return self._said(frame, lacking=lacking, undated=True)

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
        return self._said(frame, undated=True)

    def compare(
        self,
        a: str | ArrayLike | pd.DataFrame,
        b: str | ArrayLike | pd.DataFrame | None = None,
        *,
        category: str | Sequence[str] | None = None,
        min_count: int = 1,
        limit: int | None = None,
    ) -> pd.DataFrame:
        """Return which tags tell two sets of posts apart.

        The log-odds are those of Monroe, Colaresi and Quinn (2008), with an informative
        prior; `booru_nb.stats.odds` says more.

        Parameters
        ----------
        a, b : str, mask or DataFrame
            Each a tag, a query of the local language, a mask of the posts, or a frame
            of any posts, which need not be among these. A post may be in both.
            Without `b`, all other posts of these; then `a` is no frame.
        category : str or list of str, optional
            Only tags of this category.
        min_count : int
            Only tags that are on so many posts of both sets together.
        limit : int, optional
            How many at the most.

        Returns
        -------
        DataFrame
            One row a tag of either set: those of `a` at the top, those of `b` at the
            bottom. Two empty sets give no rows, and the same columns and dtypes.

            ========  =======  =======================================================
            column    dtype    meaning
            ========  =======  =======================================================
            tag       str      the tag
            category  str      missing where it is not known
            count_a   int64    how many posts of `a` have it
            share_a   float64  of the posts of `a`; missing without any
            count_b   int64    how many posts of `b` have it
            share_b   float64  of the posts of `b`; missing without any
            log_odds  float64  above zero where `a` has more of it, below where `b`
            z         float64  the same in standard errors, by which rows are ordered
            g2        float64  G², nats: how unlikely the difference is by chance
            ========  =======  =======================================================

        Raises
        ------
        ArgumentError
            If posts are given in no such way, or there is no such category.
        QueryError
            If a query cannot be read.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("", limit=100, progress=False))
        >>> stats.compare("cloud", "-cloud")["tag"].iloc[0]
        'cloud'
        """
        if b is None and isinstance(a, pd.DataFrame):
            raise ArgumentError("A frame is compared with something: say b, too.")
        one = self._side(a)
        two = self._side(b) if b is not None else Side.of(self.backend, None).less(one)
        frame = comparing.compare(
            one, two, category=category, min_count=min_count, limit=limit
        )
        lacking = [tag for side in (a, b) for tag in self.backend.lacking(side)]
        return self._said(frame, lacking=lacking)

    def posts(self, what: str | ArrayLike | None = None) -> pd.DataFrame:
        """Return the posts behind a number.

        Parameters
        ----------
        what : str or mask, optional
            A tag, a query of the local language, or a mask of the posts (default: all
            that are counted).

        Returns
        -------
        DataFrame
            One row a post, with the columns and index labels of the posts that the
            statistics are of. No such post gives no rows, and the same columns.

        Raises
        ------
        ArgumentError
            If it is no tag, query or mask that fits.
        QueryError
            If a query cannot be read.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("sky", limit=50, progress=False))
        >>> len(stats.posts("sky"))
        50
        """
        backend = self.backend
        if what is None:
            return backend.posts(None)
        lacking = backend.lacking(what)
        return self._said(backend.posts(backend.select(what)), lacking=lacking)

    def _side(self, what: str | ArrayLike | pd.DataFrame) -> Side:
        if isinstance(what, pd.DataFrame):
            return Side.of(self._beside(what), None)
        return Side.of(self.backend, self.backend.select(what))
