"""Options that several commands share.

An option that is not given is no attribute of what argparse returns, so that the verb's
own default holds. Choices stand here once more, since the modules that know them take
long to import.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its only name

UNSAID: Any = argparse.SUPPRESS

DIALECTS = (
    *("danbooru", "e621", "gelbooru", "gelbooru02", "moebooru", "philomena"),
    *("shimmie2", "szurubooru"),
)
ORDERS = ("newest", "oldest", "score", "favorites", "random")
MEDIA = ("image", "animated", "video")
KINDS = ("original", "sample", "preview")
FORMATS = ("kohya", "imagefolder", "webdataset", "parquet", "csv")

SEARCH = (
    *("site", "limit", "rating", "min_score", "order", "media"),
    *("after", "before", "blacklist"),
)
"""What a search is told beside its query."""


def common(command: argparse.ArgumentParser) -> None:
    """Add what every command takes that opens a library."""
    command.add_argument(
        "--library",
        type=Path,
        metavar="PATH",
        help="the library's file (default: your own library)",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="print one JSON document, a list with one object a row, and nothing else; "
        "each object stands on a line of its own",
    )
    command.add_argument(
        "--quiet",
        action="store_true",
        help="show no progress (it is shown on a terminal only)",
    )


def search(command: argparse.ArgumentParser) -> None:
    """Add what `Library.search` is told."""
    group = command.add_argument_group(
        "the search", "What is not said is as in a notebook: lib.search(…)."
    )
    several: dict[str, Any] = {"type": names, "action": "extend", "default": UNSAID}
    group.add_argument(
        "--site",
        metavar="NAME[,NAME]",
        help="which sites are asked (default: the library's default site); "
        "'demo' is the built-in booru, and needs no network",
        **several,
    )
    group.add_argument(
        "--limit",
        type=limit,
        default=UNSAID,
        metavar="N",
        help="how many posts at the most, or 'all' (default: the library's, at first "
        "100)",
    )
    group.add_argument(
        "--rating",
        metavar="RATING[,RATING]",
        help="general, sensitive, questionable, explicit, or any (default: the "
        "library's, at first general)",
        **several,
    )
    group.add_argument(
        "--min-score", type=int, default=UNSAID, metavar="N", help="the lowest score"
    )
    group.add_argument(
        "--order", choices=ORDERS, default=UNSAID, help="what comes first"
    )
    group.add_argument(
        "--media", choices=MEDIA, default=UNSAID, help="the kind of file"
    )
    for name, text in (
        ("after", "the first day"),
        ("before", "the day behind the last"),
    ):
        group.add_argument(
            f"--{name}",
            default=UNSAID,
            metavar="DATE",
            help=f"{text} of upload, in UTC",
        )
    group.add_argument(
        "--blacklist",
        action=argparse.BooleanOptionalAction,
        default=UNSAID,
        help="whether posts on the blacklist are left out",
    )


def limit_bytes(group: argparse._ActionsContainer) -> None:
    """Add how large a file may be."""
    group.add_argument(
        "--limit-bytes",
        type=int,
        default=UNSAID,
        metavar="N",
        help="how large a file may be (default: 100 MB, 1 GB for videos)",
    )


def names(text: str) -> list[str]:
    """Return names that stand with commas between them."""
    found = [name.strip() for name in text.split(",")]
    if not all(found):
        raise argparse.ArgumentTypeError(f"a name is empty in {text!r}")
    return found


def limit(text: str) -> int | None:
    """Return a number of posts; None for all."""
    return None if text == "all" else int(text)


def said(options: argparse.Namespace, which: Iterable[str]) -> dict[str, Any]:
    """Return the options that were given, as keyword arguments of a verb."""
    found = {name: getattr(options, name) for name in which if hasattr(options, name)}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in found.items()
    }


def progress(options: argparse.Namespace) -> bool:
    """Tell whether progress is shown."""
    return not options.quiet and sys.stderr.isatty()
