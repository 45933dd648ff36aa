"""A library's store: one file, and the subjects that are in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from booru_nb.store.blacklist import Blacklist
from booru_nb.store.bookmarks import Bookmarks
from booru_nb.store.connections import Place
from booru_nb.store.crawls import Crawls
from booru_nb.store.downloads import Downloads
from booru_nb.store.folders import Folders
from booru_nb.store.history import History
from booru_nb.store.library_file import LibraryFile
from booru_nb.store.posts import Posts
from booru_nb.store.purging import purge
from booru_nb.store.relations import Relations
from booru_nb.store.saved_searches import SavedSearches
from booru_nb.store.settings import Settings
from booru_nb.store.sites import Sites
from booru_nb.store.tags import Tags
from booru_nb.store.withheld_files import delete_withheld

if TYPE_CHECKING:
    from os import PathLike


@dataclass(frozen=True)
class Store:
    """What is kept, by subject. `open` makes one.

    Any thread may use it. Every method is a transaction of its own; to join several,
    call them inside ``store.file.write(work)``.

    Attributes
    ----------
    file : LibraryFile
        The open file, with ``read(work)``, ``write(work)`` and ``generation()``.
    sites, posts, tags, relations, bookmarks, folders, downloads, settings, blacklist,
    history, saved_searches, crawls
        The subjects.
    """

    file: LibraryFile
    sites: Sites
    posts: Posts
    tags: Tags
    relations: Relations
    bookmarks: Bookmarks
    folders: Folders
    downloads: Downloads
    settings: Settings
    blacklist: Blacklist
    history: History
    saved_searches: SavedSearches
    crawls: Crawls

    @classmethod
    def open(cls, path: str | PathLike[str], *, vfs: str | None = None) -> Self:
        """Open a library file, which is made where there is none.

        Posts that the rule of `booru_nb.guard` withholds are deleted from it, and so
        are their files.

        Parameters
        ----------
        path : path-like
            Where. Its folder is made, too; a file that is made here can be read by
            its owner only.
        vfs : str, optional
            SQLite's name of the way to lock the file (default: the system's), for file
            systems on which locks do not work: ``unix-dotfile``.

        Raises
        ------
        ForeignFileError
            If another program made the file, or nothing is in it.
        NewerFileError
            If a newer version of booru_nb made it.
        DamagedFileError
            If it is not whole.
        StoreError
            If it cannot be opened for another reason. In each case the file is left
            as it was.
        """
        store = cls.of(LibraryFile(Place(Path(path), vfs=vfs)))
        purge(store.file)
        delete_withheld(store.file)
        return store

    @classmethod
    def of(cls, file: LibraryFile) -> Self:
        """Return the store that is in an open file."""
        return cls(
            file=file,
            sites=Sites(file),
            posts=Posts(file),
            tags=Tags(file),
            relations=Relations(file),
            bookmarks=Bookmarks(file),
            folders=Folders(file),
            downloads=Downloads(file),
            settings=Settings(file),
            blacklist=Blacklist(file),
            history=History(file),
            saved_searches=SavedSearches(file),
            crawls=Crawls(file),
        )

    def uuid(self) -> str:
        """Return what tells this library from every other: 32 hex digits."""
        return self.file.read(
            lambda db: str(
                db.execute("select value from meta where key = 'library'").fetchone()[0]
            )
        )

    def close(self) -> None:
        """Close the file; closing twice is nothing."""
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
