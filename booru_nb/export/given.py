"""Posts of a dataset, in whatever way a step is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb import frames
from booru_nb.errors import ArgumentError
from booru_nb.export.source import key_list
from booru_nb.post import Post

if TYPE_CHECKING:
    from booru_nb.export.source import Key, Source


def named(given: object, source: Source, what: str) -> str | list[Key]:
    """Return a query as its text, and posts as their keys.

    Parameters
    ----------
    given : object
        A query; a boolean mask, as a Series by the index of what the dataset began
        with, or as a list or array of its length; a frame of posts, a row of one, a
        `Post`, a ``(site, id)``, or a list of these.
    source : Source
        What the dataset began with.
    what : str
        The argument's name, for errors.

    Raises
    ------
    ArgumentError
        If it is nothing of these.
    FrameError
        If a frame is none of posts.
    """
    if isinstance(given, str):
        return given
    if isinstance(given, pd.DataFrame):
        return key_list(frames.conform(given))
    if isinstance(given, pd.Series) and {"site", "id"} <= set(given.index):
        return key_list(frames.conform(given.to_frame().T))
    if isinstance(given, pd.Series):
        return _masked(_aligned(given, source, what), source)
    if isinstance(given, pd.api.extensions.ExtensionArray):
        missing = given.isna()
        given = [False if m else x for x, m in zip(given, missing, strict=True)]
    if key := as_key(given):
        return [key]
    if isinstance(given, Iterable) and not isinstance(given, (bytes, dict)):
        return _each(list(given), source, what)
    raise _unusable(given, what)


def key_of(post: object) -> Key:
    """Return the site and id of a row, a frame of one row, a `Post` or such a pair.

    Raises
    ------
    ArgumentError
        If it is nothing of these.
    """
    row = post.iloc[0] if isinstance(post, pd.DataFrame) and len(post) == 1 else post
    if isinstance(row, pd.Series) and {"site", "id"} <= set(row.index):
        row = str(row["site"]), row["id"]
    if (key := as_key(row)) is None:
        raise ArgumentError(
            f"post is a (site, id), a row of a frame, or a Post, not {post!r}."
        )
    return key


def as_key(given: object) -> Key | None:
    """Return a pair of site and id; None where it is none."""
    match given:
        case (str(site), Integral() as number) if not isinstance(given[1], bool):
            return site, int(number)
        case Post():
            return given.key
    return None


def _each(items: list[Any], source: Source, what: str) -> list[Key]:
    if items and all(isinstance(item, (bool, np.bool_)) for item in items):
        if len(items) != len(source.index):
            raise ArgumentError(
                f"{what} is a mask of {len(items)} values, and the dataset began with "
                f"{len(source.index)} posts. A boolean Series is aligned by its index."
            )
        return _masked(np.array(items, dtype=bool), source)
    found = [as_key(item) for item in items]
    for item, key in zip(items, found, strict=True):
        if key is None:
            raise _unusable(item, what)
    return [key for key in found if key is not None]


def _aligned(mask: pd.Series[Any], source: Source, what: str) -> np.ndarray[Any, Any]:
    """Return a mask by the places of what the dataset began with; missing is False."""
    plain = mask.astype(object)
    plain = plain.where(plain.notna(), other=False)
    if not plain.map(lambda value: isinstance(value, (bool, np.bool_))).all():
        raise ArgumentError(
            f"{what} is a Series of {mask.dtype}, not of True and False."
        )
    if mask.index.equals(source.index):
        return plain.to_numpy(dtype=bool)
    if not mask.index.is_unique or not source.index.is_unique:
        raise ArgumentError(
            f"{what} cannot be aligned: index labels stand twice. Give the rows "
            "themselves: posts[mask]."
        )
    if len(strange := mask.index.difference(source.index)):
        raise ArgumentError(
            f"{what} has index labels that the dataset's posts do not have, such as "
            f"{strange[0]!r}. Make the mask of ds.posts, or of the given frame."
        )
    found = plain.reindex(source.index, fill_value=False)
    return found.to_numpy(dtype=bool)


def _masked(mask: np.ndarray[Any, Any], source: Source) -> list[Key]:
    places = source.posts.index
    return key_list(source.posts[mask[places.to_numpy()]])


def _unusable(given: object, what: str) -> ArgumentError:
    return ArgumentError(
        f"{what} is a query, a boolean mask, a DataFrame of posts, a (site, id), or a "
        f"list of these, not {given!r}."
    )
