"""``booru-nb search``: `Library.search`, in a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.cli import ending, options, posts, showing
from booru_nb.errors import BooruError

if TYPE_CHECKING:
    import pandas as pd

    import booru_nb as bn

SHOWN = ["site", "id", "rating", "score", "width", "height", "ext", "tags"]
"""The columns of the table, where none are asked for."""


def add(commands: options.Commands) -> None:
    """Add the command."""
    command = commands.add_parser(
        "search",
        help="search boorus, as lib.search(…) does",
        description="Search boorus, and print what is found: a table, or JSON.",
        epilog="What had arrived at Ctrl-C or at an error is printed as well. "
        + ending.CODES,
    )
    command.add_argument(
        "query",
        nargs="*",
        help="tags in the site's own words; none for the newest posts. Quote it, or "
        "write -- before it, where a tag begins with '-'",
    )
    options.search(command)
    options.common(command)
    command.add_argument(
        "--columns",
        type=options.names,
        metavar="NAME[,NAME]",
        help="which columns, in which order (default: all of them; in the table some)",
    )
    command.add_argument(
        "--output",
        type=_output,
        metavar="FILE",
        help="write the posts into a .csv, .parquet or .json file, and print none "
        "(with --json: print them, too)",
    )
    command.set_defaults(run=run, wrong=command.error)


def _output(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in posts.FILES:
        raise argparse.ArgumentTypeError(
            f"{text!r} does not end in {', '.join(posts.FILES)}"
        )
    return path


def run(asked: argparse.Namespace) -> int:
    """Do what was asked, and return the exit code."""
    _check_columns(asked)
    with ending.working() as work, posts.library(asked) as lib:
        found = _found(lib, asked, work)
        if asked.output is not None:
            _write(found, asked)
    if asked.json:
        showing.json(found if asked.columns is None else found[asked.columns])
    elif asked.output is None:
        showing.table(found[asked.columns or SHOWN])
    return work.code


def _check_columns(asked: argparse.Namespace) -> None:
    from booru_nb.schemas import POSTS  # noqa: PLC0415 - it is heavy

    if strange := [name for name in asked.columns or () if name not in POSTS]:
        asked.wrong(f"no column is called {strange[0]!r}, only: {', '.join(POSTS)}")


def _found(
    lib: bn.Library, asked: argparse.Namespace, work: ending.Work
) -> pd.DataFrame:
    """Return what is found, or what had arrived when it ended early."""
    try:
        return posts.searched(lib, asked.query, asked)
    except KeyboardInterrupt:
        work.code = ending.STOPPED
        ending.say(f"Stopped: {len(lib.last)} posts had arrived, and are kept.")
        return lib.last
    except BooruError as error:
        if error.posts is None or error.posts.empty:
            raise
        work.code = ending.FAILED
        ending.say(str(error))
        return error.posts  # type: ignore[no-any-return]


def _write(found: pd.DataFrame, asked: argparse.Namespace) -> None:
    write = getattr(found.booru, f"to_{asked.output.suffix.lower()[1:]}")
    path = write(asked.output, columns=asked.columns)
    if not asked.quiet:
        ending.say(f"{len(found)} posts are in {path}")
