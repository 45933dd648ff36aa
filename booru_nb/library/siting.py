"""Sites made known, and tried out, to be awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import loop, search
from booru_nb.errors import LibraryError
from booru_nb.library import register
from booru_nb.library.state import DEMO_ONLY
from booru_nb.schemas import CHECKS

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.library.state import State


class Siting:
    """The verbs that make a site known, and try it out."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def add_site(
        self,
        url: str,
        *,
        name: str | None = None,
        engine: str | None = None,
        rate: float | None = None,
        allow_private: bool = False,
    ) -> str:
        """Make a booru known, and keep it in the library.

        One that was added before, with the same address and name, stays as it is.

        What it runs is found out by a few requests, one after another, unless the
        address is known or the engine is named.

        ============  ================================================================
        engine        such as
        ============  ================================================================
        danbooru      danbooru.donmai.us, aibooru.online
        e621          e621.net, e926.net
        gelbooru      gelbooru.com (0.2.5), which wants a login
        gelbooru02    safebooru.org, tbib.org (0.2)
        moebooru      yande.re, konachan.com, sakugabooru.com
        philomena     derpibooru.org, furbooru.org
        shimmie2      with its danbooru API switched on
        szurubooru    hosted by people for themselves; oxibooru, too
        ============  ================================================================

        Parameters
        ----------
        url : str
            Its address, such as ``"https://booru.example.org"``, or that of one of its
            pages.
        name : str, optional
            What it is to be called here (default: its host).
        engine : str, optional
            The software that it runs, as above; nothing is asked then.
        rate : float, optional
            Requests a second that are polite there (default: what is known of it, else
            1; no pacing where `allow_private` is set).
        allow_private : bool
            Whether its address may be a private one, or this machine's own.

        Returns
        -------
        str
            Its name here.

        Raises
        ------
        ArgumentError
            If the address or the engine cannot be used, or the name is taken.
        UnknownSiteError
            If it answers, but like no engine that is known.
        BlockedError
            If something stands before it that lets no program in; what it runs is not
            guessed then.
        SiteError, UnreachableError
            If it refuses, or does not answer.

        Examples
        --------
        >>> with bn.open(path) as own:
        ...     own.add_site("https://booru.example.org", engine="danbooru")
        'booru.example.org'
        """
        self._state.check_open()
        if self._state.is_demo:
            raise LibraryError(f"{DEMO_ONLY} Use bn.open().")
        if rate is not None:
            register.check_rate(rate)
        before = register.same(self._state, url, name=name, engine=engine)
        if before is not None:
            return before
        if name is not None:
            register.check_free(self._state, name)
        if engine is not None:
            found = register.named(url, engine)
        else:
            work = search.detect_site(url, allow_private=allow_private)
            found = await loop.on_app_loop(work)
        return register.add(
            self._state, found, name=name, rate=rate, allow_private=allow_private
        )

    async def test_site(self, site: str | None = None) -> pd.DataFrame:
        """Try out what works on a site, and say what to do where something does not.

        Parameters
        ----------
        site : str, optional
            A site's name here (default: the library's default site).

        Returns
        -------
        DataFrame
            One row each for ``search``, ``autocompletion``, ``tags``, ``count`` and
            ``login``, in this order.

            =========  =========  ====================================================
            column     dtype      meaning
            =========  =========  ====================================================
            check      str        what was tried
            ok         boolean    whether it works; missing where it was not tried
            message    str        what came, or what to do
            =========  =========  ====================================================

        Raises
        ------
        UnknownSiteError
            If no site has this name.

        Examples
        --------
        >>> lib.test_site().set_index("check").loc["search", "ok"]
        np.True_
        """
        made = await loop.on_app_loop(search.check(self._state.site(site)))
        columns: dict[str, list[object]] = {
            "check": [check.name for check in made],
            "ok": [check.ok for check in made],
            "message": [check.message for check in made],
        }
        return self._state.table(columns, CHECKS)
