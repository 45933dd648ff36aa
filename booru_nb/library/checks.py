"""Arguments, checked before anything is done with them."""

from __future__ import annotations

import operator

from booru_nb.errors import ArgumentError


def whole(value: object, *, what: str) -> int:
    """Return a whole number from 0 on, of whatever integer type it is.

    Raises
    ------
    ArgumentError
        If it is none; the message says what it was meant for.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = -1
    if number < 0 or isinstance(value, bool):
        raise ArgumentError(f"{what} is a whole number from 0 on, not {value!r}.")
    return number


def limit(value: object) -> int | None:
    """Return a limit; None for everything.

    Raises
    ------
    ArgumentError
        If it is neither a whole number nor None.
    """
    return None if value is None else whole(value, what="A limit, unless it is None,")


def text(value: object, *, what: str) -> str:
    """Return a text.

    Raises
    ------
    ArgumentError
        If it is none; the message says what it was meant for.
    """
    if not isinstance(value, str):
        raise ArgumentError(f"{what} is a text such as 'sky', not {value!r}.")
    return value
