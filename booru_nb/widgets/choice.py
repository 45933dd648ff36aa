"""What a user may mean by a selection, as the ordinals of posts shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from booru_nb import frames
from booru_nb.errors import ArgumentError
from booru_nb.widgets.ordinals import NONE, added

if TYPE_CHECKING:
    from booru_nb.widgets.ordinals import Ordinals
    from booru_nb.widgets.shown import Shown

    Pair = tuple[str, int]
    Choice = pd.Series[Any] | pd.DataFrame | Iterable[Any] | Pair


def chosen(what: Choice, shown: Shown) -> Ordinals:
    """Return the posts that are meant, each once, in the order given.

    Parameters
    ----------
    what : Series, DataFrame, array or iterable of (site, id)
        A boolean Series is aligned by its index, and a missing value means no. A row
        of a frame is a post. A boolean array has the grid's length. A frame is compared
        by ``site`` and ``id``; those of its posts that the grid does not show are left
        out. Pairs
        must all be shown.
    shown : Shown
        What the grid shows.

    Raises
    ------
    ArgumentError
        If it is none of these, has another length, or means posts that are not shown.
    """
    if isinstance(what, pd.Series):
        if {"site", "id"} <= set(what.index):
            return _by_key(what.to_frame().T, shown, all_needed=True)
        return _by_label(what, shown)
    if isinstance(what, pd.DataFrame):
        return _by_key(what, shown, all_needed=False)
    if isinstance(what, tuple) and len(what) == 2 and isinstance(what[0], str):  # noqa: PLR2004
        what = [what]
    if isinstance(what, str) or not isinstance(what, Iterable):
        raise _unusable(what)
    values = what if hasattr(what, "dtype") else list(what)
    if not len(values):  # type: ignore[arg-type]
        return NONE if not hasattr(what, "dtype") else _by_place(values, shown)
    if hasattr(what, "dtype") or isinstance(values[0], (bool, np.bool_)):  # type: ignore[index]
        return _by_place(values, shown)
    return _by_key(_pairs(cast("list[Any]", values)), shown, all_needed=True)


def _by_label(mask: pd.Series[Any], shown: Shown) -> Ordinals:
    index = shown.frame.index
    if not mask.index.equals(index):
        if not mask.index.is_unique:
            msg = (
                "The Series has labels that occur twice, and another index than the "
                "grid's posts. Take its mask from `grid.posts`."
            )
            raise ArgumentError(msg)
        mask = mask.reindex(index)
    return np.flatnonzero(_booleans(mask.array, "Series"))


def _by_place(mask: Any, shown: Shown) -> Ordinals:  # noqa: ANN401
    if len(mask) != len(shown):
        msg = (
            f"The array has {len(mask)} values, and the grid shows {len(shown)} posts. "
            "Give one for each, or a boolean Series, which is aligned by its index."
        )
        raise ArgumentError(msg)
    return np.flatnonzero(_booleans(mask, "array"))


def _booleans(values: Any, kind: str) -> np.ndarray[Any, Any]:  # noqa: ANN401
    series = pd.Series(values).astype(object)
    series = series.where(series.notna(), other=False)
    if not series.map(lambda value: isinstance(value, (bool, np.bool_))).all():
        dtype = getattr(values, "dtype", "mixed")
        msg = f"The {kind} must hold True and False, not {dtype}."
        raise ArgumentError(msg)
    return series.to_numpy(dtype=bool)


def _pairs(values: list[Any]) -> pd.DataFrame:
    for value in values:
        if not (isinstance(value, tuple) and len(value) == 2):  # noqa: PLR2004
            raise _unusable(value)
    return pd.DataFrame(values, columns=["site", "id"])


def _unusable(value: object) -> ArgumentError:
    return ArgumentError(
        f"{value!r} is no post. Give a boolean Series, a boolean array, a row or a "
        "DataFrame of posts, or pairs such as ('danbooru', 1)."
    )


def _by_key(wanted: pd.DataFrame, shown: Shown, *, all_needed: bool) -> Ordinals:
    keys = frames.conform(wanted[[c for c in ("site", "id") if c in wanted.columns]])
    here = shown.known[["site", "id"]].assign(ordinal=np.arange(len(shown)))
    found = keys[["site", "id"]].merge(here, on=["site", "id"], how="left")
    unknown = found[found["ordinal"].isna()]
    if len(unknown) and (all_needed or len(unknown) == len(found)):
        first = (str(unknown["site"].iloc[0]), int(unknown["id"].iloc[0]))
        msg = (
            f"The grid shows {len(keys) - len(unknown)} of these {len(keys)} posts; "
            f"{first!r} is not among them. `grid.posts` says which are."
        )
        raise ArgumentError(msg)
    return added(NONE, found["ordinal"].dropna().to_numpy(dtype=np.int64))
