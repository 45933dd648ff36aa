"""Tags in the order in which they are shown, as columns of a frame."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.columns import cast
from booru_nb.errors import ArgumentError
from booru_nb.post import Category

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from booru_nb.schemas import Schema
    from booru_nb.stats.backend import Backend
    from booru_nb.stats.sparse import Ints


def number(limit: int | None, *, name: str = "limit") -> int | None:
    """Return a limit.

    Raises
    ------
    ArgumentError
        If it is no whole number, or below zero.
    """
    given: object = limit
    whole = isinstance(given, Integral) and not isinstance(given, bool)
    if limit is None or (whole and limit >= 0):
        return limit
    raise ArgumentError(f"{name} is a whole number from 0 on, not {limit!r}.")


def least(count: int) -> int:
    """Return how many posts a tag must be on, which is one at the least.

    Raises
    ------
    ArgumentError
        If it is no whole number.
    """
    given: object = count
    whole = isinstance(given, Integral) and not isinstance(given, bool)
    if not whole:
        raise ArgumentError(f"min_count is a whole number, not {given!r}.")
    return max(count, 1)


def tags_of(given: str | Iterable[str], *, name: str = "tags") -> list[str]:
    """Return one text, or several, as a list of each once, in their order.

    Raises
    ------
    ArgumentError
        If it is something else.
    """
    said: Any = [given] if isinstance(given, str) else given
    texts = list(said) if isinstance(said, Iterable) else [said]
    if not all(isinstance(text, str) for text in texts):
        raise ArgumentError(f"{name} is a text or a list of texts, not {given!r}.")
    return list(dict.fromkeys(texts))


def ordered(codes: Ints, keys: Sequence[NDArray[Any]]) -> NDArray[np.intp]:
    """Return the places of tags in order.

    Parameters
    ----------
    codes : array of int64
        The numbers of the tags, which are in the order of their names.
    keys : sequence of array
        What decides, the most important first, the largest first; then the name does.
    """
    return np.lexsort([codes, *(-key for key in reversed(keys))])


def chosen(
    categories: pd.Index[Any], category: str | Sequence[str] | None
) -> NDArray[np.bool_]:
    """Tell which tags are of a category, or of one of several; all without one.

    Parameters
    ----------
    categories : Index of str
        Of each tag; missing where it is not known.
    category : str or sequence of str, optional
        What is wanted.

    Raises
    ------
    ArgumentError
        If no site has such a category, and no tag here has it.
    """
    if category is None:
        return np.ones(len(categories), dtype=bool)
    wanted = tags_of(category, name="category")
    known = [str(one) for one in Category]
    known += sorted(set(categories.dropna()) - set(known))
    if wrong := [one for one in wanted if one not in known]:
        raise ArgumentError(
            f"There is no category {wrong[0]!r}. There are: {', '.join(known)}."
        )
    return categories.isin(wanted)


def tag_columns(backend: Backend[Any], codes: Ints) -> dict[str, Any]:
    """Return the columns ``tag`` and ``category`` of some tags."""
    return {"tag": backend.names[codes], "category": backend.categories[codes]}


def framed(columns: Mapping[str, Any], schema: Schema) -> pd.DataFrame:
    """Return columns as a frame of a schema, with a default index."""
    return pd.DataFrame(
        {
            name: cast(name, pd.Series(columns[name]).reset_index(drop=True), dtype)
            for name, dtype in schema.items()
        }
    )
