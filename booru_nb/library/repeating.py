"""Searches that are made again, to be awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.library import checks
from booru_nb.library.asking import Asking

if TYPE_CHECKING:
    from types import EllipsisType

    import pandas as pd

    from booru_nb.library.state import State


class Repeating:
    """The verb that makes a saved search."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def run_search(
        self,
        name: str,
        *,
        limit: int | EllipsisType | None = ...,
        blacklist: bool | None = None,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Return the posts that a saved search finds now.

        Parameters
        ----------
        name : str
            The name under which `save_search` has saved it.
        limit, blacklist, progress
            As for `search`.

        Returns
        -------
        DataFrame
            As `search` returns.

        Raises
        ------
        UnknownSearchError
            If no search is saved under this name.
        BooruError
            As `search` does.

        Examples
        --------
        >>> lib.save_search("good skies", "sky", min_score=20)
        >>> posts = lib.run_search("good skies", limit=5, progress=False)
        >>> (posts["score"] >= 20).all().item()
        True
        """
        text = checks.text(name, what="A search's name")
        saved = self._state.store.saved_searches.get(text)
        return await Asking(self._state).search(
            saved.query,
            site=saved.sites or None,
            limit=limit,
            blacklist=blacklist,
            progress=progress,
            **saved.options,
        )
