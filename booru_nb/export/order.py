"""What an export is told, checked before anything is done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.export import checks

if TYPE_CHECKING:
    from booru_nb.export.parts import Format


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an export is told.

    Attributes
    ----------
    to : str or path
        A folder, or an address that fsspec knows.
    layout : Format
        How it is laid out.
    images : bool
        Whether originals are written, or metadata only.
    dry_run : bool
        Whether nothing is to be fetched or written.
    overwrite : bool
        Whether a different dataset in this folder makes way.
    limit : int or None
        Bytes that an original may have; None for the limits of a download.
    client : distributed.Client or None
        A cluster that writes the shards.
    progress : bool
        Whether a bar is shown.

    Raises
    ------
    ArgumentError
        If one of them cannot be used.
    """

    to: str | os.PathLike[str]
    layout: Format
    images: bool = True
    dry_run: bool = False
    overwrite: bool = False
    limit: int | None = None
    client: Any = None
    progress: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.to, (str, os.PathLike)) or not os.fspath(self.to):
            checks.refuse("to", "a folder or an address", self.to)
        for name in ("images", "dry_run", "overwrite", "progress"):
            checks.flag(getattr(self, name), name)
        if self.limit is not None:
            checks.size(self.limit, "limit_bytes")
