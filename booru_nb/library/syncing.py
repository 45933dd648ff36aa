"""Lists of all tags of a site, read page after page and kept as they come."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from booru_nb import search
from booru_nb.errors import ArgumentError, BadAnswerError, BooruError
from booru_nb.library.progress import bar
from booru_nb.sites import ENGINES, Site
from booru_nb.store import KINDS, Gain
from booru_nb.store.times import EPOCH, now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from booru_nb.library.state import State
    from booru_nb.sites import TagPage
    from booru_nb.store import Reading, Store

DAY = timedelta(days=1) // timedelta(microseconds=1)
"""For so long a list that cannot say what has changed is not read again.

What has changed is asked for since a day earlier than known, for clocks differ.
"""

FROM_A_DUMP = "dump"
"""The cursor of a reading that no site can go on with."""

Gains = dict[str, Gain]


def kinds(what: object) -> list[str]:
    """Return which kinds are wanted, in their order.

    Raises
    ------
    ArgumentError
        If it is none of them.
    """
    given = [what] if isinstance(what, str) else what
    names = list(given) if isinstance(given, (list, tuple, set, frozenset)) else []
    if not names or any(name not in KINDS for name in names):
        known = ", ".join(map(repr, KINDS))
        raise ArgumentError(
            f"What to fetch is one or several of {known}, not {what!r}."
        )
    return [name for name in KINDS if name in names]


async def sync(
    state: State,
    targets: Sequence[Site],
    wanted: Collection[str],
    *,
    refresh: bool,
    show: bool,
) -> dict[str, Gains]:
    """Read the lists of some sites, and return what came of it, by site and kind."""
    lists = {site.name: site.tag_lists(wanted) for site in targets}
    for site in targets:
        if not lists[site.name]:
            raise ArgumentError(_no_lists(site))
    found: dict[str, Gains] = {}
    for site in targets:
        gains = found.setdefault(site.name, {})
        for name, whole in lists[site.name].items():
            gains |= {kind: gains.get(kind, Gain()) for kind in whole}
            work = _List(state.store, site, name, whole)
            try:
                await work.read(gains, refresh=refresh, show=show)
            except asyncio.CancelledError as stopped:
                raise asyncio.CancelledError(f"Stopped: {_came(gains)}") from stopped
            except BooruError as error:
                error.args = (f"{error} {_came(gains)}",)
                raise
    return found


def _came(gains: Gains) -> str:
    count = sum(gain.fetched for gain in gains.values())
    return (
        f"{count} aliases, implications and tags arrived, and are kept; "
        "lib.sync_tags goes on from there."
    )


def _no_lists(site: Site) -> str:
    having = sorted(
        name
        for name, engine in ENGINES.items()
        if engine.tag_lists is not Site.tag_lists
    )
    return (
        f"{site.name!r} runs {site.engine}, which does not list aliases and "
        f"implications for programs. These do: {', '.join(having)}. If you have them "
        f"as files: lib.sync_tags({site.name!r}, dump=…)."
    )


class _List:
    """A list of a site, to be read.

    Parameters
    ----------
    store : Store
        Where to keep it.
    site : Site
        Who has it.
    name : str
        Which list.
    whole : sequence of str
        Of what it tells everything.
    """

    def __init__(
        self, store: Store, site: Site, name: str, whole: Sequence[str]
    ) -> None:
        self._store = store
        self._site = site
        self._name = name
        self._whole = whole

    async def read(self, gains: Gains, *, refresh: bool, show: bool) -> None:
        """Read what is left of the list, and add to what came of it."""
        reading = await asyncio.to_thread(self._begin, refresh=refresh)
        doing = f"{self._site.name} {self._name}"
        before: TagPage | None = None
        with bar(None, doing=doing, show=show, unit="rows") as shown:
            while reading is not None:
                page = await search.tag_page(
                    self._site,
                    self._name,
                    cursor=reading.cursor,
                    since=_moment(reading.since),
                )
                await self._refuse_nonsense(reading, page, before)
                came, reading = await asyncio.to_thread(
                    self._store.tag_lists.put, reading, page, whole=self._whole
                )
                before = page
                for kind, gain in came.items():
                    if kind in gains:
                        gains[kind].add(gain)
                shown.update(page.count)

    def _begin(self, *, refresh: bool) -> Reading | None:
        """Return the reading to go on with, or a new one; None if none is due."""
        lists = self._store.tag_lists
        under_way = lists.under_way(self._site.name, self._name)
        if under_way and under_way.cursor != FROM_A_DUMP and not refresh:
            return under_way
        last = lists.read_at(self._site.name, self._name)
        if last is None or refresh:
            return lists.begin(self._site.name, self._name)
        if self._name in self._site.dated_lists:
            return lists.begin(self._site.name, self._name, since=last - DAY)
        if now() - last < DAY:
            return None
        return lists.begin(self._site.name, self._name)

    async def _refuse_nonsense(
        self, reading: Reading, page: TagPage, before: TagPage | None
    ) -> None:
        """Raise a `BadAnswerError` for a list without an end, or without anything."""
        where = f"the list of {self._name} of {self._site.name}"
        if page.cursor is not None and (
            page.cursor == reading.cursor or (page.count and _same(page, before))
        ):
            raise BadAnswerError(f"A page of {where} came again, so it has no end.")
        ends = reading.cursor is None and page.cursor is None and not page.count
        if ends and reading.since is None:
            known = await asyncio.to_thread(
                self._store.relations.counts, self._site.name
            )
            if any(known[kind] for kind in self._whole):
                raise BadAnswerError(
                    f"Nothing is on {where}, of which {known[self._whole[0]]} rows are "
                    "known. Try again later."
                )


def _same(page: TagPage, other: TagPage | None) -> bool:
    """Tell whether two pages say the same."""
    if other is None:
        return False
    said = (page.aliases, page.implications, page.numbered, page.tags)
    then = (other.aliases, other.implications, other.numbered, other.tags)
    return any(said) and said == then


def _moment(microseconds: int | None) -> datetime | None:
    if microseconds is None:
        return None
    return EPOCH + timedelta(microseconds=microseconds)


def report(store: Store, found: Mapping[str, Gains]) -> dict[str, list[Any]]:
    """Return the columns of `schemas.TAG_SYNC`: what came of it, and what is known."""
    rows = [
        (site, kind, gains[kind])
        for site, gains in found.items()
        for kind in KINDS
        if kind in gains
    ]
    counts = {site: store.relations.counts(site) for site in found}
    return {
        "site": [site for site, _, _ in rows],
        "what": [kind for _, kind, _ in rows],
        "fetched": [gain.fetched for *_, gain in rows],
        "new": [gain.new for *_, gain in rows],
        "removed": [gain.removed for *_, gain in rows],
        "skipped": [gain.skipped for *_, gain in rows],
        "known": [counts[site][kind] for site, kind, _ in rows],
        "as_of": [store.tag_lists.told_at(site, kind) for site, kind, _ in rows],
    }
