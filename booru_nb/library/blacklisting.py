"""The verbs about what is not to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.library import rules, unwanted
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import BLACKLIST

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from booru_nb.library.given import Given


class Blacklisting(Verbs):
    """What searches leave out. What is kept here is never left out."""

    def blacklist(self) -> pd.DataFrame:
        """Return what searches leave out, what was added last first.

        Returns
        -------
        DataFrame
            One row a rule or a post. An empty blacklist gives no rows, and the same
            columns and dtypes.

            ========  ===================  ===========================================
            column    dtype                meaning
            ========  ===================  ===========================================
            kind      str                  ``rule`` or ``post``
            rule      str                  in the language of `query`; missing for a
                                           post
            site      str                  the post's site; missing for a rule
            id        Int64                the post; missing for a rule
            added_at  datetime64[us, UTC]  when it was added
            ========  ===================  ===========================================

        Examples
        --------
        >>> added = lib.add_to_blacklist("spider")
        >>> lib.blacklist()["rule"].tolist()
        ['spider']
        """
        self._state.check_open()
        return self._state.table(self._state.store.blacklist.columns(), BLACKLIST)

    def add_to_blacklist(self, what: str | Iterable[str] | Given) -> pd.DataFrame:
        r"""Have searches leave out what a rule holds for, or a post.

        `search`, `pages` and `explore` then show further posts in its place, and
        ``lib.hidden`` has what they left out. What is kept here is shown as before.
        What is on the blacklist already stays as it is. All is added or, after an
        error, nothing.

        Parameters
        ----------
        what : str, list of str, or posts
            Rules, one a line: a tag, or several of which a post must have all, such as
            ``spider rating:>=questionable`` or ``sky -cloud``, in the language of
            `query`. A ``#`` with blanks around it begins a comment. Or posts, as for
            `bookmark`; or rows of `blacklist`.

        Returns
        -------
        DataFrame
            What was named, as it is on the blacklist now; as `blacklist`.

        Raises
        ------
        QueryError
            If a rule cannot be read; the message points at the place.
        FrameError
            If a DataFrame is none of posts.

        Examples
        --------
        >>> pasted = lib.add_to_blacklist("spider\nfog -lighthouse # too grey")
        >>> sorted(pasted["rule"])
        ['fog -lighthouse', 'spider']
        >>> tags = lib.search("fog", progress=False)["tags"].str.split()
        >>> tags.map(lambda tags: "lighthouse" in tags).all().item()
        True
        """
        self._state.check_open()
        named = unwanted.read(what)
        for rule in named.rules:
            rules.check(rule)
        self._state.store.blacklist.add(rules=named.rules, posts=named.posts)
        return unwanted.rows(self.blacklist(), named)

    def remove_from_blacklist(self, what: str | Iterable[str] | Given) -> pd.DataFrame:
        """Have searches leave something out no longer.

        Parameters
        ----------
        what : str, list of str, or posts
            As for `add_to_blacklist`; what is not on the blacklist is passed over.

        Returns
        -------
        DataFrame
            What was removed; as `blacklist`. Adding it again undoes the removal.

        Raises
        ------
        FrameError
            If a DataFrame is none of posts.

        Examples
        --------
        >>> added = lib.add_to_blacklist(["spider", "fog"])
        >>> lib.remove_from_blacklist("fog")["rule"].tolist()
        ['fog']
        >>> lib.remove_from_blacklist(lib.blacklist())["rule"].tolist()
        ['spider']
        """
        self._state.check_open()
        named = unwanted.read(what)
        removed = unwanted.rows(self.blacklist(), named)
        self._state.store.blacklist.remove(rules=named.rules, posts=named.posts)
        return removed

    @property
    def hidden(self) -> pd.DataFrame:
        """What the blacklist has left out of the last search.

        A DataFrame with the columns of `search`, and `rule`: the first rule that holds
        for the post, or missing where the post itself is on the blacklist. Without
        rows where nothing was left out.
        """
        return self._state.hidden
