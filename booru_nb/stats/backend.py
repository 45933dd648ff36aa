"""What statistics ask of whoever counts posts.

`booru_nb.stats.memory.Memory` counts in a sparse matrix. Another backend, which streams
files, answers the same questions with the same numbers; what is made of the numbers
stands elsewhere and knows no backend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from scipy.sparse import csr_array

    from booru_nb.stats.sparse import Ints

S = TypeVar("S")
"""How a backend writes down a set of its posts; nobody else looks inside."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Posts in groups.

    Attributes
    ----------
    labels : Series
        What tells each group from the others, in order; missing for the group of
        posts that lack it.
    sizes : array of int64
        How many posts each group has.
    """

    labels: pd.Series[Any]
    sizes: Ints


class Backend(Protocol[S]):
    """Who counts posts. A tag is known by its number: its place in `names`.

    No post is counted twice, and none that `booru_nb.guard` withholds.
    """

    @property
    def names(self) -> pd.Index[Any]:
        """The tags, each of which a post has, ascending, as an Index of str."""

    @property
    def categories(self) -> pd.Index[Any]:
        """The category of each tag, as an Index of str; missing where not known."""

    def __len__(self) -> int:
        """Return how many posts there are."""

    def code(self, tag: str) -> int | None:
        """Return the number of a tag, by any of its names; None where it is not."""

    def select(self, what: object) -> S:
        """Return the posts that a tag, a query or a mask means.

        Raises
        ------
        ArgumentError
            If it is none of these, or a mask that does not fit.
        QueryError
            If a query cannot be read.
        """

    def named(self, what: object) -> frozenset[str]:
        """Return the tags that every post of a selection has by its own words."""

    def lacking(self, what: object) -> list[str]:
        """Return the tags that a selection wants on every post, and none has."""

    def between(self, first: pd.Timestamp | None, end: pd.Timestamp | None) -> S:
        """Return the dated posts from a moment on, and before another."""

    def moment(self, share: float) -> pd.Timestamp | None:
        """Return when this share of the dated posts was made; None without any."""

    def size(self, posts: S) -> int:
        """Return how many posts a set has."""

    def counts(self, posts: S | None = None) -> Ints:
        """Return how many posts of a set, or of all, have each tag."""

    def pairs(self, tags: Ints) -> csr_array[Any, Any]:
        """Return how many posts have each two of some tags.

        In the order of `tags` both ways; the diagonal is each tag's own count.
        """

    def crosstab(self, by: str) -> tuple[Groups, csr_array[Any, Any]]:
        """Return how many posts of each group have each tag, groups by tags.

        Groups come in order, that of the posts which lack the label last.

        Raises
        ------
        ArgumentError
            If posts cannot be grouped so.
        """

    def spread(self, freq: str, sets: Sequence[S]) -> tuple[Groups, list[Ints]]:
        """Return the periods of the dated posts, and how many of each set lie in each.

        Periods without posts between the first and the last are there, too.

        Raises
        ------
        ArgumentError
            If pandas knows no such offset, or there would be too many periods.
        """

    def undated(self) -> int:
        """Return how many posts have no date."""

    def posts(self, posts: S | None) -> pd.DataFrame:
        """Return a set of posts, or all, as a frame."""
