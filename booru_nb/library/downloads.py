"""The verbs about files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.library import ondisk
from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking
from booru_nb.library.progress import bar
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import CHECKED_FILES, DOWNLOADS, FILES, REMOVED_FILES

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.library.given import Given


class Downloads(Verbs):
    """Files of posts, on this machine. The downloads themselves are in `Aio`."""

    download = blocking(Aio.download)
    retry = blocking(Aio.retry)

    @property
    def last_download(self) -> pd.DataFrame:
        """What the last `download` brought, whole or until it was stopped or failed.

        A DataFrame as `download` returns; without rows before the first one.
        """
        run = self._state.last_run
        columns = run.columns() if run else {name: [] for name in DOWNLOADS}
        return self._state.table(columns, DOWNLOADS)

    def files(self) -> pd.DataFrame:
        """Return every file that is known here, the one added last first.

        The disk is not looked at; `check_files` does that.

        Returns
        -------
        DataFrame
            One row a file. No files give no rows, and the same columns and dtypes.

            =========  ===================  ==========================================
            column     dtype                meaning
            =========  ===================  ==========================================
            site       str                  the post's site
            id         int64                the post, unique within the site
            kind       str                  `original`, `sample`, `preview` or
                                            `converted`
            path       str                  where it is
            ext        str                  its extension
            size       int64                bytes
            sha256     str                  in hexadecimal
            md5        str                  in hexadecimal
            added_at   datetime64[us, UTC]  when it was downloaded or adopted
            =========  ===================  ==========================================

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=2, progress=False)
        >>> done = lib.download(posts, progress=False)
        >>> sorted(lib.files()["path"]) == sorted(done["path"])
        True
        """
        self._state.check_open()
        columns = self._state.store.downloads.columns()
        columns["ext"] = [Path(path).suffix[1:].lower() for path in columns["path"]]
        return self._state.table(columns, FILES)

    def check_files(
        self,
        posts: Given | None = None,
        *,
        contents: bool = True,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Look whether the known files are there, and are what they were.

        Nothing is changed or forgotten, also where a file is missing.

        Parameters
        ----------
        posts : DataFrame, row, Post, (site, id), or a list of these, optional
            Whose files; of a frame with a column ``path`` only those (default: all).
        contents : bool
            Whether each file is read; else its size is looked at only.
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            One row a file. No files give no rows, and the same columns and dtypes.

            ==========  =========  ===================================================
            column      dtype      meaning
            ==========  =========  ===================================================
            site        str        the post's site
            id          int64      the post, unique within the site
            kind        str        `original`, `sample` or `preview`
            condition   category   `ok`, `missing`, `changed`, or `unreachable` (its
                                   folder or drive is not there)
            path        str        where it should be
            reason      str        what to say of it; empty where it is `ok`
            ==========  =========  ===================================================

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=1, progress=False)
        >>> done = lib.download(posts, progress=False)
        >>> lib.check_files(progress=False)["condition"].tolist()
        ['ok']
        """
        self._state.check_open()
        store = self._state.store
        files = store.downloads.all() if posts is None else ondisk.meant(store, posts)
        with bar(len(files), doing="check", show=progress, unit="files") as shown:
            columns = ondisk.check(files, contents=contents, tick=shown.update)
        return self._state.table(columns, CHECKED_FILES)

    def remove_files(self, posts: Given, *, progress: bool = True) -> pd.DataFrame:
        """Delete files of posts from the disk.

        Only a file is deleted that is known here and still what it was. One that was
        changed stays, and so does what is on a drive that is not there. A post that
        nothing else keeps is kept no longer.

        Parameters
        ----------
        posts : DataFrame, row, Post, (site, id), or a list of these
            Whose files; of a frame with a column ``path``, as `files` returns, only
            those.
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            One row a known file of these. No files give no rows, and the same columns
            and dtypes.

            ========  ======  ========================================================
            column    dtype   meaning
            ========  ======  ========================================================
            site      str     the post's site
            id        int64   the post, unique within the site
            kind      str     `original`, `sample` or `preview`
            removed   bool    whether it was deleted
            path      str     where it was, or is
            reason    str     why it was not deleted; empty where it was
            ========  ======  ========================================================

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=1, progress=False)
        >>> done = lib.download(posts, progress=False)
        >>> lib.remove_files(posts, progress=False)["removed"].tolist()
        [True]
        """
        self._state.check_open()
        files = ondisk.meant(self._state.store, posts)
        with bar(len(files), doing="remove", show=progress, unit="files") as shown:
            columns = ondisk.remove(self._state.store, files, shown.update)
        return self._state.table(columns, REMOVED_FILES)
