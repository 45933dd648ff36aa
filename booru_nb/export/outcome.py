"""What a step is, what it works with, and what it leaves."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from os import PathLike

    from _typeshed import DataclassInstance

    from booru_nb.export.order import Order
    from booru_nb.export.parts import About
    from booru_nb.export.source import Source


class Host(Protocol):
    """What a dataset asks of the library that it belongs to."""

    def found(self, posts: pd.DataFrame, query: str) -> pd.DataFrame:
        """Return the rows of posts that a query of the local language finds."""

    def relations(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the aliases and the implications that are known."""

    def thumbnails(
        self, posts: pd.DataFrame, *, progress: bool
    ) -> Iterator[Sequence[bytes | Exception]]:
        """Yield the thumbnails of posts, in their order, some at a time.

        What could not be had is the error that says why.
        """

    def bar(
        self, total: int, *, doing: str, unit: str, show: bool
    ) -> AbstractContextManager[Any]:
        """Show how much has been done, while the block runs."""

    def grid(self, posts: pd.DataFrame, **options: Any) -> Any:  # noqa: ANN401
        """Return a grid of posts."""

    def check_file(self, path: str | PathLike[str]) -> None:
        """Raise an `ArgumentError` if a file is a library that is open."""

    def ours(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Let a frame say whose it is, and return it."""

    async def export(
        self, posts: pd.DataFrame, about: About, order: Order
    ) -> pd.DataFrame:
        """Write posts as an order says, and return what became of each."""


@dataclass(frozen=True)
class Bench:
    """What a step has at hand beside the posts.

    Attributes
    ----------
    source : Source
        What the dataset began with.
    dropped : tuple of DataFrame
        What was removed so far.
    host : Host
        The library.
    label : str
        What the step is called in the report.
    progress : bool
        Whether long work shows a bar.
    """

    source: Source
    dropped: tuple[pd.DataFrame, ...]
    host: Host
    label: str
    progress: bool


@dataclass(frozen=True)
class Outcome:
    """What a step leaves.

    Attributes
    ----------
    posts : DataFrame
        The posts that are left, perhaps changed.
    removed : DataFrame
        A post a row, by its place: `reason`, and `instead`, the ``site:id`` of the
        post that was kept in its place (empty where there is none); `cluster` too,
        where posts have one.
    changed : int
        How many of the posts that are left are not as they were.
    notes : tuple of str
        What must be known of it, in sentences.
    """

    posts: pd.DataFrame
    removed: pd.DataFrame
    changed: int = 0
    notes: tuple[str, ...] = ()


def judged(
    posts: pd.DataFrame,
    reasons: pd.Series[Any],
    *,
    instead: pd.Series[Any] | None = None,
    changed: int = 0,
    notes: Sequence[str] = (),
) -> Outcome:
    """Return posts without those for which there is a reason.

    Parameters
    ----------
    posts : DataFrame
        The posts.
    reasons : Series
        Of text, by place; empty for a post that stays.
    instead : Series, optional
        Which post is kept in the place of each, by place.
    changed, notes
        As `Outcome` has them.
    """
    gone = reasons != ""
    tokens = "" if instead is None else instead[gone]
    removed = pd.DataFrame(
        {"reason": reasons[gone], "instead": tokens}, index=reasons.index[gone]
    ).astype({"reason": "str", "instead": "str"})
    if "cluster" in posts:
        removed["cluster"] = posts.loc[removed.index, "cluster"]
    return Outcome(posts[~gone.to_numpy()], removed, changed, tuple(notes))


def no_reasons(posts: pd.DataFrame) -> pd.Series[Any]:
    """Return a column of reasons that has none yet."""
    return pd.Series("", index=posts.index, dtype="str")


def option(check: Callable[[Any, str], Any], default: Any = None) -> Any:  # noqa: ANN401 - as `dataclasses.field`
    """Return a field of a step that is checked when the step is made."""
    return field(default=default, metadata={"check": check})


def check_options(made: DataclassInstance) -> None:
    """Check the options that are not as they are by default, and keep what it gives.

    Raises
    ------
    ArgumentError
        If one cannot be used; the message names it.
    """
    for each in fields(made):
        value = getattr(made, each.name)
        if value is not each.default:
            checked = each.metadata["check"](value, each.name)
            object.__setattr__(made, each.name, checked)


@dataclass(frozen=True, kw_only=True)
class Step(ABC):
    """A step of a recipe. Its fields are its options, fit for JSON."""

    name: ClassVar[str]
    """As the method of a dataset that adds it."""

    def __post_init__(self) -> None:
        check_options(self)

    def options(self) -> dict[str, Any]:
        """Return the options that are not as they are by default."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.default is MISSING or getattr(self, each.name) != each.default
        }

    def __str__(self) -> str:
        return ", ".join(f"{name}={shown(v)}" for name, v in self.options().items())

    @abstractmethod
    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return what this step leaves of posts, which are not changed."""


def shown(value: object) -> str:
    """Return an option as a report shows it, not longer than a line."""
    plain: object = value
    if isinstance(value, tuple):
        pairs = value and all(isinstance(p, tuple) and len(p) == 2 for p in value)  # noqa: PLR2004 - a pair
        plain = dict(value) if pairs else list(value)
    return shortened(repr(plain), 60)


def shortened(text: str, most: int = 100) -> str:
    """Return a text, cut where it is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
