"""Frames on standard output: as JSON, or as a table for the eye."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from booru_nb.cli.ending import clean
from booru_nb.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

GAP = "  "
CUT = "…"


def json(frame: pd.DataFrame) -> None:
    """Print a frame as one JSON document: a list with one object a row."""
    from booru_nb.portable import jsonrows  # noqa: PLC0415 - it is heavy

    out(jsonrows.lines(frame))


def table(frame: pd.DataFrame) -> None:
    """Print a frame as a table.

    On a terminal its columns stand below each other, and lines end where the terminal
    does; elsewhere tabs stand between whole cells.
    """
    texts = frame.astype(object).where(frame.notna(), "")
    rows = [[str(name) for name in frame.columns]]
    rows += [
        [clean(str(value)).replace("\n", " ") for value in row]
        for row in texts.itertuples(index=False, name=None)
    ]
    if not sys.stdout.isatty():
        out("\t".join(row) for row in rows)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    most = shutil.get_terminal_size().columns
    padded = (
        GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    out(_cut(line.rstrip(), most) for line in padded)


def _cut(line: str, most: int) -> str:
    return line if len(line) <= most else line[: most - 1] + CUT


def out(lines: Iterable[str]) -> None:
    """Print lines; where nobody reads on, this ends in silence.

    Raises
    ------
    FileError
        If they cannot be written for another reason.
    """
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except OSError as error:
        _let_go()
        raise FileError(
            f"The answer could not be written: {error.strerror}."
        ) from error


def _let_go() -> None:
    """Have what is still to be written go nowhere, or Python fails at its end again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
