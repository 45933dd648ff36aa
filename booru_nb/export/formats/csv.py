"""A table for everything: pictures in folders, a CSV file a split, a vocabulary.

The vocabulary is laid out as that of the public taggers of Danbooru's tags: the four
ratings first, as category 9, then tags by how many pictures have them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.export import checks
from booru_nb.export.formats import ledger, rows
from booru_nb.export.formats.base import Layout, splits
from booru_nb.export.formats.contents import CSV, Contents, Table
from booru_nb.export.outcome import option
from booru_nb.export.parts import Written
from booru_nb.post import Category, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from booru_nb.export.parts import Folder, Item, Shard

VOCABULARY = "selected_tags.csv"

CATEGORIES = {
    "general": 0,
    "artist": 1,
    "copyright": 3,
    "character": 4,
    "meta": 5,
    "species": 6,
    "rating": 9,
}
"""Danbooru's numbers; species and rating have numbers that it does not use."""

UNKNOWN = -1
"""The number of a tag of no known category."""


@dataclass(frozen=True, kw_only=True)
class Csv(Layout):
    """``train.csv``, ``images/train/KEY.jpg`` and ``selected_tags.csv``.

    Parameters
    ----------
    quote_formulas : bool
        Whether text that a spreadsheet would run has an apostrophe before it. A tag
        such as ``=_=`` may stand first, and is then ``'=_=``.
    least : int
        On how many pictures a tag must be to stand in the vocabulary.
    """

    name: ClassVar[str] = "csv"

    quote_formulas: bool = option(checks.flag, default=True)
    least: int = option(checks.size, 1)

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write the pictures of a shard."""
        written: list[Written] = []
        for item in self.accepted(shard, items, written):
            path = f"{shard.split}.csv"
            if item.data is not None:
                path = f"images/{shard.split}/{item.key}.{item.ext}"
                folder.write(path, item.data)
            written.append(Written(item.key, path))
        return written

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the names of the pictures of a shard."""
        table = f"{shard.split}.csv"
        return [each.path for each in written if each.path not in ("", table)]

    def contents(self, folder: Folder, posts: pd.DataFrame) -> Contents:
        """Write the table of each split, and the vocabulary."""
        fields = {"file_name": "string", "tags": "string", **self.fields}
        tables = []
        for split, part in splits(posts):
            name = f"{split}.csv"
            files = part["path"].where(part["path"] != name, "")
            found = rows.records(part.assign(file_name=files), fields)
            folder.write(name, ledger.table(fields, found, quote=self.quote_formulas))
            tables.append(Table(split, [name], CSV, fields))
        names = ["tag_id", "name", "category", "count"]
        folder.write(
            VOCABULARY,
            ledger.table(names, self._vocabulary(posts), quote=self.quote_formulas),
        )
        note = (
            "Text that a spreadsheet would run as a formula has an apostrophe (`'`) "
            "before it."
        )
        return Contents(
            format=self.name,
            data={table.split: table.files for table in tables},
            tables=tables,
            files={VOCABULARY: CSV},
            use="`pandas.read_csv('train.csv')`, or `datasets.load_dataset(folder)`",
            notes=[note] if self.quote_formulas else (),
        )

    def _vocabulary(self, posts: pd.DataFrame) -> Iterator[dict[str, object]]:
        ratings = Counter(str(rating) for rating in posts["rating"].dropna())
        counts = Counter(tag for text in posts["tags"] for tag in set(text.split()))
        ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        kinds = {
            tag: CATEGORIES[str(category)]
            for category in Category
            if str(category) in posts
            for text in posts[str(category)]
            for tag in text.split()
        }
        found = [(str(r), CATEGORIES["rating"], ratings[str(r)]) for r in Rating]
        found += [(t, kinds.get(t, UNKNOWN), n) for t, n in ranked if n >= self.least]
        for number, (name, kind, count) in enumerate(found):
            yield {"tag_id": number, "name": name, "category": kind, "count": count}
