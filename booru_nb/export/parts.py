"""What an export is made of: items in shards, written by a format into a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    import pandas as pd


class Folder(Protocol):
    """Where an export goes: a folder of this machine, or any address of fsspec.

    Names are relative, with ``/`` between their parts. A file appears whole or not at
    all, under its name, and replaces an older one.
    """

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""

    def create(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Return a file to write into, which appears when the block ends well."""

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes; None where there is none."""

    def size(self, name: str) -> int | None:
        """Return how many bytes a file has; None where there is none."""

    def names(self, below: str = "") -> list[str]:
        """Return the names of all files below a folder, sorted."""

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is nothing."""


@dataclass(frozen=True, slots=True)
class Original:
    """An original, and what was found out of it when it came.

    Attributes
    ----------
    data : bytes
        It, byte for byte.
    md5, sha256 : str
        Of the data, in hexadecimal; empty where nobody has taken them yet.
    """

    data: bytes
    md5: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One post of a dataset, ready to be written.

    Attributes
    ----------
    key : str
        Its name without extension: unique in the dataset, of lower-case letters,
        digits, ``_`` and ``-`` only, so that every format can bear it.
    post : Mapping
        Its row of ``ds.posts``, by column.
    caption : str
        What a trainer reads; never empty.
    ext : str
        Of the picture, without a dot.
    data : bytes or None
        The original, byte for byte; None where only metadata are exported.
    md5, sha256 : str
        Of the original, in hexadecimal; empty where nobody has taken them yet.
    """

    key: str
    post: Mapping[str, Any]
    caption: str
    ext: str
    data: bytes | None
    md5: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Shard:
    """A slice of a dataset, which is written and committed as a whole.

    Attributes
    ----------
    index, count : int
        Which one of how many of its split, from 0.
    split : str
        Such as ``train``.
    """

    index: int
    count: int
    split: str

    @property
    def name(self) -> str:
        """What its files are called: ``train-00000-of-00007``."""
        return f"{self.split}-{self.index:05d}-of-{self.count:05d}"


@dataclass(frozen=True, slots=True)
class Written:
    """Where an item went.

    Attributes
    ----------
    key : str
        Of the item.
    path : str
        The file below the export's folder, or the shard that it is in; empty where
        nothing was written.
    reason : str
        Why nothing was written; else empty.
    """

    key: str
    path: str
    reason: str = ""


@dataclass(frozen=True)
class About:
    """What the dataset's card tells.

    Attributes
    ----------
    name : str
        Of the dataset.
    steps : DataFrame
        What each step of the recipe removed, as ``ds.report()`` begins.
    recipe : Mapping
        The recipe, as JSON would have it.
    caveats : sequence of str
        What a reader of the dataset must know.
    """

    name: str
    steps: pd.DataFrame
    recipe: Mapping[str, Any] = field(default_factory=dict)
    caveats: Sequence[str] = ()


class Format(Protocol):
    """How a dataset is laid out. One module a format, one line in the table of them.

    `write` is a pure function of its arguments, so that the same shard gives the same
    bytes wherever it runs. Options are the format's fields, checked when it is made.
    """

    name: ClassVar[str]
    """As in ``ds.export(to, "kohya")``."""

    extensions: ClassVar[frozenset[str] | None]
    """Which originals it can take; None for all."""

    @property
    def shard_size(self) -> int:
        """How many posts go into a shard."""

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write a shard's files, and return where each item went."""

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:
        """Return the names of the files that hold a written shard."""

    def finish(self, folder: Folder, posts: pd.DataFrame, about: About) -> None:
        """Write what stands once for the whole dataset.

        Parameters
        ----------
        folder : Folder
            Where the shards are.
        posts : DataFrame
            ``ds.posts`` of what was written, with `key` and `path`; in the order of
            the dataset.
        about : About
            For the card.
        """
