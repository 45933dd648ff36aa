"""What is not to be shown, in whatever way it is given: rules, or posts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.library import given

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Named:
    """Rules and posts.

    Attributes
    ----------
    rules : list of str
        As they are kept: one line each, single blanks.
    posts : list of (str, int)
        Site and id of each.
    """

    rules: list[str]
    posts: list[tuple[str, int]]


def read(what: object) -> Named:
    """Return the rules or the posts that were given, each once, in their order.

    Parameters
    ----------
    what : str, iterable of str, or Given
        Rules, one a line, without what stands behind a ``#`` that has blanks around
        it; or posts; or rows of a blacklist, which may be both.

    Raises
    ------
    ArgumentError
        If it is nothing of these.
    """
    if isinstance(what, pd.Series):
        what = what.to_frame().T
    if isinstance(what, pd.DataFrame):
        if {"kind", "rule"} <= set(what.columns):
            is_rule = what["kind"] == "rule"
            posts = given.keys(what.loc[~is_rule, ["site", "id"]])
            return Named(_lines(what.loc[is_rule, "rule"]), posts)
        return Named([], given.keys(what))
    texts = [what] if isinstance(what, str) else _texts(what)
    return Named([], given.keys(what)) if texts is None else Named(_lines(texts), [])


def _texts(what: object) -> list[str] | None:
    """Return any number of texts; None if something is no text."""
    if not isinstance(what, (list, tuple, set, frozenset)):
        return None
    texts = [text for text in what if isinstance(text, str)]
    return texts if len(texts) == len(what) else None


def _lines(texts: Iterable[str]) -> list[str]:
    # A tag may begin with the sign of a comment.
    words = (line.split() for text in texts for line in text.splitlines())
    plain = (" ".join(takewhile(lambda word: word != "#", line)) for line in words)
    return list(dict.fromkeys(line for line in plain if line))


def rows(blacklist: pd.DataFrame, named: Named) -> pd.DataFrame:
    """Return the rows of a blacklist that are named, in its order."""
    keys = zip(blacklist["site"], blacklist["id"], strict=True)
    posts = pd.Series([key in set(named.posts) for key in keys], dtype=bool)
    return blacklist[posts | blacklist["rule"].isin(named.rules)].reset_index(drop=True)
