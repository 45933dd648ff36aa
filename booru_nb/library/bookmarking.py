"""The verbs that keep posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from booru_nb.library import given
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import BOOKMARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from booru_nb.library.given import Given
    from booru_nb.post import Post


class Bookmarking(Verbs):
    """What keeps posts."""

    def bookmark(
        self, posts: Given, *, folder: str | None = None, note: str | None = None
    ) -> pd.DataFrame:
        """Bookmark posts, or move them, or note something about them.

        A post that is bookmarked already keeps its date; what is known of it is
        refreshed. What is not said stays as it is. Either all posts are bookmarked or,
        after an error, none.

        Parameters
        ----------
        posts : DataFrame, row, Post, (site, id), or a list of these
            Which posts. A frame's columns ``folder`` and ``note`` are written, too.
        folder : str, optional
            The folder, created where it is new; ``"a/b"`` is within ``"a"`` and ``""``
            is none.
        note : str, optional
            Any text.

        Returns
        -------
        DataFrame
            The bookmarks as they are kept now, in the order given; the columns are
            those of `bookmarks`.

        Raises
        ------
        FrameError
            If a frame lacks a column or holds what it may not.
        FolderNameError
            If the folder cannot have this name.
        StoreError
            If the file cannot be written; nothing was changed then.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=2, progress=False)
        >>> lib.bookmark(posts, folder="sea/lights")["folder"].tolist()
        ['sea/lights', 'sea/lights']
        """
        self._state.check_open()
        said = [
            replace(
                entry,
                folder=entry.folder if folder is None else folder,
                note=entry.note if note is None else note,
            )
            for entry in given.entries(posts, self._known)
        ]
        self._state.store.bookmarks.add(said)
        keys = list(dict.fromkeys(entry.post.key for entry in said))
        stored = self._state.store.bookmarks.by_keys(keys)
        urls = {entry.post.preview_url for entry in said} | set(stored["preview_url"])
        self._state.bookmarks_changed(urls)
        return self._state.table(stored, BOOKMARKS)

    def unbookmark(self, posts: Given) -> pd.DataFrame:
        """Remove bookmarks.

        Parameters
        ----------
        posts : DataFrame, row, Post, (site, id), or a list of these
            Which posts; those that are not bookmarked are passed over.

        Returns
        -------
        DataFrame
            What was removed, with the columns of `bookmarks`. Bookmarking it again
            undoes the removal, dates included.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        >>> removed = lib.unbookmark(kept)
        >>> lib.bookmark(removed)["bookmarked_at"].equals(kept["bookmarked_at"])
        True
        """
        self._state.check_open()
        removed = self._state.store.bookmarks.remove(given.keys(posts))
        self._state.bookmarks_changed(removed["preview_url"])
        return self._state.table(removed, BOOKMARKS)

    def bookmarks(
        self, *, folder: str | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return the bookmarks, newest first.

        Parameters
        ----------
        folder : str, optional
            Only those in this folder and the folders within it, or those that its
            query finds; ``""`` for those in none (default: all).
        columns : sequence of str, optional
            Only these, in this order, which is quicker (default: all).

        Returns
        -------
        DataFrame
            One row a bookmark, with a default index. No bookmarks give no rows, and
            the same columns and dtypes.

            ==============  ===================  =====================================
            column          dtype                meaning
            ==============  ===================  =====================================
            site            str                  the site's name here
            id              int64                unique within the site
            also_on         str                  `site:id` of the same work elsewhere
            rating          category             `general` < `sensitive` <
                                                 `questionable` < `explicit`
            score           Int64                up minus down votes
            favorites       Int64                missing where the site does not say
            tags            str                  separated by blanks, sorted
            artist          str                  the tags of this category, sorted
            character       str                  likewise
            copyright       str                  likewise
            species         str                  likewise
            general         str                  likewise
            meta            str                  likewise
            other           str                  further ones, as `category:tag`
            width           Int64                pixels of the original
            height          Int64                pixels of the original
            ext             str                  of the original
            md5             str                  of the original
            file_size       Int64                bytes of the original
            source          str                  where the uploader says it is from
            parent_id       Int64                the post of which it is a variant
            uploader        str                  name or id
            created_at      datetime64[us, UTC]  when it was uploaded
            preview_url     str                  the thumbnail
            sample_url      str                  a larger picture
            file_url        str                  the original
            post_url        str                  the post's page
            status          category             `active`, `pending`, `flagged`,
                                                 `deleted` or `restricted`
            folder          str                  empty where it is in none
            note            str                  empty where there is none
            bookmarked_at   datetime64[us, UTC]  when it was first bookmarked
            ==============  ===================  =====================================

        Raises
        ------
        ArgumentError
            If there is no such column.
        StoreError
            If the library file cannot be read.

        Examples
        --------
        >>> kept = lib.bookmark(lib.search("lighthouse", limit=3, progress=False))
        >>> len(lib.bookmarks())
        3
        """
        self._state.check_open()
        kept = self._state.kept
        return self._state.ours(kept.bookmarks(folder=folder, columns=columns))

    def _known(self, key: tuple[str, int]) -> Post | None:
        """Return what was last heard of a post."""
        return self._state.seen.get(key)
