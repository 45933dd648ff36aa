"""Words for how good, how old and how revealing a picture is, beside its tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.export.captions import presets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YOUNG = pd.Timedelta(days=7)
"""A post that was uploaded so shortly before the newest one has no score to go by."""


def ratings(posts: pd.DataFrame, words: Mapping[str, str]) -> list[str]:
    """Return the word for each post's rating; empty where it has none."""
    return [words.get(rating, "") for rating in posts["rating"].astype(object)]


def qualities(posts: pd.DataFrame, words: Sequence[str]) -> list[str]:
    """Return the word for each post's percentile of score within its rating.

    Without score, rating or date, and for young posts, it is empty. Posts of equal
    score share the middle of their ranks, so that a rating of which all have the same
    score is of middling quality.
    """
    scores = posts["score"].astype("Float64")
    at = posts["created_at"]
    known = scores.notna() & posts["rating"].notna() & (at <= at.max() - YOUNG)
    kinds = posts["rating"].astype(object)[known]
    groups = scores[known].astype("float64").groupby(kinds)
    share = 100 * (groups.rank() - 0.5) / groups.transform("size")
    rising = np.array(presets.PERCENTILES[::-1])
    places = np.searchsorted(rising, share.to_numpy(), side="right") - 1
    found = np.full(len(posts), "", dtype=object)
    best = len(rising) - 1
    found[known.to_numpy(dtype=bool)] = [words[best - place] for place in places]
    said: list[str] = found.tolist()
    return said


def years(posts: pd.DataFrame) -> list[str]:
    """Return the word for each post's year; empty where it is not known."""
    return [_age(year) for year in posts["created_at"].dt.year]


def _age(year: Any) -> str:  # noqa: ANN401 - a float, or not a number
    if pd.isna(year):
        return ""
    words = (word for last, word in presets.YEARS if year <= last)
    return next(words, presets.NEWEST)
