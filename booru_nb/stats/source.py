"""Where the columns of posts come from that stand beside their tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from booru_nb.stats.sparse import Ints


class Source(Protocol):
    """Posts as they were given, of which statistics read what they are asked about."""

    @property
    def index(self) -> pd.Index[Any]:
        """The labels of the posts."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns."""

    def read(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of all posts, in the order of the index."""

    def rows(self, places: Ints) -> pd.DataFrame:
        """Return the posts at some places, with all columns and their labels."""


@dataclass(frozen=True, eq=False)
class Given:
    """Posts that were given as a frame.

    Parameters
    ----------
    frame : DataFrame
        The posts.
    """

    frame: pd.DataFrame

    @property
    def index(self) -> pd.Index[Any]:
        """The labels of the posts."""
        return self.frame.index

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns."""
        return list(self.frame.columns)

    def read(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of all posts."""
        return self.frame[list(columns)]

    def rows(self, places: Ints) -> pd.DataFrame:
        """Return the posts at some places."""
        return self.frame.iloc[places]
