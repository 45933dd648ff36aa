"""Programs that download pictures, each as it is called for the same originals.

They are installed once, in these versions, into virtual environments of their own in
the package's cache folder. None of them is told to be polite: pauses are off.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PINNED = {"gallery-dl": "1.32.18", "waifuboard": "2.0.1", "img2dataset": "1.47.0"}
PAGE = 100
"""Posts of a page, of which a program that counts pages gets whole ones."""

_QUIET = {"NO_ALBUMENTATIONS_UPDATE": "1", "WANDB_MODE": "disabled"}
"""What keeps a dependency from asking the network for news of itself."""


@dataclass(frozen=True)
class Job:
    """What a program is to do.

    Attributes
    ----------
    base : str
        The booru.
    kind : str
        ``plain`` or ``late``.
    count : int
        How many originals, the newest.
    folder : Path
        An empty folder.
    files : Mapping
        The address of each original, with its md5.
    """

    base: str
    kind: str
    count: int
    folder: Path
    files: Mapping[str, str]


@dataclass(frozen=True)
class Tool:
    """A program.

    Attributes
    ----------
    name : str
        As the table has it.
    command : callable
        Returns how it is called for a job.
    """

    name: str
    command: Callable[[Job], list[str]]


def home(package: str) -> Path:
    """Return the virtual environment of a package, made where it is not there."""
    version = PINNED[package]
    folder = settings.cache_folder() / "benchmarks" / f"{package}-{version}"
    if not (folder / "complete").exists():
        print(f"installing {package} {version} …", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, f"{package}=={version}"], check=True)
        (folder / "complete").touch()
    return folder / "bin"


def environment() -> dict[str, str]:
    """Return the variables that the programs run with."""
    return {**os.environ, **_QUIET}


def ours(what: str) -> Callable[[Job], list[str]]:
    """Return how this library is called."""

    def command(job: Job) -> list[str]:
        module = ["-m", "tests.benchmarks.peer_ours"]
        asked = [what, job.base, job.kind, str(job.count), str(job.folder)]
        return [sys.executable, *module, *asked]

    return command


def gallery_dl(job: Job) -> list[str]:
    """Return how gallery-dl is called, for a search on a Danbooru."""
    options = {
        "base-directory": str(job.folder / "files"),
        "directory": [],
        "filename": "{id}.{extension}",
        "sleep-request": 0,
    }
    config = job.folder / "gallery-dl.json"
    config.write_text(json.dumps({"extractor": options, "output": {"mode": "null"}}))
    program = [str(home("gallery-dl") / "gallery-dl"), "--config-ignore", "-c"]
    search = f"Danbooru:{job.base}/posts?tags={job.kind}"
    return [*program, str(config), "--range", f"1-{job.count}", search]


def gallery_dl_summed(job: Job) -> list[str]:
    """Return how its files are hashed as well, which it does not do by itself."""
    summed = '"$@" && md5sum "$0"/*'
    return ["sh", "-c", summed, str(job.folder / "files"), *gallery_dl(job)]


_WAIFUBOARD = """
import asyncio, logging, sys
from waifuboard import DanbooruClient

async def main(base, tags, pages, limit, folder):
    client = DanbooruClient(
        directory=folder, rate_limit=None, logger_level=logging.ERROR
    )
    client.base_url = base
    await client.posts.download(limit=limit, end_page=pages, tags=tags)

asyncio.run(main(*sys.argv[1:3], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]))
"""


def waifuboard(job: Job) -> list[str]:
    """Return how waifuboard is called, for pages of a Danbooru."""
    program = [str(home("waifuboard") / "python"), "-c", _WAIFUBOARD]
    pages = str(job.count // PAGE)
    return [*program, job.base, job.kind, pages, str(PAGE), str(job.folder / "files")]


def img2dataset(layout: str, *, decoded: bool) -> Callable[[Job], list[str]]:
    """Return how img2dataset is called, for a list of addresses with their md5.

    Originals stay as they are either way; where they are decoded, each was looked at.
    """
    stay: dict[str, object] = {"disable_all_reencoding": True}
    if decoded:
        stay = {"resize_mode": "no", "skip_reencode": True}

    def command(job: Job) -> list[str]:
        listed = job.folder / "list.csv"
        rows = [f"{url},{md5}" for url, md5 in job.files.items()]
        listed.write_text("\n".join(["url,md5", *rows]))
        options = {
            "url_list": listed,
            "input_format": "csv",
            "url_col": "url",
            "compute_hash": "md5",
            "verify_hash": '["md5","md5"]',
            "output_folder": job.folder / "files",
            "output_format": layout,
            **stay,
            "processes_count": 2,
            "thread_count": 16,
            # Two at least, since each process has a shard to itself.
            "number_sample_per_shard": job.count // 2,
            "enable_wandb": False,
        }
        said = [f"--{name}={value}" for name, value in options.items()]
        return [str(home("img2dataset") / "img2dataset"), *said]

    return command


# A download with an md5 is decoded by none; an export of ours looks at each picture.
FILES = (
    Tool("ours", ours("files")),
    Tool("gallery-dl", gallery_dl),
    Tool("and md5sum", gallery_dl_summed),
    Tool("waifuboard", waifuboard),
    Tool("img2dataset", img2dataset("files", decoded=False)),
)
SHARDS = (
    Tool("ours", ours("webdataset")),
    Tool("img2dataset", img2dataset("webdataset", decoded=True)),
    Tool("undecoded", img2dataset("webdataset", decoded=False)),
)
