"""What all formats share: their options, which items they take, and what ends them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb import frames
from booru_nb.export import checks
from booru_nb.export.formats import card, croissant, ledger, rows
from booru_nb.export.formats.texts import line
from booru_nb.export.outcome import check_options, option
from booru_nb.export.parts import Written
from booru_nb.guard import withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from booru_nb.export.formats.contents import Contents
    from booru_nb.export.parts import About, Folder, Item, Shard

SPLIT = re.compile(r"[A-Za-z0-9_]+")
"""Names of splits that every reader accepts, and that are safe as a folder."""

_KEY = re.compile(r"[a-z0-9_-]{1,90}")
# A caption and a post stand beside each picture, under these two.
_EXT = re.compile(r"(?!(?:json|txt)$)[a-z0-9]{1,5}")
_LICENSE = re.compile(r"[a-z0-9.+-]+")


def _license(value: object, name: str) -> str:
    text = checks.text(value, name)
    if not _LICENSE.fullmatch(text):
        checks.refuse(name, "an identifier such as 'other' or 'cc-by-4.0'", value)
    return text


@dataclass(frozen=True, kw_only=True)
class Layout(ABC):
    """How a dataset is laid out.

    Parameters
    ----------
    shard_size : int
        How many posts go into a shard.
    columns : list of str, or mapping of str to str
        Further columns of the posts that are told, with their types: ``string`` (as it
        is for a list), ``int64``, ``float64``, ``bool`` or ``timestamp``.
    license : str
        As the Hub knows it, for the card; the pictures are their artists'.
    """

    name: ClassVar[str]
    extensions: ClassVar[frozenset[str] | None] = None

    shard_size: int = option(checks.size, 1000)
    columns: tuple[tuple[str, str], ...] = option(rows.further, ())
    license: str = option(_license, "other")

    def __post_init__(self) -> None:
        check_options(self)

    @property
    def fields(self) -> dict[str, str]:
        """What is told of each post, with its type, in order."""
        return {
            "key": "string",
            "caption": "string",
            **rows.POST,
            **dict(self.columns),
        }

    def check(self, posts: pd.DataFrame) -> None:
        """Refuse posts that lack a column which an option names.

        Raises
        ------
        ArgumentError
            Which names it.
        """
        rows.check_columns(posts, dict(self.columns))

    @abstractmethod
    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write a shard's files, and return where each item went."""

    @abstractmethod
    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the names of the files that hold a written shard."""

    @abstractmethod
    def contents(self, folder: Folder, posts: pd.DataFrame) -> Contents:
        """Write the tables that stand beside the shards, and return what there is."""

    def finish(self, folder: Folder, posts: pd.DataFrame, about: About) -> None:
        """Write what stands once for the whole dataset.

        Parameters
        ----------
        folder : Folder
            Where the shards are.
        posts : DataFrame
            ``ds.posts`` of what was written, with `key` and `path`; in the order of the
            dataset.
        about : About
            For the card.

        Raises
        ------
        ArgumentError
            If the posts lack a column.
        """
        rows.check_columns(posts, {**self.fields, "split": "string", "path": "string"})
        posts = frames.allowed(posts)
        contents = self.contents(folder, posts)
        said = ledger.write(folder, posts)
        croissant.write(folder, contents, about, license_=self.license)
        card.write(folder, posts, contents, about, ledger=said, license_=self.license)

    def accepted(
        self, shard: Shard, items: Iterable[Item], written: list[Written]
    ) -> Iterator[Item]:
        """Yield the items that this format takes; why it refuses others is written."""
        seen: set[str] = set()
        for item in items:
            reason = self._refusal(item, shard, seen)
            if reason:
                written.append(Written(item.key, "", reason))
            else:
                seen.add(item.key)
                yield item

    def _refusal(self, item: Item, shard: Shard, seen: set[str]) -> str:
        known = ", ".join(sorted(self.extensions or ()))
        reasons = {
            f"{shard.split!r} is no name of a split: letters, digits and _ only": (
                not SPLIT.fullmatch(shard.split)
            ),
            f"{item.key!r} is no key: a-z, 0-9, _ and - only, at most 90": (
                not _KEY.fullmatch(item.key)
            ),
            f"the key {item.key!r} stands there twice": item.key in seen,
            "its caption is empty": not line(item.caption),
            f"{self.name} takes no .{item.ext}, only: {known}": (
                self.extensions is not None and item.ext not in self.extensions
            ),
            f"{item.ext!r} is no extension of a file": not _EXT.fullmatch(item.ext),
            "it is withheld": _is_withheld(item.post),
        }
        return next((reason for reason, holds in reasons.items() if holds), "")


def _is_withheld(post: Mapping[str, object]) -> bool:
    rating = post.get("rating")
    known = rating if isinstance(rating, str) and rating else None
    site = str(post.get("site") or "")
    return withheld(known, str(post.get("tags", "")).split(), site=site)


def splits(posts: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the splits of posts with their posts, training first."""
    names = sorted(set(posts["split"]), key=lambda name: (name != "train", name))
    return [(name, posts[posts["split"] == name]) for name in names]
