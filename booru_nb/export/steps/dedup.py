"""The same picture only once."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks, links
from booru_nb.export.chance import names
from booru_nb.export.lookalikes import lookalikes
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        groups = self._groups(posts, alike)
        marked = posts.assign(cluster=_numbered(groups, posts, bench.dropped))
        if self.keep == "all":
            changed = int(marked["cluster"].notna().sum())
            return judged(marked, no_reasons(posts), changed=changed, notes=notes)
        best = _best(marked) if self.keep == "best" else marked
        chosen = best.index.to_series().groupby(best["cluster"]).transform("first")
        chosen = chosen.reindex(posts.index)
        gone = chosen.notna() & (chosen != posts.index)
        reasons, instead = no_reasons(posts), no_reasons(posts)
        kept = posts.loc[chosen[gone]]
        reasons[gone] = self._reasons(posts[gone], kept, alike)
        instead[gone] = names(kept)
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
        self, gone: pd.DataFrame, kept: pd.DataFrame, alike: pd.Series[Any]
    ) -> list[str]:
        """Return why each post is not needed beside the one that is kept for it."""
        same = (alike[gone.index].to_numpy() == alike[kept.index].to_numpy()).tolist()
        pairs = zip(_facts(gone), _facts(kept), same, strict=True)
        return [self._reason(one, other, same=same) for one, other, same in pairs]

    def _reason(self, one: _Facts, other: _Facts, *, same: bool) -> str:
        if one.is_file_of(other) or other.is_file_of(one):
            return "same file"
        if same:
            return "same picture"
        if self.parents and one.site == other.site and one.family & other.family:
            return "parent or child"
        return "same picture, by way of others"


class _Facts(NamedTuple):
    """What may make a post the twin of another."""

    site: str
    id: int
    md5: object
    also_on: str
    parent: Any

    def is_file_of(self, other: _Facts) -> bool:
        """Whether it says itself that it is the same file."""
        token = f"{other.site}:{other.id}"
        same = isinstance(self.md5, str) and self.md5 == other.md5
        return same or token in self.also_on.split()

    @property
    def family(self) -> set[int]:
        """The ids of the post and of its parent."""
        known = not pd.isna(self.parent) and self.parent > 0
        return {self.id, int(self.parent)} if known else {self.id}


def _facts(posts: pd.DataFrame) -> Iterator[_Facts]:
    columns = ("site", "id", "md5", "also_on", "parent_id")
    rows = zip(*(posts[name].tolist() for name in columns), strict=True)
    return itertools.starmap(_Facts, rows)


def _numbered(
    groups: list[links.Node], posts: pd.DataFrame, dropped: Sequence[pd.DataFrame]
) -> pd.Series[Any]:
    """Return the number of each post's cluster; missing where it has no twin.

    A cluster of an earlier step keeps its number, and no other gets it.
    """
    before = [each["cluster"] for each in (posts, *dropped) if "cluster" in each]
    highest = [each.max() for each in before if each.notna().any()]
    codes, _ = pd.factorize(pd.Series(groups, dtype=object))
    there = np.bincount(codes, minlength=1)[codes] > 1
    found = pd.Series(pd.NA, index=posts.index, dtype="Int64")
    found[there] = pd.factorize(codes[there])[0] + int(max(highest, default=-1)) + 1
    if "cluster" in posts:
        old = posts["cluster"].groupby(codes).transform("min")
        found = old.where(old.notna(), found)
    return found


def _best(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts by area, then score, the largest first; then by site and id."""
    worth = posts[["score", "site", "id"]].assign(area=posts["width"] * posts["height"])
    ranked = worth.sort_values(
        ["area", "score", "site", "id"],
        ascending=[False, False, True, True],
        na_position="last",
    )
    return posts.loc[ranked.index]
