"""``booru-nb download``: `Library.download`, in a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.cli import ending, options, posts, results

if TYPE_CHECKING:
    import argparse

    import pandas as pd

DOWNLOAD = ("to", "template", "kind", "limit_bytes", "overwrite")


def add(commands: options.Commands) -> None:
    """Add the command."""
    command = commands.add_parser(
        "download",
        help="download the files of posts, as lib.download(…) does",
        description="Download the files of posts, and say what became of each.",
        epilog="It is safe to stop, and to run again: what is there is not fetched "
        "twice. " + ending.CODES,
    )
    command.add_argument(
        "posts",
        nargs="+",
        help="a query, which is searched for; or a .csv, .parquet or .json file of "
        "posts, or - for what 'booru-nb search --json' prints",
    )
    options.search(command)
    options.common(command)
    _add_own(command)
    command.set_defaults(run=run, wrong=command.error)


def _add_own(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("the files")
    unsaid = options.UNSAID
    group.add_argument(
        "--to",
        type=Path,
        default=unsaid,
        metavar="FOLDER",
        help="where to (default: the library's folder for downloads; the demo "
        "has none that stays)",
    )
    group.add_argument(
        "--template",
        default=unsaid,
        help="names of the files, such as %%artist%%/%%id%%.%%ext%%",
    )
    group.add_argument(
        "--kind", choices=options.KINDS, default=unsaid, help="which file of each post"
    )
    options.limit_bytes(group)
    group.add_argument(
        "--overwrite",
        action="store_true",
        default=unsaid,
        help="fetch the files again that the library knows",
    )


def run(asked: argparse.Namespace) -> int:
    """Do what was asked, and return the exit code."""
    with ending.working() as work:
        table = posts.given(asked.posts, asked)
        _check_folder(table, asked)
        with posts.library(asked, table) as lib:
            if table is None:
                table = posts.searched(lib, asked.posts, asked)
            try:
                done = lib.download(
                    table,
                    progress=options.progress(asked),
                    **options.said(asked, DOWNLOAD),
                )
            except KeyboardInterrupt:
                had = lib.last_download["status"].isin(["downloaded", "present"]).sum()
                ending.say(
                    f"Stopped: {had} of {len(table)} files are there, and are kept. "
                    "The same command fetches the rest."
                )
                return ending.STOPPED
    return results.show(done, asked, work, amiss={"failed", "skipped"})


def _check_folder(table: pd.DataFrame | None, asked: argparse.Namespace) -> None:
    """Refuse a folder that would be gone when the command has ended."""
    passing = asked.library is None and posts.is_demo(asked, table)
    if passing and not hasattr(asked, "to"):
        asked.wrong("--to is needed: this demo library is gone with its folder")
