"""The format that an export is told, checked with its options."""

from __future__ import annotations

import difflib
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.export.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.export.parts import Format


def layout(given: str | Format | None, options: Mapping[str, Any]) -> Format:
    """Return a format by its name, with its options; any other is what it is.

    Raises
    ------
    ArgumentError
        If there is no such format, or it has no such option, or cannot use it.
    """
    known = ", ".join(FORMATS)
    if given is None:
        raise ArgumentError(f"Which format? ds.export(to, format) takes {known}.")
    if not isinstance(given, str):
        if not hasattr(given, "write") or isinstance(given, type):
            raise ArgumentError(f"format is one of {known}, not {given!r}.")
        if options:
            raise ArgumentError(f"{given.name} was made with its options already.")
        return given
    if given not in FORMATS:
        raise ArgumentError(
            f"format is one of {known}, not {given!r}.{_guess(given, FORMATS)}"
        )
    made = FORMATS[given]
    names = _names(made)
    for name in options:
        if name not in names:
            raise ArgumentError(
                f"{given} has no option {name!r}.{_guess(name, names)} It has: "
                f"{', '.join(names)}."
            )
    return made(**options)


def _names(made: type[Format]) -> list[str]:
    """Return the names of a format's options."""
    return [each.name for each in fields(made)] if is_dataclass(made) else []


def _guess(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""
