"""What a library does with a DataFrame of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.accessor.owned import Owned

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.export.dataset import Dataset
    from booru_nb.library import Library
    from booru_nb.widgets.grid import Grid


class Keeping(Owned):
    """What a library shows, keeps or makes of a DataFrame of posts."""

    def grid(self, *, library: Library | None = None, **options: Any) -> Grid:  # noqa: ANN401
        """Show the posts as thumbnails.

        Parameters
        ----------
        library : Library, optional
            Whose sites and cache are used.
        **options
            As for `Library.grid`.

        Returns
        -------
        Grid
            A widget.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> len(posts.booru.grid(height=300).posts)
        3
        """
        return self._library(library).grid(self._frame, **options)

    def bookmark(
        self,
        *,
        folder: str | None = None,
        note: str | None = None,
        library: Library | None = None,
    ) -> pd.DataFrame:
        """Bookmark the posts.

        Parameters
        ----------
        folder, note
            As for `Library.bookmark`.
        library : Library, optional
            Where they are kept.

        Returns
        -------
        DataFrame
            The bookmarks as they are kept now, as `Library.bookmark` returns.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> len(posts.booru.bookmark(folder="sea"))
        3
        """
        return self._library(library).bookmark(self._frame, folder=folder, note=note)

    def download(
        self,
        *,
        library: Library | None = None,
        **options: Any,  # noqa: ANN401
    ) -> pd.DataFrame:
        """Download the posts' files.

        Parameters
        ----------
        library : Library, optional
            Whose sites are asked, and where the files are known.
        **options
            As for `Library.download`.

        Returns
        -------
        DataFrame
            What came of each, as `Library.download` returns.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> posts.booru.download(progress=False)["status"].unique().tolist()
        ['downloaded']
        """
        return self._library(library).download(self._frame, **options)

    def dataset(
        self, *, name: str = "", library: Library | None = None, progress: bool = True
    ) -> Dataset:
        """Return a dataset of the posts: a recipe, to which steps are added.

        Parameters
        ----------
        name, progress
            As for `Library.dataset`.
        library : Library, optional
            Whose bookmarks, thumbnails and relations of tags are used.

        Returns
        -------
        Dataset
            As `Library.dataset` returns.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=9, progress=False)
        >>> len(posts.booru.dataset(name="lights").sample(4).posts)
        4
        """
        owner = self._library(library)
        return owner.dataset(self._frame, name=name, progress=progress)
