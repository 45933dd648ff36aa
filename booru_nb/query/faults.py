"""What is wrong with a query, and where."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from booru_nb.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

BEFORE, AFTER = 50, 30
"""Characters of the query that an error shows around the place."""

LONGEST = 400
"""Characters of the sentence before it."""


class Fault(Exception):  # noqa: N818 - it never leaves the package
    """Something in a query cannot be read.

    Parameters
    ----------
    message : str
        What, and what to do.
    start, end : int, optional
        Where in the query; None where only the caller knows.
    """

    def __init__(
        self, message: str, start: int | None = None, end: int | None = None
    ) -> None:
        super().__init__(message)
        self.start = start
        self.end = end

    def at(self, start: int, end: int) -> Fault:
        """Return this with a place, unless it has one."""
        if self.start is None:
            self.start, self.end = start, end
        return self


def error(text: str, fault: Fault) -> QueryError:
    """Return the error that shows a query, and the place of a fault in it."""
    said = str(fault)
    if len(said) > LONGEST:
        said = f"{said[: LONGEST // 2]}…{said[-LONGEST // 2 :]}"
    if fault.start is None:
        return QueryError(said)
    end = min(max(fault.end or 0, fault.start + 1), fault.start + AFTER)
    first = max(0, fault.start - BEFORE)
    shown = "".join(c if c.isprintable() else " " for c in text[first : end + AFTER])
    head, tail = "…" * (first > 0), "…" * (end + AFTER < len(text))
    blanks = " " * (fault.start - first + len(head))
    carets = "^" * (end - fault.start)
    return QueryError(f"{said}\n    {head}{shown}{tail}\n    {blanks}{carets}")


def guess(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.75)
    return close[0] if close else None
