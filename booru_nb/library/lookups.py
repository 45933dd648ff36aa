"""The single questions to a site, to be awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import frames, loop, search
from booru_nb.library import checks
from booru_nb.library.categories import PATIENCE
from booru_nb.schemas import SUGGESTIONS

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.library.state import State
    from booru_nb.post import Post
    from booru_nb.sites import Site


class Lookups:
    """The verbs that ask for one thing."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def post(self, post_id: int, *, site: str | None = None) -> pd.DataFrame:
        """Return one post of a site, of any rating.

        Parameters
        ----------
        post_id : int
            Its id.
        site : str, optional
            A site's name here (default: the library's default site).

        Returns
        -------
        DataFrame
            One row, with the columns of `search`.

        Raises
        ------
        NotFoundError
            If the site has no such post.

        Examples
        --------
        >>> newest = lib.search(limit=1, progress=False)["id"].item()
        >>> lib.post(newest)["post_url"].item().endswith(f"/posts/{newest}")
        True
        """
        number = checks.whole(post_id, what="A post's id")
        target = self._state.site(site)
        return self._state.frame(await loop.on_app_loop(self._post(target, number)))

    async def _post(self, site: Site, post_id: int) -> list[Post]:
        found = await search.post(site, post_id)
        filled = self._state.categories.filled
        return await filled(site, [found], patience=PATIENCE)

    async def suggest(
        self, text: str, *, site: str | None = None, limit: int = 10
    ) -> pd.DataFrame:
        """Return how a tag may go on, in the site's order.

        Parameters
        ----------
        text : str
            The beginning of a tag.
        site : str, optional
            A site's name here (default: the library's default site).
        limit : int
            How many at the most.

        Returns
        -------
        DataFrame
            One row a tag. Nothing found gives no rows, and the same columns and
            dtypes.

            ============  =======  ===================================================
            column        dtype    meaning
            ============  =======  ===================================================
            tag           str      as it is searched for
            category      str      missing where the site does not say
            site_count    Int64    how many posts of the site have it
            alias         str      the other name that was typed; mostly missing
            ============  =======  ===================================================

        Examples
        --------
        >>> "lighthouse" in set(lib.suggest("lightho")["tag"])
        True
        """
        target = self._state.site(site)
        word = checks.text(text, what="The beginning of a tag")
        most = checks.whole(limit, what="A limit")
        found = await loop.on_app_loop(search.suggest(target, word, limit=most))
        columns: dict[str, list[object]] = {
            "tag": [s.tag for s in found],
            "category": [s.category for s in found],
            "site_count": [s.count for s in found],
            "alias": [s.alias for s in found],
        }
        return frames.from_columns(columns, SUGGESTIONS)
