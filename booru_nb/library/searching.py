"""The verbs that ask a site, as plain methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import search as searches
from booru_nb.library import explaining
from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking, blocking_each
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import EXPLANATION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd


class Searching(Verbs):
    """What asks a site. The work itself is in `Aio`."""

    @property
    def aio(self) -> Aio:
        """The same verbs, to be awaited: ``await lib.aio.search("sky")``."""
        self._state.check_open()
        return Aio(self._state)

    search = blocking(Aio.search)
    pages = blocking_each(Aio.pages)
    post = blocking(Aio.post)
    suggest = blocking(Aio.suggest)
    count = blocking(Aio.count)

    def explain(  # noqa: PLR0913 - each is a filter of its own
        self,
        query: str = "",
        *,
        site: str | None = None,
        rating: str | Sequence[str] | None = None,
        min_score: int | None = None,
        order: str | None = None,
        media: str | None = None,
        after: str | date | None = None,
        before: str | date | None = None,
    ) -> pd.DataFrame:
        """Tell which part of a search its site evaluates, and which is filtered here.

        Nothing is asked of the site. Where more tags are given than it takes, the
        rarest go there; their counts are known from searches since the library was
        opened, and without them the first tags go.

        Parameters
        ----------
        query, site, rating, min_score, order, media, after, before
            As for `search`, of one site.

        Returns
        -------
        DataFrame
            One row a part, in the order of the query, then of the arguments. An empty
            query of any rating gives no rows, and the same columns and dtypes.

            ======  =====  ===========================================================
            column  dtype  meaning
            ======  =====  ===========================================================
            part    str    as it was asked
            where   str    ``site``, ``here``, or ``cannot``, which a search refuses
            words   str    the site's words for it; empty where it has none
            why     str    a reason, where there is one to tell; else empty
            ======  =====  ===========================================================

        Examples
        --------
        >>> lib.explain("sky sea", min_score=20)["words"].tolist()
        ['sky', 'sea', 'score:>=20', 'rating:g']
        """
        wishes = searches.wishes(
            min_score=min_score, order=order, media=media, after=after, before=before
        )
        question = searches.Question(query, self._state.ratings(rating), wishes=wishes)
        made = explaining.parts(self._state, self._state.site(site), question)
        columns: dict[str, list[object]] = {
            "part": [part.name for part in made],
            "where": [part.where for part in made],
            "words": [part.words for part in made],
            "why": [part.why for part in made],
        }
        return self._state.table(columns, EXPLANATION)
