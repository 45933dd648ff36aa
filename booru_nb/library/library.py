"""The library, put together from its subjects."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Self

from booru_nb.library import known
from booru_nb.library.blacklisting import Blacklisting
from booru_nb.library.bookmarking import Bookmarking
from booru_nb.library.crawls import Crawls
from booru_nb.library.curating import Curating
from booru_nb.library.custody import Custody
from booru_nb.library.filing import Filing
from booru_nb.library.logins import Logins
from booru_nb.library.portability import Portability
from booru_nb.library.preferences import Preferences
from booru_nb.library.querying import Querying
from booru_nb.library.remembering import Remembering
from booru_nb.library.safety import Safety
from booru_nb.library.searching import Searching
from booru_nb.library.sites import Sites
from booru_nb.library.statistics import Statistics
from booru_nb.library.tables import Tables
from booru_nb.library.views import Views

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    import pandas as pd


class Library(
    Searching,
    Crawls,
    Querying,
    Remembering,
    Blacklisting,
    Bookmarking,
    Filing,
    Custody,
    Tables,
    Statistics,
    Sites,
    Logins,
    Curating,
    Views,
    Safety,
    Portability,
):
    """Everything that a notebook does with boorus.

    Open one with ``bn.open()`` or ``bn.demo()``; ``with`` closes it again. Methods
    that need the network stand also in `aio`, to be awaited.
    """

    @property
    def path(self) -> Path:
        """The library's file.

        While it is open here, only this library may open it in this process: no other
        SQLite library (DuckDB, polars, ADBC, apsw), and no `shutil.copy`. They would
        take its log away, and what is kept afterwards may be lost. Use `snapshot` for
        them, `backup` for a copy, and `sql` for a question.
        """
        return self._state.path

    @property
    def token(self) -> str:
        """The short, opaque word by which DataFrames know their library."""
        return self._state.token

    @property
    def default_site(self) -> str:
        """The site that is asked where none is named.

        Set it to a site's name here, as `set_default_site` does.
        """
        return self._state.default_site

    @default_site.setter
    def default_site(self, site: str) -> None:
        self.set_default_site(site)

    @property
    def rating(self) -> str | list[str]:
        """The ratings that are searched for where none are named.

        Set it to a rating, a list of ratings or ``"any"``; the library remembers it.
        """
        return self._state.rating

    @rating.setter
    def rating(self, wanted: str | Sequence[str]) -> None:
        self.settings["rating"] = wanted

    @property
    def settings(self) -> Preferences:
        """What is set for this library, by name; shown in a cell, a table.

        Examples
        --------
        >>> lib.settings["thumbnail_size"] = 240
        >>> sorted(lib.settings)[:3]
        ['blacklist', 'blur', 'default_site']
        """
        self._state.check_open()
        return Preferences(self._state)

    @property
    def last(self) -> pd.DataFrame:
        """What the last search brought, whole or until it was stopped or failed.

        A DataFrame as `search` returns, with the categories of tags that are known by
        now; without rows before the first `search` or `pages`.
        """
        return self._state.last

    def close(self) -> None:
        """Close the library.

        A library that was opened several times is closed by as many calls. The last
        library that is closed also closes the connections to the sites.
        """
        with known.lock:
            self._state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "\n".join(self._about())

    def _repr_html_(self) -> str:
        head, *lines = self._about()
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        return f"<b>{escape(head)}</b><ul>{items}</ul>"

    def _about(self) -> list[str]:
        """Say what this is, and what to do next."""
        state = self._state
        if state.closed:
            return [state.how_to_open_again()]
        kind = (
            "A demo library, gone when it is closed" if state.is_demo else "A library"
        )
        rating = self.rating if isinstance(self.rating, str) else ", ".join(self.rating)
        known = state.sites()
        sites = ", ".join(sorted(known))
        keys = ", ".join(sorted(state.credentials.has(known.values()))) or "none"
        return [
            f"{kind}: {self.path}",
            f"{state.store.bookmarks.count()} bookmarks",
            f"default site: {self.default_site} (of {sites})",
            f"sites with a login: {keys}",
            f"ratings searched for: {rating}",
            'try next: lib.explore("scenery")',
            'posts = lib.search("scenery", limit=50)',
            "lib.bookmarks()",
        ]
