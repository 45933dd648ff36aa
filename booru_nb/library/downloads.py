"""The verbs about files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb import frames
from booru_nb.library import adopting, ondisk, wanting
from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking
from booru_nb.library.progress import bar
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import ADOPTED, CHECKED_FILES, DOWNLOADS, FILES, REMOVED_FILES

if TYPE_CHECKING:
    from os import PathLike

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
            kind       str                  `original`, `sample` or `preview`
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

    def adopt(
        self,
        folder: str | PathLike[str],
        *,
        posts: Given | None = None,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Know files that are there already, by their md5.

        A file is a post's if it has the md5 that its site names, whatever it is called;
        of several such posts it is the one whose id is in its name. Nothing is moved or
        changed. Hidden files and links are passed over.

        Parameters
        ----------
        folder : str or path
            Where to look, with all folders in it.
        posts : DataFrame, row, Post, (site, id), or a list of these, optional
            Whose files they may be (default: every post that is kept here).
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            One row a file, by path. An empty folder gives no rows, and the same columns
            and dtypes.

            =========  =========  ====================================================
            column     dtype      meaning
            =========  =========  ====================================================
            path       str        the file
            status     category   `adopted`, `present` (it was known), `unmatched` or
                                  `failed` (it could not be read)
            site       str        the post's site; missing where there is no post
            id         Int64      the post; missing likewise
            size       Int64      bytes; missing where it was not read
            sha256     str        in hexadecimal; missing likewise
            reason     str        why it is no post's; empty where it is
            =========  =========  ====================================================

        Raises
        ------
        FileError
            If the folder cannot be read.

        Examples
        --------
        >>> from pathlib import Path
        >>> posts = lib.search("lighthouse", limit=2, progress=False)
        >>> folder = Path(lib.download(posts, progress=False)["path"][0]).parent
        >>> lib.adopt(folder, progress=False)["status"].tolist()
        ['present', 'present']
        """
        self._state.check_open()
        if posts is None:
            kept = frames.to_posts(self._state.table(self._state.store.posts.columns()))
        else:
            kept = wanting.posts(self._state, posts)
        place = Path(folder).expanduser()
        with bar(None, doing="adopt", show=progress, unit="files") as shown:
            found = adopting.adopt(self._state.store, place, kept, shown.update)
        return self._state.table(adopting.columns(found), ADOPTED)

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

    def relocate_files(
        self, old: str | PathLike[str], new: str | PathLike[str]
    ) -> pd.DataFrame:
        """Say that a folder of files is somewhere else now; nothing is moved by this.

        Parameters
        ----------
        old : str or path
            Where it was: a folder that files were downloaded to, or one around it.
        new : str or path
            Where it is.

        Returns
        -------
        DataFrame
            As `files`.

        Raises
        ------
        ArgumentError
            If no files are known there, or files of the new place are known already.

        Examples
        --------
        >>> from pathlib import Path
        >>> posts = lib.search("lighthouse", limit=1, progress=False)
        >>> folder = Path(lib.download(posts, progress=False)["path"][0]).parent
        >>> moved = folder.rename(folder.parent / "elsewhere")
        >>> lib.relocate_files(folder, moved)["path"].str.contains("elsewhere").all()
        np.True_
        """
        self._state.check_open()
        before, after = (Path(place).expanduser().resolve() for place in (old, new))
        self._state.store.downloads.move(before, after)
        return self.files()
