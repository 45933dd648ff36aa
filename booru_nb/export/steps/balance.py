"""No tag, artist or rating more often than the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks, links
from booru_nb.export.chance import drawn, names
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option

if TYPE_CHECKING:
    from booru_nb.export.outcome import Bench


@dataclass(frozen=True, kw_only=True)
class Balance(Step):
    """Leaves at most so many posts of each tag, or of each value of a column.

    Posts whose rarest class is the rarest choose first, so that frequent classes give
    way to rare ones; equal ones are drawn by the hash of their site and id.
    """

    name: ClassVar[str] = "balance"

    tags: tuple[str, ...] | None = option(checks.tags)
    column: str | None = option(checks.text)
    target: int | None = option(checks.size)
    others: str = option(checks.choice("keep", "drop"), "keep")
    seed: int = option(checks.whole, 0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.tags and self.column is None:
            raise ArgumentError("balance needs tags, or the name of a column.")

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:  # noqa: ARG002 - as every step has it
        """Return what this step leaves of posts."""
        classes = self._classes(posts)
        counts = Counter(name for each in classes for name in each)
        target = self.target or min(counts.values(), default=0)
        reasons = no_reasons(posts).to_numpy(object)
        left = Counter[str]()
        for place in self._order(posts, classes, counts):
            full = next((n for n in classes[place] if left[n] >= target), None)
            if full is not None:
                reasons[place] = f"enough of {full}"
            elif classes[place]:
                left.update(classes[place])
            elif self.others == "drop":
                reasons[place] = "of no class"
        missing = [tag for tag in self.tags or () if not counts[tag]]
        notes = [f"No post has the tag {tag!r}." for tag in missing]
        said = pd.Series(reasons, index=posts.index, dtype="str")
        return judged(posts, said, notes=notes)

    def _classes(self, posts: pd.DataFrame) -> list[list[str]]:
        """Return what each post counts for."""
        if self.column is not None:
            return links.values_of(posts, self.column)
        wanted = frozenset(self.tags or ())
        return [sorted(wanted & set(text.split())) for text in posts["tags"]]

    def _order(
        self, posts: pd.DataFrame, classes: list[list[str]], counts: Counter[str]
    ) -> list[int]:
        rarest = [min((counts[n] for n in each), default=0) for each in classes]
        chances = drawn(f"{self.seed}:balance", names(posts))
        order: list[int] = np.lexsort((chances, np.array(rarest))).tolist()
        return order
