"""The verbs about sites."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from booru_nb.errors import ArgumentError, LibraryError
from booru_nb.library.state import DEMO_ONLY
from booru_nb.library.verbs import Verbs
from booru_nb.schemas import SITES
from booru_nb.sites import ENGINES

if TYPE_CHECKING:
    import pandas as pd


class Sites(Verbs):
    """Which sites are known here."""

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
            is_default   bool      whether it is asked where none is named
            bookmarks    int64     how many bookmarks are from there
            ===========  ========  ===================================================

        Examples
        --------
        >>> lib.sites()["site"].tolist()
        ['demo']
        """
        self._state.check_open()
        known = {
            name: (s.url, s.engine, s.rate) for name, s in self._state.sites().items()
        }
        kept = Counter(self._state.store.bookmarks.columns(columns=["site"])["site"])
        rows = {**dict.fromkeys(kept, (None, None, None)), **known}
        names = sorted(rows)
        columns = {
            "site": names,
            "url": [rows[name][0] for name in names],
            "engine": [rows[name][1] for name in names],
            "rate": [rows[name][2] for name in names],
            "is_default": [name == self._state.default_site for name in names],
            "bookmarks": [kept.get(name, 0) for name in names],
        }
        return self._state.table(columns, SITES)

    def add_site(
        self,
        url: str,
        *,
        engine: str,
        name: str | None = None,
        rate: float | None = 1.0,
        allow_private: bool = False,
    ) -> str:
        """Make a booru known, and keep it in the library.

        Parameters
        ----------
        url : str
            Its address, such as ``"https://booru.example.org"``.
        engine : str
            The software that it runs: ``danbooru``, ``e621``, ``gelbooru`` (0.2.5),
            ``gelbooru02``, ``moebooru``, ``philomena``, ``shimmie2``, ``szurubooru``.
        name : str, optional
            What it is to be called here (default: its host).
        rate : float or None
            Requests a second that are polite there; None for no pacing.
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

        Examples
        --------
        >>> with bn.open(path) as own:
        ...     own.add_site("https://booru.example.org", engine="danbooru")
        'booru.example.org'
        """
        self._state.check_open()
        if self._state.is_demo:
            raise LibraryError(f"{DEMO_ONLY} Use bn.open().")
        parts = urlsplit(url.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            msg = (
                f"{url!r} is no address. Give one such as 'https://booru.example.org'."
            )
            raise ArgumentError(msg)
        if engine not in ENGINES:
            known = ", ".join(map(repr, ENGINES))
            raise ArgumentError(f"No engine is called {engine!r}. Known: {known}.")
        called = name or parts.hostname
        if called in self._state.sites():
            raise ArgumentError(f"A site is called {called!r} already. Choose a name=.")
        self._state.store.sites.add(
            called,
            url=url.strip().rstrip("/"),
            engine=engine,
            options={"rate": rate, "allow_private": allow_private},
        )
        return called
