"""The verbs about sites."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from booru_nb.errors import LibraryError
from booru_nb.library import register
from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking
from booru_nb.library.preferences import Preferences
from booru_nb.library.state import DEMO_ONLY
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import SITES

if TYPE_CHECKING:
    from types import EllipsisType

    import pandas as pd


class Sites(Verbs):
    """Which sites are known here."""

    add_site = blocking(Aio.add_site)
    test_site = blocking(Aio.test_site)

    def sites(self) -> pd.DataFrame:
        """Return the sites that are known here, by name.

        Returns
        -------
        DataFrame
            One row a site.

            ===========  ========  ===================================================
            column       dtype     meaning
            ===========  ========  ===================================================
            site         str       its name here
            url          str       its address; missing where posts only mention it
            engine       str       the software that it runs; missing likewise
            rate         float64   requests a second; missing for no pacing
            tag_limit    Int64     tags a search may have there; further ones are
                                   filtered here; missing for any number
            login        bool      whether a login is set
            is_default   bool      whether it is asked where none is named
            bookmarks    int64     how many bookmarks are from there
            ===========  ========  ===================================================

        Examples
        --------
        >>> lib.sites()["site"].tolist()
        ['demo']
        """
        self._state.check_open()
        known = self._state.sites()
        kept = Counter(self._state.store.bookmarks.columns(columns=["site"])["site"])
        keys = set(self._state.credentials.has(known.values()))
        names = sorted({*kept, *known})
        facts = {
            fact: [getattr(known.get(name), fact, None) for name in names]
            for fact in ("url", "engine", "rate", "tag_limit")
        }
        columns = {
            "site": names,
            **facts,
            "login": [name in keys for name in names],
            "is_default": [name == self._state.default_site for name in names],
            "bookmarks": [kept.get(name, 0) for name in names],
        }
        return self._state.table(columns, SITES)

    def update_site(
        self,
        site: str,
        *,
        url: str | None = None,
        engine: str | None = None,
        rate: float | EllipsisType | None = ...,
        allow_private: bool | None = None,
    ) -> None:
        """Change what is known of a site; what is not named stays as it is.

        A login is for one address only, so a changed address wants it set again.

        Parameters
        ----------
        site : str
            Its name here.
        url : str, optional
            Its address. Nothing is asked there; name the engine if it changes, too.
        engine : str, optional
            The software that it runs, as for `add_site`.
        rate : float or None, optional
            Requests a second that are polite there; None for no pacing.
        allow_private : bool, optional
            Whether its address may be a private one, or this machine's own.

        Raises
        ------
        UnknownSiteError
            If no site has this name.
        ArgumentError
            If the address, the engine or the rate cannot be used.
        LibraryError
            If every library has it, and more than its rate is to change.

        Examples
        --------
        >>> with bn.open(path) as own:
        ...     own.update_site("danbooru", rate=0.5)
        ...     own.sites().set_index("site").loc["danbooru", "rate"].item()
        0.5
        """
        self._refuse_demo()
        facts: dict[str, Any] = {} if rate is ... else {"rate": rate}
        if allow_private is not None:
            facts["allow_private"] = allow_private
        known = self._state.site(site, logged_in=False)
        register.change(self._state, known, url=url, engine=engine, facts=facts)

    def remove_site(self, site: str, *, posts: bool = False) -> int:
        """Forget a site, its login, and what refers to it, all or nothing.

        What it said of tags, its blacklisted posts, and the searches of it alone go,
        too; searches of several sites go on without it.

        Parameters
        ----------
        site : str
            Its name here.
        posts : bool
            Whether its posts that are kept here go, too, with their bookmarks.

        Returns
        -------
        int
            How many posts went along.

        Raises
        ------
        UnknownSiteError
            If the library has no site of this name.
        StoreError
            If posts of it are kept, and are not to go, or files of them are here.
        LibraryError
            If every library has it.

        Examples
        --------
        >>> with bn.open(path) as own:
        ...     name = own.add_site("https://booru.example.org", engine="danbooru")
        ...     own.remove_site(name)
        ...     name in set(own.sites()["site"])
        0
        False
        """
        self._refuse_demo()
        return register.remove(self._state, site, posts=posts)

    def set_default_site(self, site: str) -> None:
        """Ask this site where none is named, from now on; the library remembers it.

        Parameters
        ----------
        site : str
            Its name here.

        Raises
        ------
        UnknownSiteError
            If no site has this name.

        Examples
        --------
        >>> with bn.open(path) as own:
        ...     own.set_default_site("konachan")
        ...     own.default_site
        'konachan'
        """
        Preferences(self._state)["default_site"] = site

    def _refuse_demo(self) -> None:
        self._state.check_open()
        if self._state.is_demo:
            raise LibraryError(f"{DEMO_ONLY} Use bn.open().")
