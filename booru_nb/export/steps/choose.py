"""Posts that are kept or dropped because somebody said so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from booru_nb.errors import ArgumentError
from booru_nb.export import checks
from booru_nb.export.given import as_key
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option
from booru_nb.export.source import key_list
from booru_nb.query import parse

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.export.outcome import Bench


def _query(value: object, name: str) -> str:
    """Return the text of a query that can be read, and finds the same each time."""
    said = parse(checks.text(value, name))
    order = said.order
    if order is not None and order.by == "random" and order.seed is None:
        raise ArgumentError(
            f"{name} has an order by chance, which is another each time. Give it a "
            "seed (random:7), or take a sample: ds.sample(100)."
        )
    return said.text


def _keys(value: object, name: str) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Iterable):
        checks.refuse(name, "a list of (site, id)", value)
    found = []
    for item in value:
        key = as_key(tuple(item) if isinstance(item, list) else item)
        if key is None:
            checks.refuse(name, "a list of (site, id)", item)
        found.append(key)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, kw_only=True)
class _Choose(Step):
    query: str | None = option(_query)
    posts: tuple[tuple[str, int], ...] | None = option(_keys)

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.query is None) == (self.posts is None):
            raise ArgumentError(f"{self.name} needs either a query or posts.")

    def __str__(self) -> str:
        if self.posts is None:
            return repr(self.query)
        return "1 post" if len(self.posts) == 1 else f"{len(self.posts)} posts"

    def _chosen(self, posts: pd.DataFrame, bench: Bench) -> np.ndarray[Any, Any]:
        if self.query is not None:
            found = bench.host.found(posts, self.query).index
            return posts.index.isin(found)
        wanted = frozenset(self.posts or ())
        return np.array([key in wanted for key in key_list(posts)], dtype=bool)

    def _judged(
        self, posts: pd.DataFrame, gone: np.ndarray[Any, Any], reason: str, count: int
    ) -> Outcome:
        strange = f"None of the posts that {self.name} names is there: {self}."
        notes = [strange] if self.posts and len(posts) and not count else []
        return judged(posts, no_reasons(posts).mask(gone, reason), notes=notes)


class Keep(_Choose):
    """Leaves the posts that a query finds, or that were named."""

    name: ClassVar[str] = "keep"

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return what this step leaves of posts."""
        said = f"not found by {self.query!r}" if self.query is not None else "not kept"
        chosen = self._chosen(posts, bench)
        return self._judged(posts, ~chosen, said, int(chosen.sum()))


class Drop(_Choose):
    """Leaves the posts that a query does not find, or that were not named."""

    name: ClassVar[str] = "drop"

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return what this step leaves of posts."""
        said = f"found by {self.query!r}" if self.query is not None else "dropped"
        chosen = self._chosen(posts, bench)
        return self._judged(posts, chosen, said, int(chosen.sum()))
