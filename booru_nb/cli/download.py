"""``booru-nb download``: `Library.download`, in a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.cli import ending, options, posts, results

if TYPE_CHECKING:
    import argparse

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
        help="where to (default: the library's folder for downloads)",
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
    with ending.working() as work, posts.library(asked) as lib:
        wanted = posts.given(lib, asked.posts, asked)
        try:
            done = lib.download(
                wanted,
                progress=options.progress(asked),
                **options.said(asked, DOWNLOAD),
            )
        except KeyboardInterrupt:
            had = lib.last_download["status"].isin(["downloaded", "present"]).sum()
            ending.say(
                f"Stopped: {had} of {len(wanted)} files are there, and are kept. The "
                "same command fetches the rest."
            )
            return ending.STOPPED
    return results.show(done, asked, work, amiss={"failed", "skipped"})
