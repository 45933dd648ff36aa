"""The verb that searches what is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import arrow
from booru_nb.library import marking
from booru_nb.library.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from booru_nb.query import Query


class Querying(Verbs):
    """What searches the file. Nothing of this needs the network."""

    def query(
        self,
        query: str | Query,
        *,
        posts: pd.DataFrame | None = None,
        limit: int | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return the posts kept here that a query finds, the newest kept first.

        Every post that is kept is searched: bookmarked, collected or downloaded. The
        language is the same for any DataFrame of posts (``posts.booru.query(…)``), for
        blacklists and for folders that fill themselves; sites have languages of their
        own, which `search` speaks.

        Parameters
        ----------
        query : str
            What is looked for; nothing means everything. See below.
        posts : DataFrame, optional
            Posts to search instead; their index labels, further columns and order
            stay. What they do not tell of bookmarks, the library does.
        limit : int, optional
            How many at the most (default: all); the smaller of this and a ``limit:``
            holds.
        columns : sequence of str, optional
            Only these, in this order, which is faster the fewer they are (default:
            those of `search`); those of `bookmarks` can be had, too.

        Returns
        -------
        DataFrame
            One row a post, with a default index and the columns of `search`. Nothing
            found gives no rows, and the same columns and dtypes.

        Raises
        ------
        QueryError
            If the query cannot be read; the message shows where, and what to write.
        ArgumentError
            If there is no such column.

        Notes
        -----
        Words side by side must all be true of a post; upper and lower case are the
        same.

        ==========================  ===================================================
        write                       to find
        ==========================  ===================================================
        ``sky cloud``               posts with both tags
        ``sky -cloud``              with the first, without the second
        ``sky or sea``              with one of them; ``|`` means the same, and binds
                                    less than a blank: ``a b or c`` is ``(a b) or c``
        ``~sky ~sea cloud``         with ``cloud`` and one of the others
        ``(sky or sea) -(a b)``     brackets; those within a tag are part of it, as in
                                    ``rock_(band)``
        ``*_hair``, ``sk*``         a tag with ``*`` for any characters, or none
        ``artist:name``             the tag, if it is an artist's; likewise
                                    ``character: copyright: species: general: meta:``,
                                    and any category that a site has
        ``"or" ":(" "-_-"``         a tag, whatever it looks like; a blank within is an
                                    underscore
        ==========================  ===================================================

        Keywords, of which ``-`` is the opposite, too:

        ==========================  ===================================================
        write                       to find
        ==========================  ===================================================
        ``rating:general``          by rating; ``g s q e`` are short, ``rating:g,s``
                                    and ``rating:>=q`` and ``is:sfw is:nsfw`` several
        ``score:>50``               by a number; ``>50 >=50 <50 <=50 50 1,2,3``, and
                                    ``10..50 10.. ..50`` with both ends
        ``favorites: width:         likewise
        height: id: parent:
        tagcount:``
        ``filesize:>2MB``           with ``KB MB GB``, of 1,024
        ``mpixels:>2 ratio:16:9``   by millions of pixels, by width to height
        ``date:2024-05``            uploaded in that year, month or day, in UTC; and
                                    ``date:>=2024 date:2023-12..2024-02``
        ``age:<7d``                 uploaded so long ago; ``s min h d w mo y``
        ``site:name ext:png         by text, with ``*``; a comma means "or"
        md5:… uploader:name``
        ``source:pixiv``            with this in the source
        ``status:deleted``          by status; ``is:deleted`` means the same
        ``is:bookmarked``           what is bookmarked; ``bookmarked:2024`` when
        ``folder:sea``              bookmarks in this folder or in one within it
        ``note:"two words"``        bookmarks with this in the note
        ``has:source``              where it is known; likewise ``has:parent`` and
                                    others. ``source:none`` is the opposite, and
                                    ``folder:none`` finds what is in no folder
        ``order:score``             the best first; ``order:score_asc`` the worst.
                                    Further orders: ``id favorites date bookmarked kept
                                    width height mpixels filesize ratio tagcount``, and
                                    ``random`` (``random:7`` is the same each time)
        ``limit:20``                so many at the most
        ==========================  ===================================================

        A value that is missing fits no comparison, so ``-score:>50`` also finds posts
        without a score. Orders begin with the largest and the newest, but ``order:id``
        with the smallest, as boorus have it; posts without the value come last. A
        value that stands alone is as precise as it is written: ``filesize:2MB`` means
        1.5 to 2.5 MB. A word before a colon that is no keyword is part of the tag, or
        its category: ``re:zero``. ``folder:`` finds what was put into a folder, not
        with what a folder fills itself.

        Examples
        --------
        >>> posts = lib.search("lighthouse", limit=20, progress=False)
        >>> kept = lib.bookmark(posts, folder="sea/lights")
        >>> len(lib.query("lighthouse folder:sea"))
        20
        >>> best = lib.query("light* rating:g score:>=0 order:score", limit=3)
        >>> best["score"].is_monotonic_decreasing
        True
        """
        self._state.check_open()
        store = self._state.store
        if posts is not None:
            rows = marking.found(posts, query, store, limit=limit)
            return rows if columns is None else rows[list(columns)]
        read = store.posts.find_rows(query, arrow.part, limit=limit, columns=columns)
        return self._state.ours(arrow.frame(arrow.table(read)))
