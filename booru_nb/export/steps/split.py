"""Which post is for training, and which for trying out what was learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks, links
from booru_nb.export.chance import drawn
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option

if TYPE_CHECKING:
    from booru_nb.export.outcome import Bench

TRAIN = 0.9
"""The share that is for training where none is said."""

# What shares may lack of one, being sums of decimal fractions.
_NOTHING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Split(Step):
    """Gives each post its split, by the hash of the group that it belongs to.

    Posts of the same file or cluster, and parents with their children, are a group,
    also by way of posts that are not in the dataset any more.
    """

    name: ClassVar[str] = "split"

    train: float | None = option(checks.share)
    validation: float | None = option(checks.share)
    test: float | None = option(checks.share)
    by: tuple[str, ...] = option(checks.texts, ())
    seed: int = option(checks.whole, 0)

    def __post_init__(self) -> None:
        super().__post_init__()
        said = {name: getattr(self, name) for name in ("train", "validation", "test")}
        total = sum(share or 0 for share in said.values())
        whole = None not in said.values()
        if total > 1 + _NOTHING or (whole and total < 1 - _NOTHING):
            shares = ", ".join(f"{n}={s}" for n, s in said.items() if s is not None)
            raise ArgumentError(f"{shares} add up to {total:g}, not to 1.")

    def shares(self) -> dict[str, float]:
        """Return the share of each split; they add up to one."""
        said = {name: getattr(self, name) for name in ("train", "validation", "test")}
        if not any(share is not None for share in said.values()):
            said["train"] = TRAIN
        rest = 1 - sum(share or 0.0 for share in said.values())
        heir = next((n for n in ("train", "test", "validation") if said[n] is None), "")
        return {n: rest if n == heir else share or 0.0 for n, share in said.items()}

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return posts with their split."""
        groups = links.groups(posts, bench.dropped, by=self.by)
        names = [f"{kind}:{one}:{two}" for kind, one, two in groups]
        chosen = self._chosen(drawn(str(self.seed), names))
        brought = bench.source.brought("split").reindex(posts.index)
        said = _of_groups(posts, brought, names)
        split = pd.Series(chosen, index=posts.index, dtype="str")
        split = said.where(said.notna(), split)
        return judged(posts.assign(split=split), no_reasons(posts), changed=len(posts))

    def _chosen(self, chances: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        shares = {n: s for n, s in self.shares().items() if s > _NOTHING}
        ends = np.cumsum(list(shares.values()))
        places = np.searchsorted(ends, chances, side="right")
        names = np.array([*shares], dtype=object)
        return names[np.minimum(places, len(names) - 1)]


def _of_groups(
    posts: pd.DataFrame, brought: pd.Series[Any], names: list[str]
) -> pd.Series[Any]:
    """Return the splits that posts bring, which hold for the others of their group.

    Where they differ, the others have that of the first post by site and id.
    """
    ranked = posts[["site", "id"]].assign(group=names, brought=brought)
    groups = ranked.sort_values(["site", "id"]).groupby("group")["brought"]
    return brought.where(brought.notna(), groups.transform("first"))
