"""What became of each post, and what that means for the exit code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from booru_nb.cli import ending, showing

if TYPE_CHECKING:
    import argparse

    import pandas as pd


def show(
    done: pd.DataFrame, asked: argparse.Namespace, work: ending.Work, *, amiss: set[str]
) -> int:
    """Print what became of posts, and return the exit code.

    Without ``--json`` the posts that failed or were skipped are a table; how many
    there are of each kind is said beside it.

    Parameters
    ----------
    done : DataFrame
        With `site`, `id`, `status` and `reason`.
    asked : argparse.Namespace
        How to show it.
    work : Work
        How all has gone before.
    amiss : set of str
        Which status of a post is a failure of the command.
    """
    if asked.json:
        showing.json(done)
    else:
        without = done[done["status"].isin(["failed", "skipped"])]
        if len(without):
            showing.table(without[["site", "id", "status", "reason"]])
        counts = done["status"].value_counts()
        parts = [f"{count} {status}" for status, count in counts.items() if count]
        said = (", ".join(parts) or "There are no posts.") + _where(done)
        if not asked.quiet:
            dry = "Nothing was done. There would be: " * hasattr(asked, "dry_run")
            ending.say(dry + said)
    failed = done["status"].isin(amiss).any()
    return ending.PARTLY if failed and work.code == ending.OK else work.code


def _where(done: pd.DataFrame) -> str:
    """Return where files are, for who has not said where to put them."""
    folders = {os.path.dirname(path) for path in done["path"].dropna()}  # noqa: PTH120 - as text
    absolute = [folder for folder in folders if os.path.isabs(folder)]  # noqa: PTH117
    return f", in {os.path.commonpath(absolute)}" if absolute else ""
