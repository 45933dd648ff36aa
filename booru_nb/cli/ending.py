"""How a command ends: its exit code, and what is said where it is not all right.

Standard output belongs to the answer alone; all else goes to standard error.
"""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import BooruError, SiteWarning

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

OK, FAILED, USAGE, PARTLY, STOPPED = 0, 1, 2, 3, 130

CODES = (
    "Exit codes: 0 all right; 1 an error; 2 wrong usage; 3 some of it failed (one of "
    "several sites, a file, a post); 130 stopped by Ctrl-C."
)


@dataclass
class Work:
    """What is under way.

    Attributes
    ----------
    code : int
        How it will end, as far as can be told.
    """

    code: int = OK


def of(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Return a command's exit code; what went wrong is said in a sentence."""
    try:
        return run(options)
    except BooruError as error:
        say(str(error))
        return FAILED
    except KeyboardInterrupt:
        say("Stopped.")
        return STOPPED


@contextmanager
def working() -> Iterator[Work]:
    """Keep standard output free while the block works, and say what it warns of.

    Yields
    ------
    Work
        With `PARTLY` as its code in the end, where a site was left out.
    """
    work = Work()
    with redirect_stdout(sys.stderr), warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", SiteWarning)
        try:
            yield work
        finally:
            for warning in heard:
                say(str(warning.message))
                if issubclass(warning.category, SiteWarning) and work.code == OK:
                    work.code = PARTLY


def say(text: str) -> None:
    """Tell the user something that is not the answer."""
    print(clean(text), file=sys.stderr, flush=True)  # noqa: T201


def clean(text: str) -> str:
    """Return a text without what a terminal obeys; a site may have written it."""
    return "".join(
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
