"""A dataset's posts, cut into shards: the same posts give the same shards, anywhere."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.export.formats.base import SPLIT, splits
from booru_nb.export.parts import Shard
from booru_nb.frames import allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from booru_nb.export.parts import Format

Post = tuple[str, int]
"""A site and an id."""

LAYOUT = 1
"""Raised when the same arguments begin to give other files."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The posts of one shard.

    Attributes
    ----------
    shard : Shard
        Which one.
    posts : DataFrame
        Their rows, in order.
    hash : str
        Of all that its files depend on: the posts, the format and its options.
    """

    shard: Shard
    posts: pd.DataFrame
    hash: str

    def rows(self) -> list[dict[str, Any]]:
        """Return the posts by column, with None for what is missing."""
        return _rows(self.posts)


def exportable(posts: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that may be exported, each once, with caption and split."""
    found = allowed(posts)
    found = found[~found.duplicated(["site", "id"])]
    for name, value in (("split", "train"), ("caption", "")):
        if name not in found:
            found = found.assign(**{name: value})
    return found.reset_index(drop=True)


def cut(posts: pd.DataFrame, layout: Format, *, images: bool) -> list[Slice]:
    """Cut posts into slices: by split (training first), in the order of the frame.

    Parameters
    ----------
    posts : DataFrame
        As `exportable` returns them.
    layout : Format
        What writes them; its `shard_size` is the most that a slice has.
    images : bool
        Whether originals are written.

    Raises
    ------
    ArgumentError
        If a split has a name that cannot be that of a file.
    """
    for split in posts["split"].unique():
        if not SPLIT.fullmatch(str(split)):
            raise ArgumentError(
                f"{split!r} is no name of a split: it has letters, digits and _ only."
            )
    size = max(1, layout.shard_size)
    options = [LAYOUT, layout.name, _options(layout), images]
    found: list[Slice] = []
    for split, part in splits(posts):
        count = -(-len(part) // size)
        for index in range(count):
            shard = Shard(index=index, count=count, split=str(split))
            rows = part.iloc[index * size : (index + 1) * size]
            found.append(Slice(shard, rows, _hash([options, shard.name, _rows(rows)])))
    return found


def key(site: str, number: int) -> str:
    """Return what a post is called in a dataset, of ``a-z``, ``0-9``, ``_`` and ``-``.

    A site's name that has other characters is told from all others by a hash.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", site.lower()).strip("-")
    if plain != site:
        plain = f"{plain}-{hashlib.sha256(site.encode()).hexdigest()[:8]}".strip("-")
    return f"{plain}_{number}"


def _options(layout: Format) -> Mapping[str, Any]:
    names = getattr(layout, "__dataclass_fields__", None) or vars(layout)
    return {name: getattr(layout, name) for name in sorted(names)}


def _rows(posts: pd.DataFrame) -> list[dict[str, Any]]:
    plain = posts.astype(object).where(posts.notna(), None)
    return [
        {str(name): value for name, value in row.items()}
        for row in plain.to_dict("records")
    ]


def _hash(what: object) -> str:
    text = json.dumps(what, default=_told, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _told(value: object) -> object:
    """Return a value as JSON can have it, the same in every process."""
    return (
        sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)
    )
