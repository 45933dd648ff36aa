"""Which tags there are, and which go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.stats import counting, pairing, relating
from booru_nb.stats.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import ArrayLike


class Together(Asked):
    """Questions about tags, and about tags that go together."""

    def counts(
        self, *, category: str | Sequence[str] | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Return how many posts have each tag, the most frequent first.

        Parameters
        ----------
        category : str or list of str, optional
            Only tags of this category; the shares stay those of all posts.
        by : str, optional
            A column of the posts, such as ``"rating"``, ``"site"`` or ``"folder"``, or
            ``"day"``, ``"month"`` or ``"year"`` of upload: the posts of each of its
            values are counted by themselves.

        Returns
        -------
        DataFrame
            One row a tag; of equally frequent ones the first by name comes first. No
            posts give no rows, and the same columns and dtypes.

            ========  =======  ======================================================
            column    dtype    meaning
            ========  =======  ======================================================
            tag       str      the tag
            category  str      as most of its posts say; missing where none does
            count     int64    how many posts have it
            share     float64  of all posts
            low       float64  where the share's 95 % interval begins (Wilson)
            high      float64  where it ends
            ========  =======  ======================================================

            With `by` that column comes first, and there is one row a group and tag
            that is on a post of it; `share` is of the posts of the group. Groups come
            in order; posts whose value is missing are a group, the last one.

        Raises
        ------
        ArgumentError
            If posts have no such column, or there is no such category.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("lighthouse", limit=20, progress=False))
        >>> stats.counts().set_index("tag").loc["lighthouse", "share"].item()
        1.0
        >>> list(stats.counts(by="rating"))[:3]
        ['rating', 'tag', 'category']
        """
        if by is None:
            frame = counting.counts(self.backend, category=category)
        else:
            frame = counting.counts_by(self.backend, by, category=category)
        return self._said(frame, about={"by": by})

    def related(
        self,
        what: str | ArrayLike,
        *,
        measure: str = "cosine",
        category: str | Sequence[str] | None = None,
        limit: int | None = None,
        min_count: int = 1,
    ) -> pd.DataFrame:
        """Return the tags that go with a tag or a query, best first.

        Parameters
        ----------
        what : str or mask
            A tag, a query of the local language such as ``"umbrella rain"``, or a mask
            of the posts.
        measure : str
            ``"cosine"``, ``"jaccard"``, ``"overlap"`` or ``"frequency"``, which are
            Danbooru's and between 0 and 1; ``"lift"`` (1 is chance), ``"pmi"`` (bits),
            ``"npmi"`` (-1 to 1) or ``"g2"`` (nats), over all posts. What they are
            stands in `booru_nb.stats.measures`.
        category : str or list of str, optional
            Only tags of this category.
        limit : int, optional
            How many at the most.
        min_count : int
            Only tags that are on so many of the posts that are asked about; lift, PMI
            and NPMI are high for tags that are on one post and there by chance.

        Returns
        -------
        DataFrame
            One row a tag that is on at least one of the posts, without the tags asked
            for. Of equal ones the more frequent comes first, here and then overall,
            then by name. Where no post is found there are no rows, and the same
            columns and dtypes.

            ========  =======  ======================================================
            column    dtype    meaning
            ========  =======  ======================================================
            tag       str      the tag
            category  str      missing where it is not known
            count     int64    how many of the posts that are asked about have it
            cosine    float64  the measure; the column bears its name
            ========  =======  ======================================================

        Raises
        ------
        ArgumentError
            If there is no such measure or category.
        QueryError
            If a query cannot be read.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("sky", limit=50, progress=False))
        >>> list(stats.related("sky", measure="npmi"))
        ['tag', 'category', 'count', 'npmi']
        """
        frame = relating.related(
            self.backend,
            what,
            measure=measure,
            category=category,
            limit=limit,
            min_count=min_count,
        )
        lacking = self.backend.lacking(what)
        return self._said(frame, lacking=lacking, about={"what": what})

    def cooccurrence(  # noqa: PLR0913 - each is a filter of its own
        self,
        *,
        top: int | None = None,
        tags: Sequence[str] | None = None,
        category: str | Sequence[str] | None = None,
        min_count: int = 1,
        measure: str = "count",
        tidy: bool = False,
    ) -> pd.DataFrame:
        """Return how many posts have two tags together, or how strongly they do.

        Parameters
        ----------
        top : int, optional
            Of so many of the most frequent tags (default: 50).
        tags : list of str, optional
            Of these tags instead, in their order.
        category : str or list of str, optional
            Of the most frequent tags of this category.
        min_count : int
            Only tags that are on so many posts, and tidy only such pairs.
        measure : str
            ``"count"``, or a measure as for `related`.
        tidy : bool
            One row a pair instead of a square.

        Returns
        -------
        DataFrame
            A square, with the tags as index and as columns: int64 for counts, float64
            for measures. Its diagonal is the tag with itself. ``"frequency"`` is the
            share of the row's posts that have the column's tag, too; the others are
            the same both ways.

            Or, tidy, one row a pair of different tags that are together on a post,
            best first, without the reverse pair; for ``"frequency"`` with it.

            ======  =====  ===========================================================
            column  dtype  meaning
            ======  =====  ===========================================================
            tag_a   str    the tag that is more frequent, or was named first
            tag_b   str    the other one
            count   int64  how many posts have both
            ======  =====  ===========================================================

            A measure is one more column, float64, that bears its name.

        Raises
        ------
        ArgumentError
            If there is no such measure or category, or both tags and which of all
            are named.

        Examples
        --------
        >>> stats = lib.tag_stats(lib.search("sky", limit=50, progress=False))
        >>> stats.cooccurrence(top=5).shape
        (5, 5)
        >>> list(stats.cooccurrence(top=5, measure="jaccard", tidy=True))
        ['tag_a', 'tag_b', 'count', 'jaccard']
        """
        pairing.check(measure)
        names, codes = pairing.picked(
            self.backend, top=top, tags=tags, category=category, min_count=min_count
        )
        if tidy:
            frame = pairing.tidy(self.backend, names, codes, measure, min_count)
        else:
            frame = pairing.square(self.backend, names, codes, measure)
        lacking = [name for name, code in zip(names, codes, strict=True) if code < 0]
        return self._said(frame, lacking=lacking, about={"measure": measure})
