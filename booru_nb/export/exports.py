"""Datasets written, for trainers and for other libraries."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from booru_nb.export import finished, hub
from booru_nb.export.exporting import Aio, blocking
from booru_nb.export.keeping import Keeping
from booru_nb.export.layouts import layout

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from booru_nb.export.order import Order
    from booru_nb.export.parts import About


class Exports(Keeping):
    """What writes a dataset."""

    @property
    def aio(self) -> Aio:
        """The verbs that need the network, to be awaited on any loop: ``export``."""
        return Aio(self._export)

    export = blocking(Aio.export)

    def to_datasets(
        self,
        to: str | PathLike[str] | None = None,
        *,
        progress: bool = True,
        **options: Any,  # noqa: ANN401 - those of the format
    ) -> Any:  # noqa: ANN401 - of an optional package
        """Return the dataset as the `datasets` library has it, with its pictures.

        It is exported as Parquet, and loaded from there into Arrow files, one folder
        for each content below ``datasets/arrow`` in the package's cache folder. It
        needs ``booru-nb[datasets]``.

        Parameters
        ----------
        to : str or path, optional
            Where it is exported to, as for `export` (default: a folder below
            ``datasets`` in the cache folder, which is another one for other posts or
            steps; so the same dataset is not fetched again. All that is there may be
            deleted at any time.)
        progress : bool
            Whether progress bars are shown.
        **options
            Of the format ``parquet``, and ``overwrite``, ``limit_bytes`` and ``client``
            as for `export`.

        Returns
        -------
        datasets.DatasetDict
            By the names of the splits. Each has ``image`` (a picture that is decoded
            when asked for), ``caption``, ``key`` and the columns of the posts. No posts
            give no splits.

        Raises
        ------
        ArgumentError
            If `datasets` is not installed, or none of the posts could be had.
        FileError
            As for `export`.

        Warns
        -----
        DatasetWarning
            If some of the posts could not be had.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=4, progress=False)
        >>> ds = lib.dataset(posts, name="lights").split(train=0.5)
        >>> loaded = ds.to_datasets(progress=False)
        >>> sum(split.num_rows for split in loaded.values())
        4
        """
        datasets = hub.library()
        if to is None:
            names = ("overwrite", "limit_bytes", "client")
            own = {n: v for n, v in options.items() if n not in names}
            posts, _ = self._ready()
            to = hub.folder(posts, self._name, layout("parquet", own))
        table = self.export(to, "parquet", progress=progress, **options)
        return hub.loaded(datasets, to, table, progress=progress)

    async def _export(self, order: Order) -> pd.DataFrame:
        posts, about = await asyncio.to_thread(self._ready)
        return await self._host.export(posts, about, order)

    def _ready(self) -> tuple[pd.DataFrame, About]:
        posts = finished.exportable(self._posts, self._results()[-1], self._source)
        return posts, self.about
