"""The verbs about searches that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import search as searching
from booru_nb.library import checks, records
from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import HISTORY, SAVED_SEARCHES
from booru_nb.store import Search

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd


class Remembering(Verbs):
    """What was searched for, and what is searched for again."""

    run_search = blocking(Aio.run_search)

    def history(self) -> pd.DataFrame:
        """Return the searches that were made here, the latest first.

        A search that has come to its end is kept, and so is one of an explorer once
        its first page is there; a search that was made before moves up. The latest
        1,000 are kept. ``lib.settings["history"] = False`` keeps no more of them.

        Returns
        -------
        DataFrame
            One row a search. None made gives no rows, and the same columns and dtypes.

            ===========  ===================  ========================================
            column       dtype                meaning
            ===========  ===================  ========================================
            query        str                  in the sites' own words
            site         str                  the site, or several with commas between
            rating       str                  ``any``, or ratings with commas between
            min_score    Int64                missing where nothing was said of it
            order        str                  likewise
            media        str                  likewise
            after        datetime64[us, UTC]  likewise
            before       datetime64[us, UTC]  likewise
            searched_at  datetime64[us, UTC]  when it was made last
            ===========  ===================  ========================================

        Examples
        --------
        >>> for query in ("sky", "sea", "sky"):
        ...     posts = lib.search(query, limit=1, progress=False)
        >>> lib.history()["query"].tolist()
        ['sky', 'sea']
        """
        self._state.check_open()
        made = self._state.store.history.all()
        columns = records.columns([search for search, _ in made])
        columns["searched_at"] = [at for _, at in made]
        return self._state.table(columns, HISTORY)

    def remove_from_history(self, searches: str | pd.DataFrame) -> int:
        """Forget some of the searches that were made.

        Parameters
        ----------
        searches : str or DataFrame
            A query, of which every search is forgotten; or rows of `history`.

        Returns
        -------
        int
            How many are forgotten.

        Raises
        ------
        FrameError
            If it is a DataFrame without the columns `query` and `searched_at`.

        Examples
        --------
        >>> posts = lib.search("sky", limit=1, progress=False)
        >>> lib.remove_from_history("sky")
        1
        """
        self._state.check_open()
        meant = records.meant(self._state.store.history.all(), searches)
        return self._state.store.history.remove(meant)

    def clear_history(self) -> int:
        """Forget all the searches that were made, and return how many there were.

        Returns
        -------
        int
            How many are forgotten.

        Examples
        --------
        >>> posts = lib.search("sky", limit=1, progress=False)
        >>> lib.clear_history()
        1
        >>> lib.history().empty
        True
        """
        self._state.check_open()
        return self._state.store.history.clear()

    def save_search(  # noqa: PLR0913 - each is a filter of its own
        self,
        name: str,
        query: str = "",
        *,
        site: str | Sequence[str] | None = None,
        rating: str | Sequence[str] | None = None,
        min_score: int | None = None,
        order: str | None = None,
        media: str | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
        replace: bool = False,
    ) -> None:
        """Give a search a name, under which `run_search` makes it again.

        Saving the same search under its name again is nothing.

        Parameters
        ----------
        name : str
            Its name here.
        query, site, rating, min_score, order, media, after, before
            As for `search`. What is left out is as it is set when the search is made.
        replace : bool
            Whether another search of this name is replaced.

        Raises
        ------
        ArgumentError
            If another search has this name, or something cannot be searched for.
        UnknownSiteError
            If no site has this name.

        Examples
        --------
        >>> lib.save_search("good skies", "sky", min_score=20, rating="any")
        >>> lib.saved_searches()["name"].tolist()
        ['good skies']
        """
        state = self._state
        state.check_open()
        wishes = searching.wishes(
            min_score=min_score, order=order, media=media, after=after, before=before
        )
        said = records.options(wishes)
        if rating is not None:
            state.ratings(rating)
            said["rating"] = rating if isinstance(rating, str) else list(rating)
        sites = [] if site is None else [target.name for target in state.targets(site)]
        text = " ".join(checks.text(query, what="A query").split())
        search = Search(text, tuple(sites), said)
        state.store.saved_searches.add(
            checks.text(name, what="A search's name"), search, replace=replace
        )

    def saved_searches(self) -> pd.DataFrame:
        """Return the searches that have a name, sorted by it.

        Returns
        -------
        DataFrame
            One row a search. None saved gives no rows, and the same columns and
            dtypes.

            =========  ===================  ==========================================
            column     dtype                meaning
            =========  ===================  ==========================================
            name       str                  its name here
            query      str                  in the sites' own words
            site       str                  the site, or several with commas between;
                                            missing for the default site
            rating     str                  ``any``, or ratings with commas between;
                                            missing for those that are set
            min_score  Int64                missing where nothing was said of it
            order      str                  likewise
            media      str                  likewise
            after      datetime64[us, UTC]  likewise
            before     datetime64[us, UTC]  likewise
            saved_at   datetime64[us, UTC]  when it was saved
            =========  ===================  ==========================================

        Examples
        --------
        >>> lib.save_search("lights", "lighthouse")
        >>> lib.saved_searches().set_index("name").loc["lights", "query"]
        'lighthouse'
        """
        self._state.check_open()
        saved = self._state.store.saved_searches.all()
        columns = {
            "name": [name for name, *_ in saved],
            **records.columns([search for _, search, _ in saved]),
            "saved_at": [at for *_, at in saved],
        }
        return self._state.table(columns, SAVED_SEARCHES)

    def rename_search(self, old: str, new: str) -> None:
        """Give a saved search another name.

        Parameters
        ----------
        old, new : str
            Its name so far, and the one that it gets.

        Raises
        ------
        UnknownSearchError
            If no search is saved under the old name.
        ArgumentError
            If another search has the new one.

        Examples
        --------
        >>> lib.save_search("lights", "lighthouse")
        >>> lib.rename_search("lights", "towers")
        >>> lib.saved_searches()["name"].tolist()
        ['towers']
        """
        self._state.check_open()
        before = checks.text(old, what="A search's name")
        after = checks.text(new, what="A search's name")
        self._state.store.saved_searches.rename(before, after)

    def remove_saved_search(self, name: str) -> None:
        """Forget a saved search.

        Parameters
        ----------
        name : str
            Its name here.

        Raises
        ------
        UnknownSearchError
            If no search is saved under this name.

        Examples
        --------
        >>> lib.save_search("lights", "lighthouse")
        >>> lib.remove_saved_search("lights")
        >>> lib.saved_searches().empty
        True
        """
        self._state.check_open()
        text = checks.text(name, what="A search's name")
        self._state.store.saved_searches.remove(text)
