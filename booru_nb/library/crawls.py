"""The verbs about what was collected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from booru_nb.library import checks
from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import CRAWLS

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.store import CrawlRecord


class Crawls(Verbs):
    """What keeps posts as a site finds them."""

    collect = blocking(Aio.collect)

    def crawls(self) -> pd.DataFrame:
        """Return which questions were collected here, and how far, the latest first.

        Returns
        -------
        DataFrame
            One row a site and question. Nothing collected gives no rows, and the same
            columns and dtypes.

            ==========  ===================  =========================================
            column      dtype                meaning
            ==========  ===================  =========================================
            crawl       int64                its number, for `forget_crawl`
            site        str                  who was asked
            query       str                  in the site's words, sorted; then what is
                                             filtered here
            rating      str                  the ratings that pass, separated by
                                             blanks; missing where any does, or the
                                             query says it
            posts       int64                how many it has found that are kept
            complete    bool                 whether nothing is missing between the
                                             newest and the oldest post
            newest_id   int64                it is complete from here
            oldest_id   int64                down to here; 0 where nothing is older
            gaps        int64                how many gaps there are below
            ranges      str                  all ranges of ids that are complete, as
                                             ``low-high``, newest first
            started_at  datetime64[us, UTC]  when it was asked first
            asked_at    datetime64[us, UTC]  when it was asked last
            ==========  ===================  =========================================

        Examples
        --------
        >>> posts = lib.collect("lighthouse", limit=None, progress=False)
        >>> lib.crawls()["complete"].tolist()
        [True]
        """
        self._state.check_open()
        rows = [_row(record) for record in self._state.store.crawls.all()]
        columns = {name: [row[name] for row in rows] for name in CRAWLS}
        return self._state.table(columns, CRAWLS)

    def forget_crawl(self, crawl: int | Iterable[int]) -> None:
        """Forget how far a question was collected; its posts stay kept.

        Collected again, it is asked for from the beginning.

        Parameters
        ----------
        crawl : int or iterable of int
            Its number, or several, from the column ``crawl`` of `crawls`.

        Raises
        ------
        ArgumentError
            If there is no such crawl; none is forgotten then.

        Examples
        --------
        >>> posts = lib.collect("lighthouse", progress=False)
        >>> lib.forget_crawl(lib.crawls()["crawl"])
        >>> len(lib.crawls())
        0
        """
        self._state.check_open()
        several = crawl if isinstance(crawl, Iterable) else [crawl]
        numbers = [checks.whole(n, what="The number of a crawl") for n in several]
        self._state.store.crawls.forget(numbers)


def _row(record: CrawlRecord) -> dict[str, object]:
    asked, [first, *rest] = record.question, record.reaches
    dates = [f"{name}={asked[name]}" for name in ("after", "before") if name in asked]
    return {
        "crawl": record.number,
        "site": record.site,
        "query": " ".join([*asked["words"], *asked.get("here", ()), *dates]),
        "rating": " ".join(asked["ratings"]) if "ratings" in asked else None,
        "posts": record.posts,
        "complete": first.low == 0 and not rest,
        "newest_id": first.high,
        "oldest_id": first.low,
        "gaps": len(rest),
        "ranges": " ".join(f"{r.low}-{r.high}" for r in record.reaches),
        "started_at": record.started_at,
        "asked_at": record.asked_at,
    }
