"""What every post of a dataset must have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.export.outcome import Bench

    Rule = tuple[pd.Series[Any], str]
    """Which posts break it, and what is said of them."""


@dataclass(frozen=True, kw_only=True)
class Require(Step):
    """Leaves the posts that have all of this.

    A value that is not known passes no rule, and has a reason of its own. A post has
    the reason of the first rule that it breaks, in the order of the fields.
    """

    name: ClassVar[str] = "require"

    min_side: int | None = option(checks.size)
    max_side: int | None = option(checks.size)
    min_width: int | None = option(checks.size)
    max_width: int | None = option(checks.size)
    min_height: int | None = option(checks.size)
    max_height: int | None = option(checks.size)
    min_area: int | None = option(checks.size)
    max_area: int | None = option(checks.size)
    megapixels: tuple[float | None, float | None] | None = option(checks.span)
    aspect: tuple[float | None, float | None] | None = option(checks.span)
    ext: tuple[str, ...] | None = option(checks.extensions)
    rating: tuple[str, ...] | None = option(checks.ratings)
    status: tuple[str, ...] | None = option(checks.statuses)
    min_score: int | None = option(checks.whole)
    max_score: int | None = option(checks.whole)
    percentile: float | None = option(checks.percentile)
    after: str | None = option(checks.moment)
    before: str | None = option(checks.moment)

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("side", "width", "height", "area", "score"):
            low, high = f"min_{name}", f"max_{name}"
            ends = {low: getattr(self, low), high: getattr(self, high)}
            checks.in_order(name, ends)
        if self.after and self.before:
            first, end = pd.Timestamp(self.after), pd.Timestamp(self.before)
            if first >= end:
                raise ArgumentError(
                    f"after={self.after} is not before before={self.before}."
                )

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:  # noqa: ARG002 - as every step has it
        """Return what this step leaves of posts."""
        reasons = no_reasons(posts)
        for broken, reason in self._rules(posts):
            reasons = reasons.mask((reasons == "") & broken.astype(bool), reason)
        return judged(posts, reasons)

    def _rules(self, posts: pd.DataFrame) -> Iterator[Rule]:
        wide, high = posts["width"], posts["height"]
        side = wide.where(wide.isna() | (wide <= high), high).where(high.notna())
        area = wide * high
        yield from _between("side", side, self.min_side, self.max_side)
        yield from _between("width", wide, self.min_width, self.max_width)
        yield from _between("height", high, self.min_height, self.max_height)
        yield from _between("area", area, self.min_area, self.max_area)
        if self.megapixels is not None:
            millions = area.astype("Float64") / 1e6
            yield from _between("megapixels", millions, *self.megapixels)
        if self.aspect is not None:
            ratio = (wide / high.where(high > 0)).astype("Float64")
            yield from _between("aspect", ratio, *self.aspect)
        yield from _among("file type", posts["ext"], self.ext)
        yield from _among("rating", posts["rating"], self.rating)
        yield from _among("status", posts["status"], self.status)
        yield from _between("score", posts["score"], self.min_score, self.max_score)
        yield from self._ranked(posts)
        yield from self._dated(posts["created_at"])

    def _ranked(self, posts: pd.DataFrame) -> Iterator[Rule]:
        if self.percentile is None:
            return
        year = posts["created_at"].dt.year
        unknown = posts["score"].isna() | posts["rating"].isna() | year.isna()
        yield unknown, "score, rating or date unknown"
        scores = posts["score"].astype("Float64")
        kinds = [posts["rating"].astype(object), year]
        low = scores.groupby(kinds).transform("quantile", q=self.percentile / 100)
        below = (scores < low).fillna(value=False)
        yield below, f"score below percentile {self.percentile:g} of rating and year"

    def _dated(self, at: pd.Series[Any]) -> Iterator[Rule]:
        if self.after or self.before:
            yield at.isna(), "date unknown"
        if self.after:
            yield at < pd.Timestamp(self.after), f"uploaded before {self.after[:10]}"
        if self.before:
            end = pd.Timestamp(self.before)
            yield at >= end, f"not uploaded before {self.before[:10]}"


def _between(
    what: str, column: pd.Series[Any], low: float | None, high: float | None
) -> Iterator[Rule]:
    if low is not None or high is not None:
        yield column.isna(), f"{what} unknown"
    if low is not None:
        yield (column < low).fillna(value=False), f"{what} below {low:g}"
    if high is not None:
        yield (column > high).fillna(value=False), f"{what} above {high:g}"


def _among(
    what: str, column: pd.Series[Any], wanted: tuple[str, ...] | None
) -> Iterator[Rule]:
    if wanted is not None:
        yield column.isna(), f"{what} unknown"
        yield ~column.isin(list(wanted)), f"{what} is not {', '.join(wanted)}"
