"""A library on a demo booru that is really served, for tests of downloads."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import booru_nb as bn
from booru_nb import drawn
from booru_nb.drawn.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from booru_nb.drawn.app import DemoApp

ORIGINALS = "/original/*"


@contextmanager
def served(**options: object) -> Iterator[tuple[DemoApp, str]]:
    """Serve a demo booru while the block runs."""
    app = drawn.create_app(tag_limit=None, **options)  # type: ignore[arg-type]
    with serve(app) as url:
        yield app, url


@contextmanager
def library(file: Path, url: str, *, loop: str | None = None) -> Iterator[bn.Library]:
    """Open a library that knows a booru as ``quay``, and asks it by default."""
    with bn.open(file, loop=loop) as opened:
        opened.add_site(url, name="quay", engine="danbooru", allow_private=True)
        opened.set_default_site("quay")
        yield opened


def intact(table: pd.DataFrame, posts: pd.DataFrame) -> int:
    """Return how many files are there with the md5 that their posts have."""
    found = table.merge(posts[["site", "id", "md5"]], on=["site", "id"])
    return sum(
        hashlib.md5(Path(str(row.path)).read_bytes(), usedforsecurity=False).hexdigest()
        == row.md5
        for row in found[found["path"].notna()].itertuples()
    )


def names(folder: Path) -> list[str]:
    """Return the files below a folder, sorted."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    )


def whole(folder: Path) -> list[str]:
    """Return those of them that are no parts."""
    return [name for name in names(folder) if not name.endswith(".part")]
