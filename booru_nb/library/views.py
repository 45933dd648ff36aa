"""The verbs that show pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import search as searches
from booru_nb.library.backend import LibraryBackend
from booru_nb.library.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from booru_nb.widgets.asked import Filters
    from booru_nb.widgets.explorer import Explorer
    from booru_nb.widgets.grid import Grid


class Views(Verbs):
    """What shows pictures."""

    def grid(
        self, posts: pd.DataFrame, *, height: int = 600, size: int | None = None
    ) -> Grid:
        """Show any DataFrame of posts as thumbnails.

        Parameters
        ----------
        posts : DataFrame
            The posts; a column ``site`` and ``id`` at least.
        height : int
            Pixels of the whole grid.
        size : int, optional
            Pixels of a thumbnail (default: ``lib.settings["thumbnail_size"]``).

        Returns
        -------
        Grid
            A widget. Its `selected` are the rows that are selected in it, and
            `select` selects some.

        Raises
        ------
        FrameError
            If it is no frame of posts; the message names the column.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=20, progress=False)
        >>> grid = lib.grid(posts)
        >>> grid.select(posts["score"] > 0)
        >>> grid.selected.equals(posts[posts["score"] > 0])
        True
        """
        from booru_nb.library.gridding import grid_of  # noqa: PLC0415

        self._state.check_open()
        backend = LibraryBackend(self._state)
        wanted = self._state.setting("thumbnail_size") if size is None else size
        return grid_of(backend, posts, height=height, size=wanted)

    def explore(  # noqa: PLR0913 - each is a filter of its own
        self,
        query: str = "",
        *,
        site: str | Sequence[str] | None = None,
        rating: str | Sequence[str] | None = None,
        min_score: int | None = None,
        order: str | None = None,
        media: str | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
        blacklist: bool | None = None,
        height: int = 600,
    ) -> Explorer:
        """Show the explorer: a search box, thumbnails, and the details of a post.

        Parameters
        ----------
        query : str
            What is searched for first.
        site, rating, min_score, order, media, after, before
            As for `search`. They are what its controls show at first, and each can be
            changed there.
        blacklist : bool, optional
            As for `search`, for all that is searched for in this explorer.
        height : int
            Pixels of its grid.

        Returns
        -------
        Explorer
            A widget. Its `posts` are those that have come, and its `selected` those
            that are selected, as DataFrames.

        Raises
        ------
        UnknownSiteError
            If no site has this name.
        ArgumentError
            If a rating or a filter is none.

        Examples
        --------
        >>> explorer = lib.explore("lighthouse", min_score=5)
        >>> explorer.selected.empty
        True
        """
        from booru_nb.widgets.explorer import Explorer  # noqa: PLC0415

        self._state.check_open()
        self._state.ratings(rating)
        filters: Filters = {
            "min_score": min_score,
            "order": order,
            "media": media,
            "after": after,
            "before": before,
        }
        searches.wishes(**filters)
        return Explorer(
            LibraryBackend(self._state, blacklist=blacklist),
            query,
            site=[target.name for target in self._state.targets(site)],
            rating=rating,
            height=height,
            size=self._state.setting("thumbnail_size"),
            **filters,
        )
