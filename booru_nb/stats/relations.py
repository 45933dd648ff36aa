"""Aliases and implications: what a tag is called, and what it means besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Pairs = list[tuple[str, str]]

_NONE: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Relations:
    """The aliases and implications of one site.

    Parameters
    ----------
    aliases : Mapping of str to str
        The canonical tag of each alias: chains are followed to their end, and of the
        names in a circle the first by name is the canonical one.
    implied : Mapping of str to frozenset of str
        What each canonical tag implies, directly or through others, by canonical
        names; never itself, even where implications run in a circle.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    implied: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def canonical(self, tag: str) -> str:
        """Return the canonical name of a tag."""
        return self.aliases.get(tag, tag)

    def expanded(self, tag: str) -> set[str]:
        """Return the canonical name of a tag, and all that it implies."""
        name = self.canonical(tag)
        return {name, *self.implied.get(name, ())}

    def makes_needless(self, tag: str) -> Iterator[str]:
        """Yield the tags that a post with this canonical one need not have.

        Of tags that imply each other the first by name is the one that stays.
        """
        for other in self.implied.get(tag, ()):
            if tag < other or tag not in self.implied.get(other, ()):
                yield other


def of_pairs(aliases: Iterable[tuple[str, str]], implications: Pairs) -> Relations:
    """Return the relations that pairs describe.

    Parameters
    ----------
    aliases : iterable of (str, str)
        An alias, and the tag that it stands for.
    implications : list of (str, str)
        A tag, and a tag that it implies.
    """
    direct = dict(aliases)
    names = {alias: _end(alias, direct) for alias in direct}
    followed: dict[str, set[str]] = {}
    for tag, other in implications:
        one, two = names.get(tag, tag), names.get(other, other)
        followed.setdefault(one, set()).add(two)
    implied = {tag: frozenset(_reached(tag, followed)) for tag in followed}
    return Relations({a: t for a, t in names.items() if a != t}, implied)


def _end(alias: str, direct: Mapping[str, str]) -> str:
    """Return where a chain of aliases ends."""
    seen = [alias]
    while (after := direct.get(seen[-1])) is not None:
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]


def _reached(tag: str, followed: Mapping[str, set[str]]) -> set[str]:
    """Return what can be reached from a tag, without the tag itself."""
    reached: set[str] = set()
    waiting = [tag]
    while waiting:
        fresh = followed.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached - {tag}


class Known(Mapping[str, Relations]):
    """The relations of every site, by its name.

    Parameters
    ----------
    by_site : Mapping of str to Relations
        What is known of some sites.
    of_all : Relations, optional
        What holds on every other site.
    """

    def __init__(
        self, by_site: Mapping[str, Relations] = _NONE, of_all: Relations | None = None
    ) -> None:
        self._by_site = dict(by_site)
        self._of_all = of_all

    def __getitem__(self, site: str) -> Relations:
        found = self._by_site.get(site, self._of_all)
        if found is None:
            raise KeyError(site)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_site)

    def __len__(self) -> int:
        return len(self._by_site)

    def meanings(self, tags: Sequence[str]) -> dict[int, set[str]]:
        """Return what some tags mean on any site beside themselves, by their places."""
        found: dict[int, set[str]] = {}
        for known in self.each():
            for place, tag in enumerate(tags):
                if tag in known.aliases or tag in known.implied:
                    found.setdefault(place, set()).update(known.expanded(tag))
        return found

    def each(self) -> Iterator[Relations]:
        """Yield all that is known, whichever site it is of."""
        yield from self._by_site.values()
        if self._of_all is not None:
            yield self._of_all


def of_frames(
    aliases: pd.DataFrame | None = None, implications: pd.DataFrame | None = None
) -> Known:
    """Return the relations that two frames describe.

    Parameters
    ----------
    aliases : DataFrame, optional
        Columns ``alias`` and ``tag``: an alias, and the tag that it stands for; if
        there is a column ``site``, on this site only, unless it is missing.
    implications : DataFrame, optional
        Columns ``tag`` and ``implies``, and perhaps ``site``.

    Raises
    ------
    FrameError
        If one is no DataFrame, or a column is missing.
    """
    named = _pairs(aliases, ("alias", "tag"))
    meant = _pairs(implications, ("tag", "implies"))
    sites = {site for site in (*named, *meant) if site is not None}
    common = named.get(None, []), meant.get(None, [])
    by_site = {
        site: of_pairs(
            [*common[0], *named.get(site, [])], [*common[1], *meant.get(site, [])]
        )
        for site in sites
    }
    return Known(by_site, of_pairs(*common) if any(common) else None)


def _pairs(
    frame: pd.DataFrame | None, columns: tuple[str, str]
) -> dict[str | None, Pairs]:
    """Return the pairs of each site; those of a frame without sites under None."""
    if frame is None:
        return {}
    given: object = frame
    if not isinstance(given, pd.DataFrame):
        msg = f"Aliases and implications are DataFrames, not {type(given).__name__}."
        raise FrameError(msg)
    if lacking := [name for name in columns if name not in frame.columns]:
        has = ", ".join(map(str, frame.columns))
        raise FrameError(f"The DataFrame has no column {lacking[0]!r}, only: {has}.")
    whole = frame.dropna(subset=list(columns))
    sites: list[str | None] = [None] * len(whole)
    if "site" in whole:
        sites = [None if pd.isna(site) else str(site) for site in whole["site"]]
    found: dict[str | None, Pairs] = {}
    texts = (whole[name].astype(str) for name in columns)
    for site, one, two in zip(sites, *texts, strict=True):
        found.setdefault(site, []).append((one, two))
    return found
