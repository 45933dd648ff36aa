"""The same picture only once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks, links
from booru_nb.export.chance import names
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option
from booru_nb.export.pictures import lookalikes

if TYPE_CHECKING:
    from booru_nb.export.outcome import Bench

DISTANCE = 3
"""Bits in which the hashes of two thumbnails of one picture may differ."""

MOST = 15
"""Bits from which on hashes of 64 say nothing any more."""


def _distance(value: object, name: str) -> int | bool:
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    number = checks.whole(value, name)
    if not 0 <= number <= MOST:
        checks.refuse(name, f"True, False, or a number of bits from 0 to {MOST}", value)
    return number


@dataclass(frozen=True, kw_only=True)
class Dedup(Step):
    """Finds clusters of the same picture, and leaves one post of each.

    Links are followed: if a post is the same file as a second, and this one the parent
    of a third, the three are one cluster.
    """

    name: ClassVar[str] = "dedup"

    md5: bool = option(checks.flag, default=True)
    perceptual: bool | int = option(_distance, default=True)
    parents: bool = option(checks.flag, default=True)
    keep: str = option(checks.choice("best", "first", "all"), default="best")

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.md5 and self.perceptual is False and not self.parents:
            raise ArgumentError(
                "dedup finds nothing without md5, perceptual and parents: at least "
                "one of them is True."
            )

    @property
    def distance(self) -> int | None:
        """In how many bits hashes may differ; None where they are not compared."""
        if isinstance(self.perceptual, bool):
            return DISTANCE if self.perceptual else None
        return self.perceptual

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return what this step leaves of posts."""
        alike = pd.Series(np.arange(len(posts)), index=posts.index)
        notes: tuple[str, ...] = ()
        if self.distance is not None:
            alike, notes = lookalikes(posts, bench, distance=self.distance)
        clusters = _numbered(self._groups(posts, alike), posts.index)
        marked = posts.assign(cluster=clusters)
        if self.keep == "all":
            changed = int(clusters.notna().sum())
            return judged(marked, no_reasons(posts), changed=changed, notes=notes)
        best = _best(marked) if self.keep == "best" else marked
        chosen = best.index.to_series().groupby(best["cluster"]).transform("first")
        chosen = chosen.reindex(posts.index)
        gone = chosen.notna() & (chosen != posts.index)
        kept = marked.loc[chosen.where(gone, posts.index.to_series())]
        reasons = self._reasons(marked, kept, alike).where(gone, "")
        instead = pd.Series(names(kept), index=posts.index, dtype="str")
        return judged(marked, reasons, instead=instead, notes=notes)

    def _groups(self, posts: pd.DataFrame, alike: pd.Series[Any]) -> list[links.Node]:
        found = links.Groups()
        nodes = links.post_nodes(posts)
        pairs = [*links.clusters(posts)]
        if self.md5:
            pairs += links.same_file(posts)
        if self.parents:
            pairs += links.families(posts)
        pairs += [(n, (2, "alike", a)) for n, a in zip(nodes, alike, strict=True)]
        for one, two in pairs:
            found.join(one, two)
        return [found.first(node) for node in nodes]

    def _reasons(
        self, posts: pd.DataFrame, kept: pd.DataFrame, alike: pd.Series[Any]
    ) -> pd.Series[Any]:
        """Return what is said of each post, if another is kept in its place."""
        reasons = pd.Series("parent or child", index=posts.index, dtype="str")
        if not self.parents:
            reasons[:] = "same picture, by way of others"
        same = alike.to_numpy() == alike.loc[kept.index].to_numpy()
        reasons = reasons.mask(same, "same picture")
        file = posts["md5"].to_numpy(object) == kept["md5"].to_numpy(object)
        return reasons.mask(file & posts["md5"].notna().to_numpy(), "same file")


def _numbered(groups: list[links.Node], index: pd.Index[Any]) -> pd.Series[Any]:
    """Return the number of each post's cluster; missing where it has no twin."""
    codes, _ = pd.factorize(pd.Series(groups, dtype=object))
    there = np.bincount(codes, minlength=1)[codes] > 1
    found = pd.Series(pd.NA, index=index, dtype="Int64")
    found[there] = pd.factorize(codes[there])[0]
    return found


def _best(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts by area, then score, the largest first; else in their order."""
    worth = pd.DataFrame(
        {"area": posts["width"] * posts["height"], "score": posts["score"]}
    )
    ranked = worth.sort_values(
        ["area", "score"], ascending=False, na_position="last", kind="stable"
    )
    return posts.loc[ranked.index]
