"""What keeps numbers from standing for more than the posts that were counted."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.stats.relations import Known

KEY = "caveats"
"""The key of ``frame.attrs`` under which a frame of statistics has its caveats."""

_MOST_NAMED = 5


def stamped(frame: pd.DataFrame, caveats: Iterable[str]) -> pd.DataFrame:
    """Let a frame say its caveats in its ``attrs``, and return it."""
    said = list(dict.fromkeys(caveats))
    if said:
        frame.attrs[KEY] = said
    return frame


def unrelated(sites: pd.Categorical[Any], known: Known, vocabulary: str) -> list[str]:
    """Say of which sites no aliases and implications are known that are asked for."""
    if vocabulary == "raw":
        return []
    lacking = [str(site) for site in pd.unique(sites) if site not in known]
    if not lacking:
        return []
    names = ", ".join(lacking)
    said = f"No aliases and implications of {names} are known; tags from there are raw."
    return [said]


def undated(number: int) -> list[str]:
    """Say how many posts have no date, where it matters."""
    if not number:
        return []
    return [f"{number:,} {'post has' if number == 1 else 'posts have'} no date."]


def unknown(tags: Sequence[str], names: pd.Index[Any]) -> list[str]:
    """Say which tags no post has, and which were perhaps meant."""
    return [_unknown(tag, names) for tag in tags[:_MOST_NAMED]]


def _unknown(tag: str, names: pd.Index[Any]) -> str:
    # Close names of the same beginning are many; of all of a large booru, too many.
    near = names[names.str.startswith(tag[:1])] if tag else names
    close = difflib.get_close_matches(tag, near[: 1 << 15], n=1)
    guess = f" Did you mean {close[0]!r}?" if close else ""
    return f"No post here has the tag {tag!r}.{guess}"
