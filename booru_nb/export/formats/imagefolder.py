"""The image folder of Hugging Face: a folder a split, and what is said of its pictures.

Docs: https://huggingface.co/docs/datasets/image_dataset

- Metadata are read only where they are called ``metadata.jsonl`` and stand in the
  folder of the split; ``file_name`` is relative to them.
- Types are guessed from the rows, split by split, and must be the same in all. So a
  column is told only if every split has a value in its first rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from booru_nb.export.formats import rows
from booru_nb.export.formats.base import Layout, splits
from booru_nb.export.formats.contents import JSONL, Contents, Table
from booru_nb.export.formats.pictures import PICTURES
from booru_nb.export.parts import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from booru_nb.export.parts import Folder, Item, Shard

METADATA = "metadata.jsonl"

_FIRST_ROWS = 1000
"""Rows that fit well into the ten megabytes from which the reader guesses types."""


@dataclass(frozen=True, kw_only=True)
class ImageFolder(Layout):
    """``train/KEY.jpg`` beside ``train/metadata.jsonl``.

    Where only metadata are exported, the rows have no ``file_name``.
    """

    name: ClassVar[str] = "imagefolder"
    extensions: ClassVar[frozenset[str] | None] = PICTURES

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write the pictures of a shard."""
        written: list[Written] = []
        for item in self.accepted(shard, items, written):
            path = f"{shard.split}/{METADATA}"
            if item.data is not None:
                path = f"{shard.split}/{item.key}.{item.ext}"
                folder.write(path, item.data)
            written.append(Written(item.key, path))
        return written

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the names of the pictures of a shard."""
        metadata = f"{shard.split}/{METADATA}"
        return [each.path for each in written if each.path not in ("", metadata)]

    def contents(self, folder: Folder, posts: pd.DataFrame) -> Contents:
        """Write the metadata of each split."""
        parts = splits(posts)
        fields = self._told(parts)
        tables = [self._write(folder, *part, fields) for part in parts]
        data = {table.split: [f"{table.split}/**"] for table in tables}
        left_out = [f"`{name}`" for name in self.fields if name not in fields]
        notes = [f"Not told, for want of values in a split: {', '.join(left_out)}."]
        return Contents(
            format=self.name,
            data=data,
            tables=tables,
            use="`datasets.load_dataset(folder)`, or `load_dataset('imagefolder', "
            "data_dir=folder)`",
            notes=notes if left_out else (),
        )

    def _told(self, parts: list[tuple[str, pd.DataFrame]]) -> dict[str, str]:
        """Return the fields whose type can be guessed in every split."""
        told = dict(self.fields)
        for _, posts in parts:
            seen: set[str] = set()
            for record in islice(rows.records(posts, told), _FIRST_ROWS):
                seen |= {name for name, value in record.items() if value is not None}
            told = {name: dtype for name, dtype in told.items() if name in seen}
        return told

    def _write(
        self, folder: Folder, split: str, posts: pd.DataFrame, fields: dict[str, str]
    ) -> Table:
        name = f"{split}/{METADATA}"
        named: dict[str, str] = {}
        with folder.create(name) as out:
            paths = zip(posts["path"], rows.records(posts, fields), strict=True)
            for path, record in paths:
                named = _name(path, split)
                row: dict[str, Any] = {**named, **rows.plain(record)}
                out.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
        columns = {**dict.fromkeys(named, "string"), **fields}
        return Table(split, [name], JSONL, columns)


def _name(path: str, split: str) -> dict[str, str]:
    file = path.removeprefix(f"{split}/")
    return {} if file == METADATA else {"file_name": file}
