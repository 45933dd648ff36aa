"""The formats of exported datasets. A further one is a module, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.export.formats.csv import Csv
from booru_nb.export.formats.imagefolder import ImageFolder
from booru_nb.export.formats.kohya import Kohya
from booru_nb.export.formats.parquet import Parquet
from booru_nb.export.formats.webdataset import WebDataset

if TYPE_CHECKING:
    from booru_nb.export.parts import Format

FORMATS: dict[str, type[Format]] = {
    "kohya": Kohya,
    "imagefolder": ImageFolder,
    "webdataset": WebDataset,
    "parquet": Parquet,
    "csv": Csv,
}
"""By the names that ``ds.export`` takes."""
