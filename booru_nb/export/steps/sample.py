"""Some of the posts, drawn by chance that is the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks, links
from booru_nb.export.chance import drawn, names
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option

if TYPE_CHECKING:
    from booru_nb.export.outcome import Bench


_NOTHING = 1e-6
"""What a share of a number may be above a whole one, being a decimal fraction."""


def _size(value: object, name: str) -> int | float:
    if isinstance(value, (float, np.floating)):
        return checks.share(value, name)
    count = checks.whole(value, name)
    if count < 0:
        checks.refuse(name, "a number of posts, or a share from 0.0 to 1.0", value)
    return count


@dataclass(frozen=True, kw_only=True)
class Sample(Step):
    """Leaves the posts whose site and id have the smallest hashes.

    So a sample of more posts has those of a smaller one, and a further post in the
    frame pushes out one at the most.
    """

    name: ClassVar[str] = "sample"

    size: int | float | None = option(_size)
    by: str | None = option(checks.text)
    seed: int = option(checks.whole, 0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.size is None:
            raise ArgumentError("sample needs a number of posts, or a share of them.")

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:  # noqa: ARG002 - as every step has it
        """Return what this step leaves of posts."""
        chances = pd.Series(
            drawn(f"{self.seed}:sample", names(posts)), index=posts.index
        )
        gone = ~self._drawn(chances, self._kinds(posts))
        return judged(posts, no_reasons(posts).mask(gone, "not drawn"))

    def _drawn(self, chances: pd.Series[Any], kinds: pd.Series[Any]) -> pd.Series[Any]:
        groups = chances.groupby(kinds)
        ranks = groups.rank(method="first")
        if not isinstance(self.size, float):
            return ranks <= (self.size or 0)
        most = np.ceil(groups.transform("size") * self.size - _NOTHING)
        found: pd.Series[Any] = ranks <= most
        return found

    def _kinds(self, posts: pd.DataFrame) -> pd.Series[Any]:
        if self.by is None:
            return pd.Series("", index=posts.index, dtype="str")
        values = links.values_of(posts, self.by)
        kinds = [" ".join(each) for each in values]
        return pd.Series(kinds, index=posts.index, dtype="str")
