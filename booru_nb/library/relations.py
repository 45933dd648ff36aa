"""The verbs that fetch and show what sites say of their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import SITE_TAGS, TAG_ALIASES, TAG_IMPLICATIONS

if TYPE_CHECKING:
    import pandas as pd


class Relations(Verbs):
    """What sites say of all their tags, as DataFrames."""

    sync_tags = blocking(Aio.sync_tags)

    def tag_aliases(self, site: str | None = None) -> pd.DataFrame:
        """Return the aliases of tags that `sync_tags` has brought.

        Parameters
        ----------
        site : str, optional
            Only those of this site.

        Returns
        -------
        DataFrame
            One row an alias, by site, then by name. Nothing known gives no rows, and
            the same columns and dtypes.

            ======  =====  ===========================================================
            column  dtype  meaning
            ======  =====  ===========================================================
            site    str    the site's name here
            alias   str    the other name
            tag     str    the tag that it stands for; it may be an alias itself
            ======  =====  ===========================================================

        Examples
        --------
        >>> synced = lib.sync_tags(what="aliases", progress=False)
        >>> "sea" in set(lib.tag_aliases()["alias"])
        True
        """
        self._state.check_open()
        return self._state.table(self._state.store.relations.aliases(site), TAG_ALIASES)

    def tag_implications(self, site: str | None = None) -> pd.DataFrame:
        """Return the implications of tags that `sync_tags` has brought.

        Parameters
        ----------
        site : str, optional
            Only those of this site.

        Returns
        -------
        DataFrame
            One row an implication, by site, then by name. Nothing known gives no rows,
            and the same columns and dtypes.

            =======  =====  ==========================================================
            column   dtype  meaning
            =======  =====  ==========================================================
            site     str    the site's name here
            tag      str    what a post has
            implies  str    what follows from it, by one step
            =======  =====  ==========================================================

        Examples
        --------
        >>> synced = lib.sync_tags(what="implications", progress=False)
        >>> implied = lib.tag_implications().groupby("tag")["implies"].agg(list)
        >>> implied["butterfly"]
        ['bug']
        """
        self._state.check_open()
        found = self._state.store.relations.implications(site)
        return self._state.table(found, TAG_IMPLICATIONS)

    def site_tags(self, site: str | None = None) -> pd.DataFrame:
        """Return the tags of sites that `sync_tags` has brought, used here or not.

        Parameters
        ----------
        site : str, optional
            Only those of this site.

        Returns
        -------
        DataFrame
            One row a tag, by site, then by name. Nothing known gives no rows, and the
            same columns and dtypes.

            ==========  =====  =======================================================
            column      dtype  meaning
            ==========  =====  =======================================================
            site        str    the site's name here
            tag         str    the tag
            category    str    missing where the site does not say
            site_count  Int64  how many posts of the site had it when it was asked
            ==========  =====  =======================================================

        Examples
        --------
        >>> synced = lib.sync_tags(what="tags", progress=False)
        >>> lib.site_tags().set_index("tag").loc["highres", "category"]
        'meta'
        """
        self._state.check_open()
        return self._state.table(self._state.store.relations.tags(site), SITE_TAGS)
