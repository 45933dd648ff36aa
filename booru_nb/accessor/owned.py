"""A DataFrame of posts, and the library that it belongs to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.library import Library


class Owned:
    """A DataFrame of posts.

    Parameters
    ----------
    frame : DataFrame
        Any; each method looks at the columns that it needs.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def _library(self, library: Library | None) -> Library:
        if library is not None:
            return library
        return import_module("booru_nb.library").library_of(self._frame)  # type: ignore[no-any-return]
