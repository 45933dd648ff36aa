"""WebDataset: tar files that are read from start to end.

Docs: https://github.com/webdataset/webdataset

- What belongs together stands together, and has one name up to the first dot; so a key
  has no dot, and no key stands twice, in whichever shard.
- The same shard is the same file, byte for byte: USTAR, no times, no owners, and the
  order of the items.
- ``datasets`` guesses its columns from five rows, and refuses them if one is a PNG and
  the next a JPEG; so the card tells it the columns.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from booru_nb.export.formats import ledger, rows
from booru_nb.export.formats.base import Layout, splits
from booru_nb.export.formats.contents import TAR, Contents, digest
from booru_nb.export.formats.pictures import PICTURES
from booru_nb.export.formats.texts import clean, quoted
from booru_nb.export.parts import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from booru_nb.export.parts import Folder, Item, Shard

_DTYPES = {"timestamp": "string"}


@dataclass(frozen=True, kw_only=True)
class WebDataset(Layout):
    """``train-00000-of-00007.tar`` with ``KEY.jpg``, ``KEY.json`` and ``KEY.txt``.

    ``train.index.json`` lists the shards of a split, as ``wids`` reads them.
    """

    name: ClassVar[str] = "webdataset"

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write a shard; one without any item has no file."""
        written: list[Written] = []
        accepted = self.accepted(shard, items, written)
        first = next(accepted, None)
        if first is None:
            return written
        path = f"{shard.name}.tar"
        with (
            folder.create(path) as out,
            tarfile.open(fileobj=out, mode="w|", format=tarfile.USTAR_FORMAT) as tar,
        ):
            for item in chain([first], accepted):
                for ext, data in self._members(item):
                    member = tarfile.TarInfo(f"{item.key}.{ext}")
                    member.size = len(data)
                    tar.addfile(member, io.BytesIO(data))
                written.append(Written(item.key, path))
        return written

    def _members(self, item: Item) -> list[tuple[str, bytes]]:
        """Return the files of an item by extension, in the order of their names."""
        post = {**item.post, "key": item.key, "caption": item.caption}
        record = rows.plain(rows.record(post, self.fields))
        found = [
            ("json", json.dumps(record, ensure_ascii=False).encode()),
            ("txt", clean(item.caption).encode()),
        ]
        return sorted([*found, *([(item.ext, item.data)] if item.data else [])])

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the name of the shard's file."""
        return [f"{shard.name}.tar"] if any(each.path for each in written) else []

    def contents(self, folder: Folder, posts: pd.DataFrame) -> Contents:
        """Write the index of each split."""
        data = {}
        for split, part in splits(posts):
            counts = Counter(part["path"])
            data[split] = sorted(counts)
            shards = [
                {"url": n, "nsamples": counts[n], "filesize": digest(folder, n)[0]}
                for n in data[split]
            ]
            index = {
                "__kind__": "wids-shard-index-v1",
                "wids_version": 1,
                "name": split,
                "shardlist": shards,
            }
            folder.write(f"{split}.index.json", json.dumps(index, indent=1).encode())
        # What is in a tar cannot be told as columns; the attribution has a row a post.
        tables = [ledger.described(posts)]
        return Contents(
            format=self.name,
            data=data,
            tables=tables,
            files={name: TAR for names in data.values() for name in names},
            features=self._features(posts),
            use="`webdataset.WebDataset('train-00000-of-00001.tar').decode('pil')`, or "
            "`datasets.load_dataset(folder)`",
        )

    def _features(self, posts: pd.DataFrame) -> list[str]:
        """Return the columns of the dataset, as YAML of its card."""
        json_ = [
            f"    - name: {name}\n      dtype: {_DTYPES.get(dtype, dtype)}"
            for name, dtype in self.fields.items()
        ]
        kinds = {
            ext: "image" if ext in PICTURES else "binary"
            for ext in sorted(set(posts["ext"].dropna()))
        }
        pictures = [
            f"  - name: {quoted(ext)}\n    dtype: {kind}" for ext, kind in kinds.items()
        ]
        plain = [f"  - name: {n}\n    dtype: string" for n in ("__key__", "__url__")]
        return [
            *pictures,
            "  - name: json\n    struct:",
            *json_,
            "  - name: txt\n    dtype: string",
            *plain,
        ]
