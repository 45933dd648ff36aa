"""A database of DuckDB on the disk, which is there as long as who counts in it."""

from __future__ import annotations

import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.stats import leftovers

if TYPE_CHECKING:
    from collections.abc import Iterator

Db = Any
"""A connection of DuckDB, which is imported where one is made."""


@contextmanager
def opened(memory: str | None) -> Iterator[Db]:
    """Open a new database; if the block fails it is deleted again.

    Parameters
    ----------
    memory : str or None
        How much memory DuckDB may use; None for most of what there is.

    Raises
    ------
    ArgumentError
        If DuckDB is not there, or it cannot do what the block wants of it.
    """
    duckdb = _duckdb()
    leftovers.remove()
    folder = leftovers.begun()
    config = {
        "autoinstall_known_extensions": "false",
        "allow_community_extensions": "false",
    }
    if memory is not None:
        config["memory_limit"] = memory
    try:
        with told():
            db = duckdb.connect(str(folder / "posts.duckdb"), config=config)
            try:
                yield db
            except BaseException:  # a file that is open cannot be deleted everywhere
                db.close()
                raise
    except BaseException:  # whatever failed, nothing of it may stay on the disk
        leftovers.end(folder)
        raise


def ends_with(db: Db, owner: object) -> None:
    """Delete a database when its owner is gone, at the latest when Python ends."""
    (path,) = db.execute(
        "select path from duckdb_databases() where path <> ''"
    ).fetchone()
    weakref.finalize(owner, _end, db, Path(path).parent)


def _end(db: Db, folder: Path) -> None:
    db.close()
    leftovers.end(folder)


@contextmanager
def told() -> Iterator[None]:
    """Tell what DuckDB cannot do."""
    duckdb = _duckdb()
    try:
        yield
    except duckdb.Error as error:
        said = " ".join(str(error).split())[:300]
        raise ArgumentError(
            f"DuckDB could not count the posts: {said} It may need more memory "
            "(memory='8GB'), or more room in the folder for temporary files."
        ) from error


def _duckdb() -> Any:  # noqa: ANN401 - it publishes no types of its own here
    try:
        import duckdb  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise ArgumentError(
            "Posts of Parquet files are streamed by DuckDB, which is not installed: "
            'pip install "booru-nb[scale]". Fewer posts are counted without it: '
            "engine='memory'."
        ) from error
    return duckdb
