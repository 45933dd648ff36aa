"""What the steps of a recipe leave of the posts, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.export.chance import names
from booru_nb.guard import withheld
from booru_nb.stats.relations import of_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.export.outcome import Bench, Host, Outcome, Step
    from booru_nb.export.source import Source

START = "posts"
"""What the report calls the posts that a dataset begins with."""


@dataclass(frozen=True)
class Line:
    """What a step did, as a line of the report.

    Attributes
    ----------
    step : str
        What it is called; a second one of its kind has a number.
    options : str
        How it was asked for.
    removed, kept, changed : int
        How many posts.
    reasons : Mapping of str to int
        Why posts were removed, and how many, the most frequent first.
    """

    step: str
    options: str
    removed: int
    kept: int
    changed: int
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What is left of the posts, and what became of the others.

    Attributes
    ----------
    posts : DataFrame
        What is left, by its places in the source.
    dropped : tuple of DataFrame
        What each step removed, with `step`, `reason` and `instead`.
    lines : tuple of Line
        What each step did.
    notes : tuple of str
        What must be known of it.
    """

    posts: pd.DataFrame
    dropped: tuple[pd.DataFrame, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def start(source: Source, host: Host) -> Result:
    """Return the posts that a dataset begins with, each once."""
    posts = _allowed(source.posts, host)
    again = posts.duplicated(["site", "id"])
    reason = "the same post again"
    gone = posts[again].assign(step=START, reason=reason)
    gone["instead"] = pd.Series(names(gone), index=gone.index, dtype="str")
    kept = posts[~again]
    reasons = {reason: len(gone)} if len(gone) else {}
    line = Line(START, source.query or "", len(gone), len(kept), 0, reasons)
    return Result(kept, (gone,), (line,))


def _allowed(posts: pd.DataFrame, host: Host) -> pd.DataFrame:
    """Return posts without those that the guard withholds for what their tags mean."""
    aliases, implications = host.relations()
    words = sorted(set(" ".join(posts["tags"]).split()))
    meanings = of_frames(aliases, implications).meanings(words)
    bad = {words[n]: meant for n, meant in meanings.items() if withheld(None, meant)}
    if not bad:
        return posts
    ratings = posts["rating"].astype(object).where(posts["rating"].notna(), None)
    keep = [
        not withheld(rating, [w for tag in text.split() for w in bad.get(tag, ())])
        for rating, text in zip(ratings, posts["tags"], strict=True)
    ]
    return posts[keep]


def after(before: Result, step: Step, bench: Bench) -> Result:
    """Return what a step leaves of a result."""
    outcome = step.run(before.posts, bench)
    gone = _gone(before.posts, outcome, bench.label)
    reasons = {str(r): int(n) for r, n in gone["reason"].value_counts().items()}
    count = len(outcome.posts)
    line = Line(bench.label, str(step), len(gone), count, outcome.changed, reasons)
    return Result(
        outcome.posts,
        (*before.dropped, gone),
        (*before.lines, line),
        (*before.notes, *outcome.notes),
    )


def _gone(posts: pd.DataFrame, outcome: Outcome, label: str) -> pd.DataFrame:
    """Return the posts that a step removed, with what is said of them."""
    removed = outcome.removed
    extra: dict[str, Any] = {name: removed[name] for name in removed.columns}
    gone = posts.loc[removed.index].assign(step=label, **extra)
    return gone.astype({"step": "str"})


def labels(steps: tuple[Step, ...]) -> list[str]:
    """Return what each step is called: its kind, with a number from the second on."""
    found: list[str] = []
    for place, step in enumerate(steps):
        before = sum(other.name == step.name for other in steps[:place])
        found.append(f"{step.name} {before + 1}" if before else step.name)
    return found
