"""What a site says of all its tags, to be awaited."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from booru_nb import loop
from booru_nb.library import dumps, syncing
from booru_nb.schemas import TAG_SYNC
from booru_nb.store import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    import pandas as pd

    from booru_nb.library.state import State


class Relating:
    """The verb that fetches aliases and implications."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def sync_tags(
        self,
        site: str | Sequence[str] | None = None,
        *,
        what: str | Sequence[str] = KINDS,
        dump: str | PathLike[str] | Sequence[str | PathLike[str]] | None = None,
        refresh: bool = False,
        progress: bool = True,
    ) -> pd.DataFrame:
        """Fetch the aliases and implications of a site's tags, and what its tags are.

        `tag_stats` then speaks every vocabulary of the site's posts, and categories of
        tags need not be asked for any more. Only relations that hold are kept, and
        posts that they show to be withheld are deleted.

        Pages are kept as they come: after the stop button, an error or a crash the next
        call goes on where this one was. A site that can say what has changed (Danbooru,
        e621) is asked for that only, once a list was read whole; a list of another one
        is not read again for a day, unless it is to be refreshed.

        - Danbooru and e621 have lists of aliases, implications and tags, 1,000 and 320
          a page; e621's dumps are quicker.
        - Moebooru has one table of all aliases, and lists of tags and implications.
        - Philomena is asked for ranges of tags, of 50 at the most.
        - szurubooru lists tags with all that is said of them, 100 a page; it mostly
          wants a login for that.
        - Others have no such lists for programs. A dump of theirs in e621's form can be
          read.

        Parameters
        ----------
        site : str or list of str, optional
            A site's name here, or several (default: the library's default site).
        what : str or list of str
            ``"aliases"``, ``"implications"``, ``"tags"`` or several of these (default:
            all). Where one list tells several, all of them are kept.
        dump : path, or list of paths, optional
            Files to read instead of asking the site: e621's exports (``.csv.gz``) or
            Danbooru's tables as JSON lines (``.jsonl``, ``.jsonl.gz``, ``.json.gz``),
            each of one kind, which is told by its columns and its name.
        refresh : bool
            Whether to read all anew, even what was just read.
        progress : bool
            Whether a progress bar is shown.

        Returns
        -------
        DataFrame
            One row a site and kind.

            =======  ===================  ============================================
            column   dtype                meaning
            =======  ===================  ============================================
            site     str                  the site's name here
            what     str                  ``aliases``, ``implications`` or ``tags``
            fetched  int64                how many have come; 0 where nothing was asked
            new      int64                how many of them were not known
            removed  int64                how many hold no more, and are gone
            skipped  int64                rows that could not be used
            known    int64                how many are known now
            as_of    datetime64[us, UTC]  when it was so; missing if never read whole
            =======  ===================  ============================================

        Raises
        ------
        ArgumentError
            If an engine has no such lists, or a dump is none.
        UnknownSiteError
            If no site has this name.
        SiteError, UnreachableError
            If the site refuses, fails or does not answer. What has come is kept.

        Examples
        --------
        >>> lib.sync_tags(progress=False)["what"].tolist()
        ['aliases', 'implications', 'tags']
        >>> aliases = lib.tag_aliases().set_index("alias")
        >>> aliases.loc["brolly", "tag"]
        'umbrella'
        """
        self._state.check_open()
        kinds = syncing.kinds(what)
        if dump is not None:
            name = dumps.site_name(self._state, site)
            works = dumps.opened(dump, kinds, self._state.sites().get(name))
            gains = await asyncio.to_thread(
                dumps.take_in, self._state.store, name, works, show=progress
            )
            columns = syncing.report(self._state.store, {name: gains})
            return self._state.table(columns, TAG_SYNC)
        targets = self._state.targets(site)
        work = syncing.sync(self._state, targets, kinds, refresh=refresh, show=progress)
        found = await loop.on_app_loop(self._state.held(work))
        report = await asyncio.to_thread(syncing.report, self._state.store, found)
        return self._state.table(report, TAG_SYNC)
