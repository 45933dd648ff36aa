"""The command ``booru-nb``."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb import settings
from booru_nb.sites import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = "1_browse.ipynb"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands behind the command's name (default: what was typed).
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    # What stands behind a lone "--" is Jupyter's.
    cut = given.index("--") if "--" in given else len(given)
    options = _parser().parse_args(given[:cut])
    try:
        if options.command == "lab":
            return lab(options.folder, given[cut + 1 :])
        return serve_demo(
            options.host, options.port, dialect=options.dialect, faults=options.faults
        )
    except (OSError, OverflowError) as error:
        what = getattr(options, "folder", getattr(options, "port", ""))
        print(f"{what} cannot be used: {error}", file=sys.stderr)  # noqa: T201
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="booru-nb", description="Explore imageboards inside Jupyter."
    )
    parser.add_argument("--version", action="version", version=version(settings.APP))
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser(
        "lab",
        help="open JupyterLab on the notebooks",
        usage="booru-nb lab [FOLDER] [-- JUPYTER'S OPTIONS]",
    )
    command.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=settings.data_folder() / "notebooks",
        help="where your copies of the notebooks are kept (default: %(default)s)",
    )
    command = commands.add_parser("demo", help="serve the demo booru on this machine")
    command.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    command.add_argument("--port", type=int, default=8300, help="default: %(default)s")
    command.add_argument(
        "--dialect",
        choices=ENGINES,
        default=next(iter(ENGINES)),
        help="the engine that it speaks like (default: %(default)s)",
    )
    command.add_argument(
        "--faults",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="how many requests go wrong, such as 0.2 (default: none)",
    )
    return parser


def _share(text: str) -> float:
    """Return a share from 0 to 1."""
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def lab(folder: Path, options: Sequence[str] = ()) -> int:
    """Open JupyterLab on a folder with copies of the notebooks.

    Copies that are there already are left as they are.

    Parameters
    ----------
    folder : Path
        Where the copies are kept; made where it does not exist.
    options : sequence of str
        Jupyter's own options.

    Returns
    -------
    int
        JupyterLab's exit code; 1 where it is not installed.
    """
    if find_spec("jupyterlab") is None:
        print(  # noqa: T201
            "JupyterLab is not installed here. Install it with:\n"
            '    pip install "booru-nb[lab]"',
            file=sys.stderr,
        )
        return 1
    copy_notebooks(folder)
    print(f"The notebooks are in {folder}", flush=True)  # noqa: T201
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        # Jupyter refuses root otherwise, which is who one is in many a container.
        *(["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
        *options,
    ]
    if os.name == "posix":
        # JupyterLab takes this process over, so that signals reach it.
        os.execv(command[0], command)  # noqa: S606
    return subprocess.run(command, check=False).returncode  # noqa: S603


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the notebooks that a folder lacks, and return the copies."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for notebook in sorted(_notebooks().glob("*.ipynb")):
        copy = folder / notebook.name
        if not copy.exists():
            copies.append(Path(shutil.copyfile(notebook, copy)))
    return copies


def _notebooks() -> Path:
    """Return the folder of notebooks: in the wheel, or else in a checkout."""
    package = Path(__file__).parent
    shipped = package / "_notebooks"
    return shipped if shipped.is_dir() else package.parent / "notebooks"


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
