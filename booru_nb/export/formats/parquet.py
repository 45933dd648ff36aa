"""Parquet files that hold the pictures themselves, as the Hub shows them.

Docs: https://huggingface.co/docs/hub/datasets-image

A column ``image`` of bytes and a name is taken for pictures by what the schema says
under the key ``huggingface``. Row groups are small, so that a viewer need not fetch
much; bytes that are compressed already are not compressed again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar

from booru_nb.export import checks
from booru_nb.export.formats import rows
from booru_nb.export.formats.base import Layout, splits
from booru_nb.export.formats.contents import PARQUET, Contents, Table
from booru_nb.export.formats.pictures import PICTURES
from booru_nb.export.outcome import option
from booru_nb.export.parts import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    import pyarrow as pa

    from booru_nb.export.parts import Folder, Item, Shard

GROUP_BYTES = 64 * 2**20
"""From so many bytes of pictures on, a row group ends before its number of rows."""


@dataclass(frozen=True, kw_only=True)
class Parquet(Layout):
    """``data/train-00000-of-00007.parquet``, with a column ``image``.

    Parameters
    ----------
    row_group : int
        The most rows of a row group.
    """

    name: ClassVar[str] = "parquet"
    extensions: ClassVar[frozenset[str] | None] = PICTURES

    row_group: int = option(checks.size, 100)

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write a shard; one without any item has no file."""
        written: list[Written] = []
        accepted = self.accepted(shard, items, written)
        first = next(accepted, None)
        if first is None:
            return written
        import pyarrow as pa  # noqa: PLC0415  # as late as the first file
        import pyarrow.parquet as pq  # noqa: PLC0415  # likewise

        path = f"data/{shard.name}.parquet"
        embedded = first.data is not None
        schema = self._schema(embedded=embedded)
        text = [name for name, dtype in self.fields.items() if dtype == "string"]
        columns = [*self.fields, *(["image.path"] if embedded else [])]
        packed = {**dict.fromkeys(columns, "ZSTD"), "image.bytes": "NONE"}
        if not embedded:
            del packed["image.bytes"]
        with (
            folder.create(path) as out,
            pq.ParquetWriter(
                out,
                schema,
                compression=packed,
                use_dictionary=text,
                write_statistics=list(self.fields),
            ) as writer,
        ):
            for group in self._groups(chain([first], accepted)):
                found = [self._row(item, embedded=embedded) for item in group]
                writer.write_table(pa.Table.from_pylist(found, schema))
                written += [Written(item.key, path) for item in group]
        return written

    def _groups(self, items: Iterable[Item]) -> Iterator[list[Item]]:
        group: list[Item] = []
        size = 0
        for item in items:
            group.append(item)
            size += len(item.data or b"")
            if len(group) == self.row_group or size >= GROUP_BYTES:
                yield group
                group, size = [], 0
        if group:
            yield group

    def _row(self, item: Item, *, embedded: bool) -> dict[str, Any]:
        post = {**item.post, "key": item.key, "caption": item.caption}
        record = rows.record(post, self.fields)
        if embedded:
            file = {"bytes": item.data, "path": f"{item.key}.{item.ext}"}
            record = {"image": file, **record}
        return record

    def _schema(self, *, embedded: bool) -> pa.Schema:
        import pyarrow as pa  # noqa: PLC0415  # as late as the first file

        types = {
            "string": pa.string(),
            "int64": pa.int64(),
            "float64": pa.float64(),
            "bool": pa.bool_(),
            "timestamp": pa.timestamp("us", "UTC"),
        }
        picture = pa.struct({"bytes": pa.binary(), "path": pa.string()})
        found = {name: types[dtype] for name, dtype in self.fields.items()}
        features: dict[str, Any] = {
            name: {"dtype": _SAID.get(dtype, dtype), "_type": "Value"}
            for name, dtype in self.fields.items()
        }
        if embedded:
            found = {"image": picture, **found}
            features = {"image": {"_type": "Image"}, **features}
        said = json.dumps({"info": {"features": features}})
        return pa.schema(found).with_metadata({"huggingface": said})

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the name of the shard's file."""
        path = f"data/{shard.name}.parquet"
        return [path] if any(each.path for each in written) else []

    def contents(self, folder: Folder, posts: pd.DataFrame) -> Contents:
        """Return the files of each split; there is nothing to write."""
        data = {split: sorted(set(part["path"])) for split, part in splits(posts)}
        tables = [
            Table(split, files, PARQUET, self.fields, _image(folder, files[0]))
            for split, files in data.items()
        ]
        return Contents(
            format=self.name,
            data=data,
            tables=tables,
            use="`datasets.load_dataset(folder)`, or `pandas.read_parquet`",
        )


_SAID = {"timestamp": "timestamp[us, tz=UTC]"}


def _image(folder: Folder, name: str) -> str:
    """Return the column of the pictures of a file; empty where it has none."""
    import pyarrow as pa  # noqa: PLC0415  # as late as the first file
    import pyarrow.parquet as pq  # noqa: PLC0415  # likewise

    schema = pq.read_schema(pa.BufferReader(folder.read(name) or b""))
    return "image" if "image" in schema.names else ""
