"""``booru-nb demo``: the demo booru on this machine."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from booru_nb.cli.ending import FAILED, OK, say
from booru_nb.cli.options import DIALECTS

if TYPE_CHECKING:
    import argparse

    from booru_nb.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("demo", help="serve the demo booru on this machine")
    command.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    command.add_argument("--port", type=int, default=8300, help="default: %(default)s")
    command.add_argument(
        "--dialect",
        choices=DIALECTS,
        default=DIALECTS[0],
        help="the engine that it speaks like (default: %(default)s)",
    )
    command.add_argument(
        "--faults",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="how many requests go wrong, such as 0.2 (default: none)",
    )
    command.set_defaults(run=run)


def _share(text: str) -> float:
    """Return a share from 0 to 1."""
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def run(options: argparse.Namespace) -> int:
    """Do what was asked, and return the exit code."""
    try:
        return serve_demo(
            options.host, options.port, dialect=options.dialect, faults=options.faults
        )
    except (OSError, OverflowError) as error:
        say(f"{options.port} cannot be used: {error}")
        return FAILED


def serve_demo(
    host: str, port: int, *, dialect: str = "danbooru", faults: float = 0.0
) -> int:
    """Serve the demo booru until Ctrl-C.

    Parameters
    ----------
    host, port : str, int
        Where it listens; port 0 takes a free one.
    dialect : str
        The engine that it speaks like.
    faults : float
        The share of requests that go wrong.
    """
    # Everything else of the command does without a web server.
    from booru_nb.drawn import badday, create_app  # noqa: PLC0415
    from booru_nb.drawn.serving import serve  # noqa: PLC0415

    app = create_app(dialect=dialect)
    badday.begin(app.faults, share=faults)
    with serve(app, host=host, port=port) as url:
        line = f'lib.add_site("{url}", engine="{dialect}", allow_private=True)'
        print(f"The demo booru is at {url} (Ctrl-C ends it)")  # noqa: T201
        print(f"In a notebook, with lib = bn.open():\n    {line}")  # noqa: T201
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    return OK
