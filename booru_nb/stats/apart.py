"""Which tags tell posts apart, and the posts behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.stats import comparing
from booru_nb.stats.asked import Asked
from booru_nb.stats.comparing import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike


class Apart(Asked):
    """Questions about posts of different kinds."""

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
        one, of_one = self._side(a)
        two, of_two = self._side(b) if b is not None else (self._others(one), ())
        frame = comparing.compare(
            one, two, category=category, min_count=min_count, limit=limit
        )
        lacking = [tag for side in (a, b) for tag in self.backend.lacking(side)]
        beside = [*of_one, *of_two]
        about = {"a": a, "b": b}
        return self._said(frame, caveats_beside=beside, lacking=lacking, about=about)

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
            return self._said(backend.posts(None))
        lacking = backend.lacking(what)
        return self._said(backend.posts(backend.select(what)), lacking=lacking)

    def _side(self, what: str | ArrayLike | pd.DataFrame) -> tuple[Side, Sequence[str]]:
        """Return one of two sets of posts, and the caveats that are its own."""
        if isinstance(what, pd.DataFrame):
            other = self._beside(what)
            return Side.of(other.backend, None), other.caveats
        return Side.of(self.backend, self.backend.select(what)), ()

    def _others(self, one: Side) -> Side:
        return Side.of(self.backend, None).less(one)
