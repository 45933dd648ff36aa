"""The posts of a dataset as they are handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import frames
from booru_nb.export.chance import names
from booru_nb.export.outcome import Bench
from booru_nb.export.steps.captions import Captions

if TYPE_CHECKING:
    from booru_nb.export.outcome import Host
    from booru_nb.export.results import Result
    from booru_nb.export.source import Source

SPLIT = "train"
"""The split of all posts where none was asked for."""


def posts(result: Result, source: Source, host: Host, *, name: str) -> pd.DataFrame:
    """Return what is left, with `caption`, `split` and `cluster`, by its labels."""
    found, steps = result.posts, {line.step for line in result.lines}
    if "captions" not in steps:
        # A caption is never empty, and no post is lost for want of a step.
        step = Captions(fallback=name or "picture")
        bench = Bench(source, (), host, "captions", progress=False)
        found = step.run(found, bench).posts
    if "split" not in steps:
        split = source.brought("split").reindex(found.index).fillna(SPLIT)
        found = found.assign(split=split.astype("str"))
    if "cluster" not in found:
        found = found.assign(cluster=_none(found))
    last = ["caption", "split", "cluster"]
    found = found[[*(c for c in found.columns if c not in last), *last]]
    return _labelled(found, source, host)


def exportable(posts: pd.DataFrame, result: Result, source: Source) -> pd.DataFrame:
    """Return posts without those that by their own tags are withheld by now.

    What a step has removed from the tags of a post does not let it pass, and what was
    learnt of a site since the dataset began counts.
    """
    still = frames.allowed(source.posts).index
    return posts[result.posts.index.isin(still)]


def dropped(result: Result, source: Source, host: Host) -> pd.DataFrame:
    """Return what was removed, with `step`, `reason` and `instead`, by its labels."""
    last = ["cluster", "step", "reason", "instead"]
    steps = [
        each if "cluster" in each else each.assign(cluster=_none(each))
        for each in result.dropped
    ]
    columns = [c for c in source.posts.columns if c not in last]
    parts = [frame[[*columns, *last]] for frame in steps if len(frame)]
    whole = pd.concat(parts) if parts else steps[0][[*columns, *last]]
    if "cluster" in result.posts:
        whole = whole.assign(cluster=_joined(whole, result.posts))
    return _labelled(whole, source, host)


def _joined(gone: pd.DataFrame, kept: pd.DataFrame) -> pd.Series[Any]:
    """Return the clusters of removed posts, which a later step may have joined.

    Each is in that of the post that was kept in its place; this one, if it was removed
    too, stands further below.
    """
    now = dict(zip(names(kept), kept["cluster"].tolist(), strict=True))
    found: list[Any] = []
    rows = zip(names(gone), gone["instead"], gone["cluster"].tolist(), strict=True)
    for name, instead, number in reversed([*rows]):
        cluster = now.get(instead, number) if number is not pd.NA else number
        found.append(cluster)
        now.setdefault(name, cluster)
    return pd.Series(found[::-1], index=gone.index, dtype="Int64")


def clusters(kept: pd.DataFrame, gone: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that are in a cluster, cluster by cluster, kept ones first."""
    parts = [kept.assign(kept=True), gone.assign(kept=False)]
    shared = [c for c in parts[0].columns if c in parts[1].columns]
    whole = pd.concat([part[shared] for part in parts])
    whole = whole[whole["cluster"].notna()]
    found = whole.sort_values("cluster", kind="stable")
    found.attrs = dict(kept.attrs)
    return found


def _labelled(posts: pd.DataFrame, source: Source, host: Host) -> pd.DataFrame:
    found = posts.set_axis(source.labels(posts.index), axis=0)
    return host.ours(found)


def _none(posts: pd.DataFrame) -> pd.Series[Any]:
    return pd.Series(pd.NA, index=posts.index, dtype="Int64")
