"""The command's arguments, and which command they are for."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from booru_nb import settings
from booru_nb.cli import demo, download, ending, export, lab, search

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands behind the command's name (default: what was typed).

    Returns
    -------
    int
        One of those of `ending`.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    jupyters: list[str] = []
    if given[:1] == ["lab"] and "--" in given:
        # What stands behind a lone "--" is Jupyter's.
        cut = given.index("--")
        given, jupyters = given[:cut], given[cut + 1 :]
    made = parser()
    options, rest = made.parse_known_args(given)
    if rest:
        made.error(f"unrecognized arguments: {' '.join(rest)}{_hint(options, rest)}")
    options.jupyters = jupyters
    return ending.of(options.run, options)


def _hint(options: argparse.Namespace, rest: Sequence[str]) -> str:
    """Return what to do where tags have been taken for options."""
    tags = options.command in {"search", "download", "export"} and any(
        not word.startswith("--") for word in rest
    )
    return ". Write -- before a query in which a tag begins with '-'" if tags else ""


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments."""
    made = argparse.ArgumentParser(
        prog="booru-nb",
        description="Explore imageboards inside Jupyter, or from here.",
        epilog=ending.CODES,
    )
    made.add_argument("--version", action="version", version=version(settings.APP))
    commands = made.add_subparsers(dest="command", required=True)
    for module in (lab, search, download, export, demo):
        module.add(commands)
    return made
