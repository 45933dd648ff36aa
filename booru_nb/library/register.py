"""The sites of a library, as they are added and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from booru_nb.errors import ArgumentError, LibraryError
from booru_nb.library.speakers import understood
from booru_nb.sites import ENGINES
from booru_nb.sites.detect import Found, address
from booru_nb.sites.known import known, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.library.state import State
    from booru_nb.sites import Site
    from booru_nb.store.connections import Db


def named(url: str, engine: str) -> Found:
    """Return a site whose engine the user names, without asking it.

    Raises
    ------
    ArgumentError
        If the address or the engine cannot be used.
    """
    plain = address(url)
    check_engine(engine)
    site = known(plain) if urlsplit(plain).scheme == "https" else None
    if site is not None and site.engine == engine:
        return Found(engine, plain, options(site))
    return Found(engine, plain)


def same(state: State, url: str, *, name: str | None, engine: str | None) -> str | None:
    """Return the name under which just this site was added before; None if it was not.

    A cell that adds a site may be run again.
    """
    plain = address(url)
    called = name or urlsplit(plain).hostname or plain
    site = state.sites().get(called)
    if site is None or site.url != plain or state.is_preset(called):
        return None
    return called if engine in {None, site.engine} else None


def add(
    state: State,
    found: Found,
    *,
    name: str | None,
    rate: float | None,
    allow_private: bool,
) -> str:
    """Keep a site, and return its name.

    Raises
    ------
    ArgumentError
        If the name is taken.
    """
    called = name or urlsplit(found.url).hostname or found.url
    check_free(state, called)
    facts = {**found.options, "allow_private": allow_private}
    if rate is not None or allow_private:
        facts["rate"] = rate
    state.store.sites.add(called, url=found.url, engine=found.engine, options=facts)
    return called


def change(
    state: State,
    site: Site,
    *,
    url: str | None,
    engine: str | None,
    facts: Mapping[str, Any],
) -> None:
    """Keep what has changed of a site.

    Raises
    ------
    ArgumentError
        If the address or the engine cannot be used.
    LibraryError
        If every library has the site, and more than its pace is to change.
    """
    check_rate(facts.get("rate"))
    moved = None if url is None else address(url)
    speaks = site.engine if engine is None else check_engine(engine)
    if state.is_preset(site.name):
        _change_pace(
            state, site, {**facts, **({"url": moved} if moved else {})}, speaks
        )
        return
    every = {**options(site), "allow_private": site.allow_private, **facts}
    where, kept = moved or site.url, understood(speaks, every)

    def work(_db: Db) -> None:
        state.store.sites.update(site.name, url=where, engine=speaks)
        state.store.sites.add(site.name, url=where, engine=speaks, options=kept)

    state.store.file.write(work)


def _change_pace(
    state: State, site: Site, facts: Mapping[str, Any], engine: str
) -> None:
    """Keep another pace for a site that every library has."""
    if facts.keys() - {"rate"} or engine != site.engine:
        raise LibraryError(
            f"{site.name!r} comes with booru_nb, so only its rate can be changed. Add "
            "the other one under a name of its own: lib.add_site(…, name=…)."
        )
    records = {record.name: record for record in state.store.sites.all()}
    old = records.get(site.name)
    state.store.sites.add(
        site.name,
        url=old.url if old else None,
        engine=old.engine if old else None,
        options={**(old.options if old else {}), **facts},
    )


def remove(state: State, name: str, *, posts: bool) -> int:
    """Forget a site, with its login; return how many posts went along.

    Raises
    ------
    LibraryError
        If every library has it.
    UnknownSiteError, StoreError
        If the library does not have it, or keeps posts of it that are not to go.
    """
    if state.is_preset(name):
        raise LibraryError(f"{name!r} comes with booru_nb, and cannot be removed.")
    site = state.sites().get(name)
    gone = state.store.bookmarks.columns(site=name, columns=["preview_url"])
    removed = state.store.sites.remove(name, posts=posts)
    if removed:
        state.bookmarks_changed(gone["preview_url"])
    if site is not None:
        state.credentials.forget(site)
    return removed


def check_free(state: State, name: str) -> None:
    """Raise an `ArgumentError` if a site has this name."""
    if name in state.sites():
        raise ArgumentError(f"A site is called {name!r} already. Choose a name=.")


def check_engine(engine: str) -> str:
    """Return the name of an engine, or raise an `ArgumentError` if it is none."""
    if engine not in ENGINES:
        every = ", ".join(map(repr, ENGINES))
        raise ArgumentError(f"No engine is called {engine!r}. Known: {every}.")
    return engine


def check_rate(rate: float | None) -> None:
    """Raise an `ArgumentError` if requests cannot be sent at this rate."""
    if rate is not None and (
        isinstance(rate, bool) or not isinstance(rate, int | float) or not rate > 0
    ):
        raise ArgumentError(f"rate is requests a second, above 0, not {rate!r}.")
