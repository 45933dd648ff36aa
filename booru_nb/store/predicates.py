"""Python functions that one SQL statement asks, value by value.

Each connection knows the one SQL function `NAME`. Its first argument is the number of
a Python function that is lent for the time of a statement; SQL functions themselves
cannot be changed while a statement runs.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

NAME = "asked"
"""In SQL: ``asked(number, value)``."""

_numbers = count(1)
_lent: dict[int, Callable[[Any], int]] = {}


def register(db: sqlite3.Connection) -> None:
    """Let a connection's statements ask the functions that are lent."""
    db.create_function(NAME, 2, lambda number, value: _lent[number](value))


class Lent:
    """The functions that are lent to a statement."""

    def __init__(self) -> None:
        self._numbers: list[int] = []

    def lend(self, function: Callable[[Any], int]) -> int:
        """Return the number by which a statement asks a function."""
        number = next(_numbers)
        _lent[number] = function
        self._numbers.append(number)
        return number

    def end(self) -> None:
        """Take them back."""
        for number in self._numbers:
            _lent.pop(number, None)


@contextmanager
def lending() -> Iterator[Lent]:
    """Lend functions until the block is left."""
    lent = Lent()
    try:
        yield lent
    finally:
        lent.end()
