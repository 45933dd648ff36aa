"""Formats whose pictures are files of their own, beside a table a split."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.export.formats.base import Layout
from booru_nb.export.parts import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.export.parts import Folder, Item, Shard


@dataclass(frozen=True, kw_only=True)
class Loose(Layout):
    """A picture a file, in a folder a split; what is said of them stands in a table."""

    @abstractmethod
    def pictures(self, split: str) -> str:
        """Return the folder of the pictures of a split."""

    @abstractmethod
    def table(self, split: str) -> str:
        """Return the name of the table of a split."""

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write the pictures of a shard."""
        written: list[Written] = []
        for item in self.accepted(shard, items, written):
            path = self.table(shard.split)
            if item.data is not None:
                path = f"{self.pictures(shard.split)}/{item.key}.{item.ext}"
                folder.write(path, item.data)
            written.append(Written(item.key, path))
        return written

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the names of the pictures of a shard."""
        table = self.table(shard.split)
        return [each.path for each in written if each.path not in ("", table)]
