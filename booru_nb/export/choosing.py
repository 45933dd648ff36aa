"""The steps of a dataset that remove posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from booru_nb.errors import ArgumentError
from booru_nb.export import checks, given
from booru_nb.export.chain import Chain
from booru_nb.export.steps.balance import Balance
from booru_nb.export.steps.choose import Drop, Keep
from booru_nb.export.steps.dedup import Dedup
from booru_nb.export.steps.require import Require
from booru_nb.export.steps.sample import Sample
from booru_nb.query import Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from booru_nb.export.outcome import Step

    Given = Any
    """A query, a mask, a frame, a row, a `Post`, a ``(site, id)``, or several."""


class Choosing(Chain):
    """What chooses posts. Each returns a new dataset, and checks what it is told."""

    def require(  # noqa: PLR0913 - each is a rule of its own
        self,
        *,
        min_side: int | None = None,
        max_side: int | None = None,
        min_width: int | None = None,
        max_width: int | None = None,
        min_height: int | None = None,
        max_height: int | None = None,
        min_area: int | None = None,
        max_area: int | None = None,
        megapixels: float | tuple[float | None, float | None] | None = None,
        aspect: tuple[float | None, float | None] | None = None,
        ext: str | Sequence[str] | None = None,
        rating: str | Sequence[str] | None = None,
        status: str | Sequence[str] | None = None,
        min_score: int | None = None,
        max_score: int | None = None,
        percentile: float | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
    ) -> Self:
        """Leave the posts that have all of this; what is not known does not pass.

        Parameters
        ----------
        min_side, max_side : int, optional
            Pixels of the shorter side.
        min_width, max_width, min_height, max_height : int, optional
            Pixels.
        min_area, max_area : int, optional
            Pixels, width times height.
        megapixels : float or (float, float), optional
            Millions of pixels: the fewest, or the fewest and the most; None for no end.
        aspect : (float, float), optional
            The lowest and the highest width divided by height; None for no end.
        ext : str or list of str, optional
            Extensions of files; jpg and jpeg are the same.
        rating, status : str or list of str, optional
            Those that pass, in the words of the frame; ``rating="any"`` asks nothing.
        min_score, max_score : int, optional
            Score.
        percentile : float, optional
            From 0 to 100: a post's score is at least this percentile of the posts, of
            those left so far, that have its rating and its year of upload.
        after, before : str, date or datetime, optional
            The first day (or moment) of upload, and the one behind the last, in UTC.

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        ArgumentError
            If one of them cannot be used, or none is given.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> ds.require(min_side=768, ext="jpg").posts["ext"].unique().tolist()
        ['jpg']
        """
        options = {n: v for n, v in locals().items() if n != "self" and v is not None}
        if not options:
            raise ArgumentError("require needs at least one thing that is required.")
        return self._with(Require(**options))

    def keep(self, posts: Given) -> Self:
        """Leave some posts.

        Parameters
        ----------
        posts : str, Series, array, DataFrame, (site, id) or list
            A query of the local language, which `Library.query` describes; with
            ``order:`` and ``limit:`` the first ones. Or a boolean mask: a Series is
            aligned by the index of the frame that was given (missing means False), an
            array has its length. Or the posts themselves.

        Returns
        -------
        Dataset
            With this step. The order of the posts stays.

        Raises
        ------
        QueryError
            If the query cannot be read.
        ArgumentError
            If it is nothing of these, or does not fit the posts.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> "sky" in ds.keep("sky").posts["tags"].iloc[0].split()
        True
        """
        return self._with(self._choice(Keep, posts))

    def drop(self, posts: Given) -> Self:
        """Remove some posts.

        Parameters
        ----------
        posts : str, Series, array, DataFrame, (site, id) or list
            As for `keep`.

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        QueryError, ArgumentError
            As for `keep`.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> len(ds.drop(ds.posts.head(5)))
        15
        """
        return self._with(self._choice(Drop, posts))

    def _choice(self, kind: type[Keep | Drop], posts: Given) -> Step:
        asked = posts.text if isinstance(posts, Query) else posts
        named = given.named(asked, self._source, "posts")
        if isinstance(named, str):
            return kind(query=named)
        return kind(posts=tuple(named))

    def dedup(
        self,
        *,
        md5: bool = True,
        perceptual: bool | int = True,
        parents: bool = True,
        keep: str = "best",
    ) -> Self:
        """Leave one post of each picture.

        Posts that belong together are a cluster, also by way of others. Thumbnails
        that are not cached yet are fetched when the step runs, with progress; a post
        whose thumbnail cannot be had looks like no other.

        Parameters
        ----------
        md5 : bool
            Whether posts of the same file, here or on another site, belong together.
        perceptual : bool or int
            Whether posts whose thumbnails look the same do; a number is in how many
            bits, of 64, their perceptual hashes may differ (True: 3).
        parents : bool
            Whether a parent and its children do, and children of one parent.
        keep : {"best", "first", "all"}
            Which one stays: the one of the largest area, of these the one with the
            highest score, of these the first by site and id; or the first in the frame;
            or all of them, with their cluster only, which `split` does not part.

        Returns
        -------
        Dataset
            With this step; `posts`, `dropped` and `clusters` have the number of each
            post's cluster. A further `dedup` may join clusters, and adds others.

        Raises
        ------
        ArgumentError
            If one of them cannot be used.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> ds.dedup(perceptual=False).posts["md5"].is_unique
        True
        """
        return self._with(
            Dedup(md5=md5, perceptual=perceptual, parents=parents, keep=keep)
        )

    def balance(
        self,
        by: str | Sequence[str],
        *,
        target: int | None = None,
        others: str = "keep",
        seed: int = 0,
    ) -> Self:
        """Leave at most so many posts of each tag, or of each value of a column.

        Frequent tags give way to rare ones: posts of the rarest choose first.

        Parameters
        ----------
        by : str or list of str
            The name of a column, such as ``artist`` or ``rating``; of a column of tags
            each tag is a value. Any other text is a tag, and a list is of tags.
        target : int, optional
            How many posts of each at the most (default: as many as the rarest has).
        others : {"keep", "drop"}
            What becomes of posts that have none of these.
        seed : int
            Another one draws other posts.

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        ArgumentError
            If one of them cannot be used.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> ds.balance("rating", target=3).report("rating")["kept"].tolist()
        [3]
        """
        column = isinstance(by, str) and by in self._source.posts.columns
        what = {"column": by} if column else {"tags": self._tags(by)}
        options: dict[str, Any] = {"others": others, "seed": seed, **what}
        if target is not None:
            options["target"] = target
        return self._with(Balance(**options))

    def _tags(self, given: object) -> tuple[str, ...]:
        found = checks.tags(given, "by")
        if columns := [tag for tag in found if tag in self._source.posts.columns]:
            raise ArgumentError(
                f"by is one column, or a list of tags, and {columns[0]!r} is a column: "
                f"balance(by={columns[0]!r}), and a further balance for another."
            )
        return found

    def sample(self, size: float, *, by: str | None = None, seed: int = 0) -> Self:
        """Leave some posts by chance, the same each time.

        Parameters
        ----------
        size : int or float
            How many posts; or, as a float from 0.0 to 1.0, which share of them, rounded
            up. A larger sample has all posts of a smaller one.
        by : str, optional
            A column, such as ``rating``: so many, or this share, of each value.
        seed : int
            Another one draws other posts.

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        ArgumentError
            If one of them cannot be used, or there is no such column.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> len(ds.sample(5))
        5
        """
        if by is not None:
            self._check_column(by, "by")
        return self._with(Sample(size=size, by=by, seed=seed))

    def _check_column(self, name: str, what: str) -> None:
        own = {"caption", "split", "cluster"}
        if isinstance(name, str) and name not in {*self._source.posts.columns, *own}:
            has = ", ".join(map(str, self._source.posts.columns))
            raise ArgumentError(
                f"{what}: the posts have no column {name!r}, only {has}."
            )
