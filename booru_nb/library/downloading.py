"""The verbs that download, to be awaited."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb import loop
from booru_nb.errors import ArgumentError, BooruError
from booru_nb.library import wanting
from booru_nb.library.errands import Order, Run
from booru_nb.library.fetching import Fetching
from booru_nb.media.names import DEFAULT, Template
from booru_nb.schemas import DOWNLOADS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    import pandas as pd

    from booru_nb.library.given import Given
    from booru_nb.library.state import State
    from booru_nb.post import Post


class Downloading:
    """The verbs that have files."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def download(  # noqa: PLR0913 - each is an option of its own
        self,
        posts: Given,
        *,
        to: str | PathLike[str] | None = None,
        template: str = DEFAULT,
        kind: str = "original",
        limit_bytes: int | None = None,
        overwrite: bool = False,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Download the files of posts into a folder, and keep the posts.

        A file that is there already is not fetched again, under whatever name; one
        that broke off is gone on with. So after the stop button, an error or a crash
        the same call fetches what is missing. Each file is checked: its size, its
        first bytes, and its md5, or where the site names none, by decoding it. What is
        a web page instead, too large, or too large when decoded, is refused. Originals
        stay as they are to the byte.

        No file is overwritten that is another post's, or that the library does not
        know: the post's site and id are added to the name then.

        A host that fails many times in a row is given up for this run.

        Parameters
        ----------
        posts : DataFrame, row, Post, (site, id), or a list of these
            Which posts, of any rating.
        to : str or path, optional
            The folder, made where it is new (default: ``lib.settings["downloads"]``,
            at first the folder of this name beside the library's file).
        template : str
            Names of the files, with ``/`` between folders; ``%id%``, ``%md5%``,
            ``%ext%``, ``%rating%``, ``%score%``, ``%site%``, and the tags as
            ``%artist%``, ``%character%``, ``%copyright%``, ``%species%``,
            ``%general%``, ``%meta%``. What some system does not take becomes ``_``, and
            a name is at most 255 bytes long.
        kind : {"original", "sample", "preview"}
            Which file of each post. Samples and previews have that word in their names
            and lie beside the originals.
        limit_bytes : int, optional
            How large a file may be (default: 100 MB, and 1 GB for videos and archives).
        overwrite : bool
            Whether the files that the library knows are fetched again, and replaced,
            also where they were changed.
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            One row a post, in the order given; a post that was given twice has one.
            No posts give no rows, and the same columns and dtypes.

            =========  =========  ====================================================
            column     dtype      meaning
            =========  =========  ====================================================
            site       str        the site's name here
            id         int64      unique within the site
            kind       str        as asked for
            status     category   `downloaded`, `present` (it was there already),
                                  `failed` or `skipped` (it was not tried)
            path       str        where it is; missing where it is not
            reason     str        why it is not there; empty where it is
            size       Int64      bytes; missing where it is not there
            sha256     str        in hexadecimal; missing likewise
            =========  =========  ====================================================

        Raises
        ------
        ArgumentError
            If the template, the kind or the limit cannot be used.
        FileError
            If nothing can be written there; `DiskFullError` where there is no room. The
            error has what came until then as ``.posts``.
        StoreError
            If the library cannot be written.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=2, progress=False)
        >>> lib.download(posts, progress=False)["status"].tolist()
        ['downloaded', 'downloaded']
        >>> lib.download(posts, progress=False)["status"].tolist()
        ['present', 'present']
        """
        self._state.check_open()
        order = Order(
            folder=self._folder(to),
            template=Template(template),
            kind=kind,
            limit=limit_bytes,
            overwrite=overwrite,
        )
        wanted = await asyncio.to_thread(wanting.posts, self._state, posts)
        return await self._have(order, wanted, progress=progress)

    async def retry(self, *, progress: bool = True) -> pd.DataFrame:
        """Download again what the last `download` did not bring, in the same way.

        Parameters
        ----------
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            With the columns of `download`, and only those posts; without rows where
            nothing is missing.

        Raises
        ------
        ArgumentError
            If nothing was downloaded since the library was opened.
        BooruError
            Whatever else `download` raises.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=2, progress=False)
        >>> done = lib.download(posts, progress=False)
        >>> len(lib.retry(progress=False))
        0
        """
        self._state.check_open()
        last = self._state.last_run
        if last is None:
            raise ArgumentError("Nothing was downloaded yet: lib.download(posts).")
        had = {
            e.post.key for e in last.errands if e.status in {"downloaded", "present"}
        }
        missing = [post for post in last.posts if post.key not in had]
        return await self._have(last.order, missing, progress=progress)

    async def _have(
        self, order: Order, wanted: Sequence[Post], *, progress: bool
    ) -> pd.DataFrame:
        run = self._state.last_run = Run(order, wanted)
        try:
            await loop.on_app_loop(self._fetch(run, show=progress))
        except BooruError as error:
            error.posts = self._state.table(run.columns(), DOWNLOADS)
            raise
        return self._state.table(run.columns(), DOWNLOADS)

    async def _fetch(self, run: Run, *, show: bool) -> None:
        text = run.order.template.text
        run.posts = await wanting.with_categories(self._state, run.posts, text)
        await Fetching(self._state, run).go(show=show)

    def _folder(self, to: str | PathLike[str] | None) -> Path:
        """Return the folder that is meant, with no link in its path."""
        home = self._state.path.parent
        if to is None:
            to = home / Path(self._state.setting("downloads")).expanduser()
        return Path(to).expanduser().resolve()
