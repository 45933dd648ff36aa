"""What a library keeps, carried into other files and out of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError, FormatError
from booru_nb.kept import KeptBookmark, KeptPost, KeptSite
from booru_nb.library import given, known
from booru_nb.library.acceptance import may_be_set
from booru_nb.portable import document, report, tables
from booru_nb.portable.importing import Here, Import, Listed
from booru_nb.portable.newfile import replacing
from booru_nb.schemas import IMPORTS
from booru_nb.store import exporting
from booru_nb.store.merging import merge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    import pandas as pd

    from booru_nb.kept import Kept
    from booru_nb.library.state import State
    from booru_nb.portable.importing import Source
    from booru_nb.store.connections import Db


def write_document(state: State, path: Path, *, history: bool) -> None:
    """Write everything that is kept into a JSON document.

    Raises
    ------
    ArgumentError
        If something else is there.
    FormatError
        If it cannot be written.
    """
    _refuse_to_replace(state, path)
    sites = known_sites(state)

    def rows(db: Db) -> Iterator[Kept]:
        for row in exporting.rows(db, history=history):
            if isinstance(row, KeptSite) and row.url is None and row.name in sites:
                # What is built in has no address in the file.
                known_as = sites[row.name]
                yield replace(row, url=known_as.url, engine=known_as.engine)
            else:
                yield row

    with replacing(path) as begun, begun.open("w", encoding="utf-8") as stream:
        state.store.file.read(lambda db: document.write(stream, rows(db)))


def join(state: State, source: Source, *, dry_run: bool) -> pd.DataFrame:
    """Join the rows of a file to a library, and return what became of them.

    Raises
    ------
    FormatError
        If it cannot be read. Nothing was changed then.
    """
    here = Here(
        sites=known_sites(state),
        presets=[name for name in state.sites() if state.is_preset(name)],
        setting=partial(may_be_set, state),
    )
    work = Import(source, here)
    tallies = merge(state.store.file, work.rows, dry_run=dry_run)
    if isinstance(source, Listed):
        tallies["posts"].withheld += source.withheld
    for subject, reasons in source.skipped.items():
        tallies[subject].skipped.update(reasons)
    if not dry_run:
        # Thumbnails are kept when they are shown; hardly any is there yet.
        state.bookmarks_changed([])
    return state.table(report.columns(tallies, work.all_notes()), IMPORTS)


def read_posts(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the posts of a CSV, Parquet or JSON file. See `booru_nb.read_posts`."""
    posts, _ = tables.read(not_open_here(path))
    return posts


def listed(path: str | PathLike[str]) -> Listed:
    """Return a CSV, Parquet or JSON file as rows to be joined to a library.

    They are bookmarks where it has a column of those.
    """
    posts, withheld = tables.read(not_open_here(path))
    own = set(tables.OWN) & set(posts.columns)
    entries = list(given.entries(posts, lambda _: None))
    # What is written last is shown first.
    entries.reverse()
    kept: list[Kept] = [KeptPost(post=e.post, collected=not own) for e in entries]
    if own:
        kept += [
            KeptBookmark(
                site=entry.post.site,
                id=entry.post.id,
                folder=entry.folder or "",
                note=entry.note or "",
                bookmarked_at=entry.bookmarked_at,
            )
            for entry in entries
        ]
    return Listed(kept, withheld)


def known_sites(state: State) -> dict[str, KeptSite]:
    """Return every site that is known here, by name, with its address and engine."""
    records = {
        record.name: KeptSite(name=record.name, url=record.url, engine=record.engine)
        for record in state.store.sites.all()
    }
    asked = {
        name: KeptSite(name=name, url=site.url, engine=site.engine)
        for name, site in state.sites().items()
    }
    return records | asked


def not_open_here(path: str | PathLike[str]) -> Path:
    """Return the path of a file to be read, which is no library that is open here.

    Opening and closing the file of one would drop its locks.

    Raises
    ------
    ArgumentError
        If it is one.
    """
    file = Path(path).expanduser().absolute()
    if known.by_path(file) is not None:
        raise ArgumentError(f"{file} is a library that is open. Name another file.")
    return file


def _refuse_to_replace(state: State, path: Path) -> None:
    if not path.exists():
        return
    if path.is_dir():
        raise ArgumentError(f"{path} is a folder. Name a file in it.")
    # Looked at first, since opening the live file would drop its locks.
    if path.samefile(state.path) or not _is_document(path):
        raise ArgumentError(
            f"{path} exists, and is no earlier export. Choose another name, or delete "
            "it first."
        )


def _is_document(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning = document.BEGINNING.encode()
            return file.read(len(beginning)) == beginning
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}.") from error
