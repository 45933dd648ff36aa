"""What every verb of a library stands on: its file, its sites and its frames."""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from booru_nb import frames, loop, settings
from booru_nb.credentials import Credentials
from booru_nb.errors import (
    ArgumentError,
    LibraryError,
    LoopError,
    UnknownSiteError,
)
from booru_nb.library.categories import Categories
from booru_nb.library.chosen import Chosen
from booru_nb.library.hiding import Hiding
from booru_nb.library.keptframes import KeptFrames
from booru_nb.library.shelf import Shelf
from booru_nb.library.slices import Slices
from booru_nb.library.speakers import speakers
from booru_nb.library.works import Works
from booru_nb.media import Originals, Thumbnails
from booru_nb.schemas import POSTS
from booru_nb.search import Learnt, ratings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from booru_nb.library.errands import Run
    from booru_nb.post import Post, Rating
    from booru_nb.schemas import Schema
    from booru_nb.sites import Site
    from booru_nb.store import Store

T = TypeVar("T")

DEMO_ONLY = "A demo library asks its own booru only."

MOST_SEEN = 50_000
"""Posts that are remembered for who names them by site and id."""

TOKEN = "booru_nb"  # noqa: S105
"""The key of ``frame.attrs`` under which a frame says whose it is."""


class State(Chosen):
    """What a library holds. The verbs are in the classes that use it.

    Parameters
    ----------
    store : Store
        The open file.
    sites : iterable of Site
        What is known beside the sites of the file.
    default_site : str
        The site that is asked where none is named.
    after_close : callable
        Called with this, once, when it was closed for good.
    demo : bool
        Whether only these sites may be asked.
    """

    def __init__(
        self,
        store: Store,
        *,
        sites: Iterable[Site],
        default_site: str,
        after_close: Callable[[State], None],
        demo: bool = False,
    ) -> None:
        super().__init__(store, default_site=default_site)
        self.is_demo = demo
        self.thumbnails = Thumbnails()
        self.originals = Originals()
        self.last_run: Run | None = None
        self.credentials = Credentials(lasting=not demo)
        self.categories = Categories(store)
        self.works = Works()
        self.uuid = store.uuid()
        # What a temporary library holds is gone with it.
        near = store.file.path.parent if demo else settings.cache_folder()
        self.kept = KeptFrames(store, near / "frames")
        # Not of the file: a copy of it may be open as well.
        self.token = secrets.token_hex(4)
        self.shelf = Shelf(store, self.thumbnails, self.uuid)
        self.slices = Slices()
        self.seen: dict[tuple[str, int], Post] = {}
        self.opened = 1
        self._presets = {site.name: site for site in sites}
        self._after_close = after_close
        self._learnt: dict[str, Learnt] = {}
        self._listeners: list[Callable[[], None]] = []
        self.arrived: list[Post] = []
        self._hiding: Hiding | None = None
        self._bookmarked: tuple[int, frozenset[tuple[str, int]]] | None = None

    @property
    def path(self) -> Path:
        """The library's file."""
        return self.store.file.path

    @property
    def closed(self) -> bool:
        """Whether the library was closed; nothing works any more then."""
        return self.opened == 0

    def close(self, *, for_good: bool = False) -> None:
        """Count one user less, and close the file when none is left."""
        if not self.opened:
            return
        self.opened = 0 if for_good else self.opened - 1
        if not self.opened:
            self.works.end()
            self.categories.close()
            self.kept.close()
            self.store.close()
            self._after_close(self)

    def site(self, name: str | None = None, *, logged_in: bool = True) -> Site:
        """Return a site by its name here; the default site without one.

        Parameters
        ----------
        name : str, optional
            Its name.
        logged_in : bool
            Whether to give it the user's login, where there is one.

        Raises
        ------
        UnknownSiteError
            If no site has this name, or it has no address.
        LibraryError
            If this is a demo, and the site is not.
        """
        self.check_open()
        sites = self.sites()
        wanted = self.default_site if name is None else name
        if wanted in sites:
            return self.logged_in(sites[wanted]) if logged_in else sites[wanted]
        if self.is_demo:
            raise LibraryError(f"{DEMO_ONLY} {wanted!r} needs bn.open().")
        close = difflib.get_close_matches(wanted, sites, n=1)
        guess = f" Did you mean {close[0]!r}?" if close else ""
        names = ", ".join(sorted(sites))
        raise UnknownSiteError(f"No site is called {wanted!r}.{guess} Known: {names}.")

    def logged_in(self, site: Site) -> Site:
        """Return a site with the user's login, where there is one."""
        return replace(site, login=self.credentials.find(site))

    def targets(self, site: str | Sequence[str] | None) -> list[Site]:
        """Return the sites of one name or of several, each once, in their order.

        Raises
        ------
        ArgumentError
            If it is an empty list, or no names.
        UnknownSiteError, LibraryError
            As `site` does.
        """
        if site is None or isinstance(site, str):
            return [self.site(site)]
        given: object = site
        names = list(given) if isinstance(given, Iterable) else []
        if not names or not all(isinstance(name, str) for name in names):
            raise ArgumentError(
                f"A site's name is needed, or a list of names, not {site!r}."
            )
        return [self.site(name) for name in dict.fromkeys(names)]

    def sites(self) -> dict[str, Site]:
        """Return every site that can be asked, by name, without logins."""
        added = [] if self.is_demo else self.store.sites.all()
        return speakers(self._presets, added)

    def learnt(self, site: Site) -> Learnt:
        """Return what searching has taught about a site, which may be added to."""
        return self._learnt.setdefault(f"{site.name} {site.login is None}", Learnt())

    def is_preset(self, name: str) -> bool:
        """Tell whether every library knows this site."""
        return name in self._presets

    def ratings(self, wanted: str | Sequence[str] | None) -> frozenset[Rating] | None:
        """Return the ratings that pass; None for all."""
        return ratings(self.rating if wanted is None else wanted)

    def check_open(self) -> None:
        """Raise a `LibraryError` if the library was closed."""
        if self.closed:
            raise LibraryError(self.how_to_open_again())

    def how_to_open_again(self) -> str:
        """Return which library is closed, and what opens one."""
        if self.is_demo:
            return "This demo library is closed. Open a new one: bn.demo()."
        return f"The library {self.path} is closed. Open it again: bn.open()."

    async def held(self, work: Awaitable[T]) -> T:
        """Await a work on the app loop that the library's end is to end.

        Raises
        ------
        LibraryError
            If the library is closed in the meantime.
        """
        return await self.works.held(work, why=self.how_to_open_again)

    @property
    def last(self) -> pd.DataFrame:
        """What the last search brought, whole or until it was stopped or failed.

        A DataFrame as `search` returns, with the categories that are known by now;
        without rows before the first search.
        """
        return self.frame(self.categories.known(self.arrived))

    def start_search(self, hiding: Hiding | None = None) -> list[Post]:
        """Return the list that a new search fills, which is then the last one."""
        self.arrived, self._hiding = [], hiding
        return self.arrived

    @property
    def hidden(self) -> pd.DataFrame:
        """What the blacklist has hidden of the last search, and by which rule."""
        return self.ours((self._hiding or Hiding(self.store)).frame())

    def frame(self, posts: Iterable[Post]) -> pd.DataFrame:
        """Return posts as a frame of this library."""
        known = list(posts)
        self._remember(known)
        return self.ours(frames.from_posts(known))

    def _remember(self, posts: list[Post]) -> None:
        """Remember what was handed out, for who names a post by its key only."""
        if len(self.seen) + len(posts) > MOST_SEEN:
            self.seen.clear()
        self.seen.update((post.key, post) for post in posts[:MOST_SEEN])

    def table(
        self, columns: Mapping[str, Sequence[Any]], schema: Schema = POSTS
    ) -> pd.DataFrame:
        """Return columns as a frame of this library."""
        return self.ours(frames.from_columns(columns, schema))

    def ours(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Let a frame say whose it is, and return it."""
        frame.attrs[TOKEN] = self.token
        return frame

    def on_bookmarks_changed(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the app loop when bookmarks change."""
        self._listeners.append(callback)

        def end() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return end

    def bookmarked(self) -> frozenset[tuple[str, int]]:
        """Return the site and id of every bookmark."""
        generation = self.store.file.generation()
        if self._bookmarked is None or self._bookmarked[0] != generation:
            keys = frozenset(self.store.bookmarks.keys())
            self._bookmarked = generation, keys
        return self._bookmarked[1]

    def bookmarks_changed(self, urls: Iterable[str | None]) -> None:
        """Tell who shows bookmarks, and keep the thumbnails of what is one now.

        What was written stays written, even where no loop is left to do this.

        Parameters
        ----------
        urls : iterable of str or None
            The thumbnails of the posts that became bookmarks, or are none any more.
        """
        with suppress(LoopError):
            loop.call_on_app_loop(self._tell_listeners)
            if not self.is_demo:
                loop.run_on_app_loop(self.shelf.sort({url for url in urls if url}))

    def _tell_listeners(self) -> None:
        for callback in list(self._listeners):
            if self.opened:
                callback()
