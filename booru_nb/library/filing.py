"""The verbs about folders of bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.library import checks
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import FOLDERS

if TYPE_CHECKING:
    import pandas as pd


class Filing(Verbs):
    """In which folders bookmarks are. `bookmark` puts them there."""

    def folders(self) -> pd.DataFrame:
        """Return the folders of the bookmarks, by name.

        Returns
        -------
        DataFrame
            One row a folder; one around others has a row, too. No folders give no
            rows, and the same columns and dtypes.

            ========  ===================  ===========================================
            column    dtype                meaning
            ========  ===================  ===========================================
            folder    str                  its name; ``a/b`` is within ``a``
            count     int64                how many bookmarks ``bookmarks(folder=…)``
                                           shows: those in folders within it, too
            direct    int64                how many are in the folder itself
            query     str                  with what it fills itself; missing where
                                           bookmarks are put into it
            added_at  datetime64[us, UTC]  when it was made
            ========  ===================  ===========================================

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> kept = lib.bookmark(posts, folder="sea/lights")
        >>> lib.folders().set_index("folder")["count"].to_dict()
        {'sea': 3, 'sea/lights': 3}
        """
        self._state.check_open()
        return self._state.table(self._state.store.folders.columns(), FOLDERS)

    def add_folder(self, name: str, *, query: str | None = None) -> str:
        """Make a folder; one that is there already stays as it is.

        Parameters
        ----------
        name : str
            Its name; ``"a/b"`` is within ``"a"``, which is made, too.
        query : str, optional
            In the language of `query`: the folder then fills itself with the bookmarks
            that this finds, at any time, and nothing can be put into it.

        Returns
        -------
        str
            The name as it is kept.

        Raises
        ------
        FolderNameError
            If it cannot have this name, or is there already with another query.
        QueryError
            If the query cannot be read; the message points at the place.

        Examples
        --------
        >>> lib.add_folder("sea/lights")
        'sea/lights'
        >>> lib.add_folder("good", query="score:>50")
        'good'
        >>> lib.folders()["folder"].tolist()
        ['good', 'sea', 'sea/lights']
        """
        self._state.check_open()
        if query is not None:
            checks.text(query, what="A query")
        name = checks.text(name, what="A folder's name")
        return self._state.store.folders.add(name, query=query)

    def remove_folder(self, name: str) -> int:
        """Remove a folder and those within it; no bookmark is lost.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        int
            How many bookmarks were in there, and are in no folder now.

        Raises
        ------
        FolderNameError
            If there is no such folder.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=3, progress=False)
        >>> kept = lib.bookmark(posts, folder="sea/lights")
        >>> lib.remove_folder("sea")
        3
        >>> len(lib.bookmarks(folder=""))
        3
        """
        self._state.check_open()
        name = checks.text(name, what="A folder's name")
        return self._state.store.folders.remove(name)

    def rename_folder(self, old: str, new: str) -> None:
        """Give a folder another name, or move it into another one.

        The folders within it, and their bookmarks, go along.

        Parameters
        ----------
        old, new : str
            Its name so far, and the one that it gets.

        Raises
        ------
        FolderNameError
            If there is no such folder, if it cannot have the new name, or if another
            folder has it.

        Examples
        --------
        >>> lib.add_folder("sea/lights")
        'sea/lights'
        >>> lib.rename_folder("sea", "coast")
        >>> lib.folders()["folder"].tolist()
        ['coast', 'coast/lights']
        """
        self._state.check_open()
        before = checks.text(old, what="A folder's name")
        after = checks.text(new, what="A folder's name")
        self._state.store.folders.rename(before, after)
