"""The verbs about files that are here already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb import frames
from booru_nb.library import adopting, converting, ondisk, wanting
from booru_nb.library.downloads import Downloads
from booru_nb.library.progress import bar
from booru_nb.schemas import ADOPTED, DOWNLOADS

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from booru_nb.library.given import Given


class Custody(Downloads):
    """Files that are here already: adopted, converted, or moved elsewhere."""

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

    def convert_ugoira(self, posts: Given, *, progress: bool = True) -> pd.DataFrame:
        """Make animated WebP files of downloaded ugoira, beside the archives.

        The archives stay as they are. Frames are shown as long as an
        ``animation.json`` in the archive says, else for 80 ms each.

        Parameters
        ----------
        posts : DataFrame, row, Post, (site, id), or a list of these
            Whose archives; other posts are passed over.
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            With the columns of `download`, one row an archive: `downloaded` where it
            was converted now, `present` where it had been, or `failed`.

        Raises
        ------
        DiskFullError
            If there is no room.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=1, progress=False)
        >>> done = lib.download(posts, progress=False)
        >>> len(lib.convert_ugoira(posts, progress=False))
        0
        """
        self._state.check_open()
        files = ondisk.meant(self._state.store, posts)
        with bar(None, doing="convert", show=progress, unit="files") as shown:
            columns = converting.convert_all(self._state.store, files, shown.update)
        return self._state.table(columns, DOWNLOADS)

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
