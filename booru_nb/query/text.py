"""How words and texts are compared: without case, and with ``*`` for anything."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SUBSTRING = frozenset({"source", "note"})
"""Texts in which a pattern without ``*`` may stand anywhere."""


def fold(text: str) -> str:
    """Return a text in Unicode's compatible form (NFKC), without case."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=1024)
def regex(pattern: str, *, tail: str = "") -> re.Pattern[str]:
    """Return what a pattern with ``*`` means, for the whole of a text.

    Parameters
    ----------
    pattern : str
        With ``*`` for any characters, or none.
    tail : str
        A regular expression for what may follow.
    """
    # Each gap ends at the first place where what follows it stands, for good: a text
    # that does not fit is then found out in one pass, however many stars there are.
    first, *gaps = re.split(r"\*+", pattern)
    parts = [re.escape(first)]
    if gaps:
        *middle, last = gaps
        parts += [f"(?>.*?{re.escape(part)})" for part in middle]
        parts.append(f".*{re.escape(last)}")
    return re.compile("".join(parts) + tail, re.DOTALL)


def matcher(field: str, pattern: str) -> Callable[[str | None], bool]:
    """Return what tells whether a text of a field fits a pattern.

    Parameters
    ----------
    field : str
        A folder's pattern also fits the folders within it; `SUBSTRING` says which
        texts are searched in.
    pattern : str
        Folded.

    Returns
    -------
    callable
        A missing or empty text does not fit.
    """
    if field in SUBSTRING and "*" not in pattern:
        return lambda text: bool(text) and pattern in fold(str(text))
    fits = regex(pattern, tail="(?:/.*)?" if field == "folder" else "").fullmatch
    return lambda text: bool(text) and fits(fold(str(text))) is not None
