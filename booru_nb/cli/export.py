"""``booru-nb export``: `Dataset.export` of a recipe, or of posts, in a terminal."""

from __future__ import annotations

import argparse
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from booru_nb.cli import ending, options, posts, results

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    import booru_nb as bn
    from booru_nb.export.dataset import Dataset

EXPORT = ("images", "dry_run", "overwrite", "limit_bytes")
SHARES = ("train", "validation", "test")


def add(commands: options.Commands) -> None:
    """Add the command."""
    command = commands.add_parser(
        "export",
        help="export a dataset, as ds.export(…) does",
        description="Export a dataset: of a recipe that ds.save(…) has written, or of "
        "posts as they are. Only what is missing is fetched and written.",
        epilog=ending.CODES,
    )
    command.add_argument(
        "posts",
        nargs="+",
        help="a recipe (.json); or a query of the posts that are kept in the library, "
        "or with --site of those that a search finds; or a .csv, .parquet or .json "
        "file of posts, or - for what 'booru-nb search --json' prints",
    )
    _add_own(command)
    options.search(command)
    options.common(command)
    command.set_defaults(run=run, wrong=command.error)


def _add_own(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("the dataset")
    unsaid = options.UNSAID
    group.add_argument(
        "--to", required=True, help="a folder, or any address that fsspec knows"
    )
    group.add_argument(
        "--format", required=True, choices=options.FORMATS, help="how it is laid out"
    )
    group.add_argument(
        "--option",
        type=_option,
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="of the format, such as shard_size=500; may be given several times. A "
        "value that is JSON is read as that",
    )
    group.add_argument(
        "--posts",
        dest="over",
        metavar="FILE|QUERY",
        help="run the recipe over these posts, and not over those that it names",
    )
    group.add_argument("--name", default=unsaid, help="of a dataset without a recipe")
    for name in SHARES:
        group.add_argument(
            f"--{name}",
            type=float,
            default=unsaid,
            metavar="SHARE",
            help="ends the recipe with ds.split(…), such as --train 0.9"
            if name == "train"
            else "likewise",
        )
    group.add_argument(
        "--dry-run", action="store_true", default=unsaid, help="tell, and write nothing"
    )
    group.add_argument(
        "--metadata-only",
        action="store_false",
        dest="images",
        default=unsaid,
        help="fetch and write no pictures",
    )
    group.add_argument(
        "--overwrite",
        action="store_true",
        default=unsaid,
        help="replace another dataset that is in this folder",
    )
    options.limit_bytes(group)


def _option(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def run(asked: argparse.Namespace) -> int:
    """Do what was asked, and return the exit code."""
    with ending.working() as work, _opened(asked) as (lib, table):
        dataset = _dataset(lib, table, asked)
        if shares := options.said(asked, SHARES):
            dataset = dataset.split(**shares)
        try:
            done = dataset.export(
                asked.to,
                asked.format,
                progress=options.progress(asked),
                **options.said(asked, EXPORT),
                **dict(asked.option),
            )
        except KeyboardInterrupt:
            ending.say(
                f"Stopped. What is complete in {asked.to} is kept; the same command "
                "writes the rest."
            )
            return ending.STOPPED
    return results.show(done, asked, work, amiss={"failed"})


@contextmanager
def _opened(
    asked: argparse.Namespace,
) -> Iterator[tuple[bn.Library, pd.DataFrame | None]]:
    """Open the library, and read the posts that stand in a file."""
    words = _words(asked)
    table = posts.given(words, asked) if words else None
    with posts.library(asked, table) as lib:
        yield lib, table


def _words(asked: argparse.Namespace) -> list[str]:
    """Return what says which posts are meant; empty where a recipe alone says it."""
    if _recipe(asked) is None:
        return list(asked.posts)
    return [] if asked.over is None else [asked.over]


def _dataset(
    lib: bn.Library, table: pd.DataFrame | None, asked: argparse.Namespace
) -> Dataset:
    progress = options.progress(asked)
    recipe = _recipe(asked)
    if recipe is None:
        named = options.said(asked, ("name",))
        whole = _posts(lib, table, asked)
        return lib.dataset(whole, progress=progress, **named)
    over = None if asked.over is None else _posts(lib, table, asked)
    return lib.load_dataset(recipe, posts=over, progress=progress)


def _recipe(asked: argparse.Namespace) -> Path | None:
    """Return the recipe's file; None where posts are exported as they are."""
    path = posts.file(asked.posts)
    is_one = path is not None and path.suffix == ".json" and not _is_list(path)
    if is_one and hasattr(asked, "name"):
        asked.wrong("--name is for posts, and a recipe has its own")
    if not is_one and asked.over is not None:
        asked.wrong(f"--posts is for a recipe, and {asked.posts[0]} is none")
    return path if is_one else None


def _is_list(path: Path) -> bool:
    """Tell whether a file begins as a list of posts does."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip().startswith(b"[")
    except OSError:  # told by who reads all of it
        return False


def _posts(
    lib: bn.Library, table: pd.DataFrame | None, asked: argparse.Namespace
) -> pd.DataFrame | str:
    """Return the posts of a file or a search, or a query of those that are kept."""
    if table is not None:
        return table
    if hasattr(asked, "site"):
        return posts.searched(lib, _words(asked), asked)
    _refuse_search(asked)
    return " ".join(_words(asked))


def _refuse_search(asked: argparse.Namespace) -> None:
    if strange := options.said(asked, options.SEARCH):
        option = min(strange).replace("_", "-")
        asked.wrong(f"--{option} is for a search: name a site with --site")
