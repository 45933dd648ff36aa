"""The verbs that carry what is kept into other files, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb.library import acceptance, carrying
from booru_nb.library.verbs import Verbs
from booru_nb.portable import desktop
from booru_nb.portable.document import Document
from booru_nb.store.foldernames import checked

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd


class Portability(Verbs):
    """What a library gives to others, and takes from them."""

    def export_json(self, path: str | PathLike[str], *, history: bool = True) -> Path:
        """Write everything that is kept into a JSON file.

        `import_json` brings all of it back, into this library or into another: sites,
        posts with their tags and categories, bookmarks with folder, note and date,
        folders and how they fill themselves, blacklists, saved searches, the searches
        that were made, and settings. Logins are never in it. Files that were
        downloaded stay on the disk, and so does the list of them; what `collect` knows
        of its progress stays here, too.

        The file is one JSON object of lists; each object of a list stands on a line of
        its own. It is written and read bit by bit, so it may be larger than the
        memory. For a spreadsheet there is ``lib.bookmarks().booru.to_csv(path)``.

        Parameters
        ----------
        path : path-like
            The new file, which only you may read. An earlier export is replaced.
        history : bool
            Whether the searches that were made are written, too.

        Returns
        -------
        Path
            The new file.

        Raises
        ------
        ArgumentError
            If there is another file of this name, which is no export.
        FormatError
            If it cannot be written. What was there stays.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        >>> written = lib.export_json(path)
        >>> with bn.demo() as other:
        ...     done = other.import_json(written)
        ...     other.bookmarks().equals(lib.bookmarks())
        True
        """
        self._state.check_open()
        target = Path(path).expanduser().absolute()
        carrying.write_document(self._state, target, history=history)
        return target

    def import_json(
        self, path: str | PathLike[str], *, dry_run: bool = False
    ) -> pd.DataFrame:
        """Bring back what `export_json` has written, into this library or another.

        What is here already is refreshed, and nothing is lost: what the file does not
        say stays as it is, and so do the dates of bookmarks that are known. A site is
        the same where its address and engine are; if its name means another site here,
        it gets another one, and the report says so. Posts that join a sexual rating
        with tags that code minors are left out. Either all of it comes, or, after an
        error, nothing; doing it twice changes nothing.

        Parameters
        ----------
        path : path-like
            The file.
        dry_run : bool
            Whether to tell only what would become of it, and change nothing.

        Returns
        -------
        DataFrame
            One row a subject that is in the file (`sites`, `tags`, `posts`, `folders`,
            `bookmarks`, `blacklist`, `blacklisted_posts`, `saved_searches`, `history`,
            `settings`), and one more for each reason why some of it was skipped, or
            is otherwise here.

            ==========  ======  ======================================================
            column      dtype   meaning
            ==========  ======  ======================================================
            subject     str     what it is about
            added       int64   how many are new here
            updated     int64   how many were here, and are refreshed
            unchanged   int64   how many were here just so
            withheld    int64   how many are never kept
            skipped     int64   how many are not kept for another reason
            reason      str     which one, or what else is to be said
            ==========  ======  ======================================================

        Raises
        ------
        FormatError
            If the file is not what `export_json` writes; the message says in which
            line, and why. Nothing was changed then.
        StoreError
            If the library cannot be written. Nothing was changed then.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        >>> again = lib.import_json(lib.export_json(path), dry_run=True)
        >>> again.set_index("subject").loc["bookmarks", "unchanged"].item()
        2
        """
        self._state.check_open()
        source = Document(carrying.not_open_here(path), check=acceptance.check)
        return carrying.join(self._state, source, dry_run=dry_run)

    def import_posts(
        self, path: str | PathLike[str], *, dry_run: bool = False
    ) -> pd.DataFrame:
        """Keep the posts of a CSV, Parquet or JSON file.

        They become bookmarks where the file has a column ``folder``, ``note`` or
        ``bookmarked_at``, as `bookmarks` gives them; other posts are kept for their
        own sake, and are among `posts`. They are joined as by `import_json`; a site is
        the one of the same name.

        Parameters
        ----------
        path : path-like
            A file that ``df.booru.to_csv``, ``to_parquet`` or ``to_json``, or pandas
            has written; its name ends in ``.csv``, ``.parquet`` or ``.json``.
        dry_run : bool
            Whether to tell only what would become of it, and change nothing.

        Returns
        -------
        DataFrame
            As `import_json` returns.

        Raises
        ------
        FormatError
            If the file cannot be read.
        FrameError
            If a column is missing or holds what it may not; the message names it.
        FolderNameError
            If a folder cannot have its name. In each case nothing was changed.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        >>> table = kept.booru.to_csv(path.with_suffix(".csv"))
        >>> removed = lib.unbookmark(kept)
        >>> report = lib.import_posts(table)
        >>> lib.bookmarks().equals(kept)
        True
        """
        self._state.check_open()
        return carrying.join(self._state, carrying.listed(path), dry_run=dry_run)

    def import_desktop(
        self, path: str | PathLike[str], *, dry_run: bool = False
    ) -> pd.DataFrame:
        """Take over the database of booru-viewer, the desktop app.

        Its bookmarks come with folder and date, its folders, blacklists, saved and
        made searches, and the posts of files that it has saved. Ratings and categories
        are understood as the engine of each site means them. Its keys, settings and
        files stay where they are. The database is only read, from a copy; what the app
        has not yet moved out of its log is honoured. What is joined is joined as by
        `import_json`, and doing it again changes nothing.

        Parameters
        ----------
        path : path-like
            The app's file, such as ``booru.db``, of any version of the app.
        dry_run : bool
            Whether to tell only what would become of it, and change nothing.

        Returns
        -------
        DataFrame
            As `import_json` returns. What cannot be read or kept is counted as
            skipped, with its reason, and so are posts whose site the app does not
            tell.

        Raises
        ------
        FormatError
            If it is no such database, or is damaged, or being written.
        StoreError
            If the library cannot be written. Nothing was changed then.

        Examples
        --------
        >>> import sqlite3
        >>> app = sqlite3.connect(path)
        >>> made = app.executescript(
        ...     "create table sites (id, name, url, api_type);"
        ...     "create table favorites (site_id, post_id, tags, rating);"
        ...     "insert into sites values"
        ...     "  (1, 'Dan', 'https://danbooru.donmai.us', 'danbooru');"
        ...     "insert into favorites values (1, 77, 'sky sea', 'g');"
        ... )
        >>> app.close()
        >>> report = lib.import_desktop(path)
        >>> lib.bookmarks()[["site", "id", "rating"]].to_numpy().tolist()
        [['Dan', 77, 'general']]
        """
        self._state.check_open()
        file = carrying.not_open_here(path)
        with desktop.opened(file, check_folder=checked) as source:
            return carrying.join(self._state, source, dry_run=dry_run)
