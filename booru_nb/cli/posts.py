"""Which library a command opens, and which posts it means."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import booru_nb as bn
from booru_nb.cli.options import SEARCH, progress, said
from booru_nb.drawn import HOST

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    import pandas as pd

FILES = (".csv", ".parquet", ".json")
"""How names of files of posts end."""

DEMO = "demo"
STDIN = "-"


@contextmanager
def library(
    options: argparse.Namespace, table: pd.DataFrame | None = None
) -> Iterator[bn.Library]:
    """Open the library that is asked for, while the block runs.

    With the demo booru as the only site it is a demo library: in the file that is
    named, or else a temporary one. The same holds for posts that all come from there.
    """
    demo = is_demo(options, table)
    opened = bn.demo(options.library) if demo else bn.open(options.library)
    with opened as lib:
        yield lib


def is_demo(options: argparse.Namespace, table: pd.DataFrame | None = None) -> bool:
    """Tell whether the built-in booru is meant, and nothing else."""
    return getattr(options, "site", None) == [DEMO] or _is_of_demo(table)


def _is_of_demo(table: pd.DataFrame | None) -> bool:
    """Tell whether there are posts, and the built-in booru has made all of them."""
    if table is None or table.empty:
        return False
    return bool(table["post_url"].str.startswith(f"http://{HOST}/").all())


def file(words: Sequence[str]) -> Path | None:
    """Return the file that is meant; None where a query is."""
    if len(words) != 1:
        return None
    path = Path(words[0])
    return path if words[0] == STDIN or path.suffix.lower() in FILES else None


def read(path: Path) -> pd.DataFrame:
    """Return the posts of a file, or of standard input.

    Raises
    ------
    FormatError
        If they cannot be read.
    """
    if str(path) != STDIN:
        return bn.read_posts(path)
    from booru_nb.portable import tables  # noqa: PLC0415 - it is heavy

    return tables.from_json(sys.stdin.read(), name="standard input")


def given(words: Sequence[str], options: argparse.Namespace) -> pd.DataFrame | None:
    """Return the posts of a file; None where a query is meant."""
    path = file(words)
    if path is None:
        return None
    if strange := set(said(options, SEARCH)) - {"site"}:
        option = min(strange).replace("_", "-")
        options.wrong(f"--{option} is for a query, and {words[0]} is a file")
    return read(path)


def searched(
    lib: bn.Library, words: Sequence[str], options: argparse.Namespace
) -> pd.DataFrame:
    """Return what a search finds."""
    chosen = said(options, SEARCH)
    return lib.search(" ".join(words), progress=progress(options), **chosen)
