"""Pages of which nothing is left, and when to tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.errors import SparseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from booru_nb.sites import Page

FRUITLESS = 20
"""Pages in a row of which nothing may be left, before somebody is told."""


def refuse(error: SparseError) -> None:
    """Raise the error: the search ends, unless it is gone on with."""
    raise error


class Sparseness:
    """Counts pages in a row of which the filters here have left nothing.

    Parameters
    ----------
    name : str
        The site's.
    on_sparse : callable
        Called with a `SparseError` each time that `FRUITLESS` pages are counted.
    """

    def __init__(self, name: str, on_sparse: Callable[[SparseError], object]) -> None:
        self._name = name
        self._on_sparse = on_sparse
        self._fruitless: list[int] = []

    def over(self) -> None:
        """Begin anew, since something was left."""
        self._fruitless.clear()

    def count(self, page: Page, filters: Iterable[str]) -> None:
        """Count a page of which these filters left nothing; tell of too many."""
        self._fruitless.append(page.count)
        if len(self._fruitless) < FRUITLESS:
            return
        posts = f"{sum(self._fruitless):,} posts"
        self._fruitless.clear()
        self._on_sparse(
            SparseError(
                f"The last {posts} of {self._name} have nothing that passes what is "
                f"filtered here: {', '.join(filters)}."
            )
        )
