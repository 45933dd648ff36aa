"""A dataset as the `datasets` library has it; it needs booru-nb[datasets]."""

from __future__ import annotations

import hashlib
import warnings
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from booru_nb import settings
from booru_nb.errors import ArgumentError, DatasetWarning
from booru_nb.export.slices import cut, exportable
from booru_nb.media.disk import disk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from booru_nb.export.parts import Format


def library() -> Any:  # noqa: ANN401 - it publishes no types
    """Return the module `datasets`.

    Raises
    ------
    ArgumentError
        If it is not installed.
    """
    try:
        import datasets  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise ArgumentError(
            "A DatasetDict is made by the library datasets, which is not installed: "
            'pip install "booru-nb[datasets]". Without it, export(to, "parquet") '
            "writes the same for others to read."
        ) from error
    return datasets


def home() -> Path:
    """Return the folder of datasets for which no other place was named."""
    return settings.cache_folder() / "datasets"


def folder(posts: pd.DataFrame, name: str, layout: Format) -> Path:
    """Return a folder of the cache whose name is made of what the dataset holds."""
    parts = cut(exportable(posts), layout, images=True)
    text = "\n".join([name, layout.name, *(part.hash for part in parts)])
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return home() / key[:32]


def loaded(datasets: Any, to: object, table: pd.DataFrame, *, progress: bool) -> Any:  # noqa: ANN401 - as above
    """Return the ``DatasetDict`` of what was exported as Parquet.

    Parameters
    ----------
    datasets : module
        As `library` returns it.
    to : str or path
        Where it was exported to.
    table : DataFrame
        What the export returned.
    progress : bool
        Whether `datasets` shows its bars.

    Raises
    ------
    ArgumentError
        If nothing of it is there.
    FileError
        If the cache folder cannot be written; `DiskFullError` where there is no room.
    """
    there = table[table["path"] != ""]
    lacking = table[table["path"] == ""]
    if len(lacking):
        said = f"{len(lacking)} of {len(table)} posts are not in it, the first because "
        said += f"{lacking['reason'].iloc[0].rstrip('.')}."
        if there.empty:
            raise ArgumentError(f"There is no dataset: {said}")
        warnings.warn(said, DatasetWarning, stacklevel=3)
    if there.empty:
        return datasets.DatasetDict()
    files: dict[str, list[str]] = {}
    for path in there["path"].unique():
        split = path.rpartition("/")[2].partition("-")[0]
        files.setdefault(split, []).append(f"{to}/{path}")
    with _bars(datasets, progress=progress), disk(home()):
        made = home() / "arrow" / str(table.attrs["content"])
        if not made.exists():
            _make(datasets, files, made)
        return datasets.load_from_disk(str(made))


def _make(datasets: Any, files: dict[str, list[str]], made: Path) -> None:  # noqa: ANN401 - as above
    """Have a folder of Arrow files, whole or not at all.

    The library's own cache goes by the times of files, and grows with every export.
    """
    made.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=made.parent, ignore_cleanup_errors=True) as place:
        # Its `load_dataset` would tell its makers that somebody reads Parquet files.
        found = datasets.DatasetDict.from_parquet(files, cache_dir=place)
        found.save_to_disk(f"{place}/made")
        try:
            Path(place, "made").rename(made)
        except OSError:
            if not made.exists():  # another process was no faster
                raise


@contextmanager
def _bars(datasets: Any, *, progress: bool) -> Iterator[None]:  # noqa: ANN401 - as above
    shown = not datasets.are_progress_bars_disabled()
    if shown and not progress:
        datasets.disable_progress_bars()
    try:
        yield
    finally:
        if shown and not progress:
            datasets.enable_progress_bars()
