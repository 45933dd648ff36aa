"""``booru-nb lab``: JupyterLab on copies of the notebooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb import settings
from booru_nb.cli.ending import FAILED, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from booru_nb.cli.options import Commands

FIRST = "1_browse.ipynb"


def add(commands: Commands) -> None:
    """Add the command."""
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
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do what was asked, and return the exit code."""
    try:
        return lab(options.folder, options.jupyters)
    except OSError as error:
        say(f"{options.folder} cannot be used: {error}")
        return FAILED


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
        say(
            "JupyterLab is not installed here. Install it with:\n"
            '    pip install "booru-nb[lab]"'
        )
        return FAILED
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
    package = Path(__file__).parents[1]
    shipped = package / "_notebooks"
    return shipped if shipped.is_dir() else package.parent / "notebooks"
