"""The verbs that make datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.library.verbs import Verbs

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from booru_nb.export.dataset import Dataset


class Curating(Verbs):
    """What makes datasets. Nothing is done before a dataset is asked for something."""

    def dataset(
        self, posts: pd.DataFrame | str, *, name: str = "", progress: bool = True
    ) -> Dataset:
        """Return a dataset of posts: a recipe, to which steps are added.

        Parameters
        ----------
        posts : DataFrame or str
            Any frame of posts, in which one that stands there twice counts once; or a
            query of the local language, of every post kept here. Columns `caption` and
            `split`, where they say something, win over the steps of these names.
        name : str
            What it is called.
        progress : bool
            Whether long steps show a progress bar.

        Returns
        -------
        Dataset
            Every step (`require`, `keep`, `drop`, `dedup`, `balance`, `sample`,
            `retag`, `captions`, `split`) returns another one. Its `report`, `posts`,
            `dropped`, `explain` and `grid` show what became of the posts.

        Raises
        ------
        FrameError
            If it is no frame of posts; the message names the column.
        QueryError
            If the query cannot be read.
        ArgumentError
            If the posts or the name are something else.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=20, progress=False)
        >>> ds = lib.dataset(posts, name="lights").require(min_score=0).split(train=0.8)
        >>> len(ds.posts) + len(ds.dropped)
        20
        """
        from booru_nb.library import datasets  # noqa: PLC0415 - it is heavy

        return datasets.begun(self._state, posts, name=name, progress=progress)

    def load_dataset(
        self,
        path: str | PathLike[str],
        *,
        posts: pd.DataFrame | str | None = None,
        progress: bool = True,
    ) -> Dataset:
        """Return the dataset of a recipe that `Dataset.save` has written.

        Parameters
        ----------
        path : str or path
            The file.
        posts : DataFrame or str, optional
            Posts that the steps are to be done with, as for `dataset` (default: those
            that the recipe names, as they are kept here, or what its query finds now).
        progress : bool
            As for `dataset`.

        Returns
        -------
        Dataset
            With the same steps, of which none has run yet.

        Raises
        ------
        ArgumentError
            If the recipe cannot be read, is of another version, has a step that is not
            known, or names posts that are not kept here.

        Examples
        --------
        >>> posts = lib.bookmark(lib.search("lighthouse", limit=9, progress=False))
        >>> lib.dataset(posts, name="lights").sample(5).save(path)
        >>> len(lib.load_dataset(path))
        5
        """
        from booru_nb.library import datasets  # noqa: PLC0415 - it is heavy

        return datasets.loaded(self._state, path, posts=posts, progress=progress)
