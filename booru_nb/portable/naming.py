"""Which site of another library is which site here.

A site is the same where its host and its engine are; what it is called is its user's
affair. A name that means another site here is replaced by the site's host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from booru_nb.kept import (
    KeptBlock,
    KeptBookmark,
    KeptFolder,
    KeptPost,
    KeptRule,
    KeptSavedSearch,
    KeptSearch,
    KeptSetting,
    KeptSite,
    KeptTag,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from booru_nb.kept import Kept
    from booru_nb.post import Post


@dataclass(frozen=True, slots=True)
class Naming:
    """What the sites of another library are called here.

    Attributes
    ----------
    names : Mapping of str to str
        Those names that are another here.
    reasons : tuple of str
        What was renamed, and why, as sentences.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()

    def here(self, name: str) -> str:
        """Return what a site is called here."""
        return self.names.get(name, name)

    def renamed(self, row: Kept) -> Kept:
        """Return a row with its sites called as they are here."""
        if not self.names:
            return row
        if isinstance(row, KeptTag | KeptBookmark | KeptBlock):
            return replace(row, site=self.here(row.site))
        if isinstance(row, KeptSavedSearch | KeptSearch):
            return replace(row, sites=tuple(map(self.here, row.sites)))
        if isinstance(row, KeptPost):
            return replace(row, post=self._post(row.post))
        return self._rarer(row)

    def _rarer(self, row: Kept) -> Kept:
        match row:
            case KeptSite():
                return replace(row, name=self.here(row.name))
            case KeptFolder(query=str(query)):
                return replace(row, query=self._query(query))
            case KeptRule():
                return replace(row, rule=self._query(row.rule))
            case KeptSetting(name="default_site", value=str(value)):
                return replace(row, value=self.here(value))
        return row

    def _post(self, post: Post) -> Post:
        also_on = tuple(map(self._token, post.also_on))
        return replace(post, site=self.here(post.site), also_on=also_on)

    def _token(self, token: str) -> str:
        site, _, number = token.rpartition(":")
        return f"{self.here(site)}:{number}"

    def _query(self, query: str) -> str:
        """Return a query of the local language with its ``site:`` words renamed."""
        for theirs, ours in self.names.items():
            word = rf"(?<![^\s(|-])site:{re.escape(theirs)}(?![^\s)|])"
            query = re.sub(word, f"site:{ours}".replace("\\", r"\\"), query)
        return query


def naming(theirs: Iterable[KeptSite], ours: Mapping[str, KeptSite]) -> Naming:
    """Find out what the sites of another library are called here.

    Parameters
    ----------
    theirs : iterable of KeptSite
        The sites of the other library.
    ours : Mapping of str to KeptSite
        Those that are known here, by name.
    """
    known = {identity(site): name for name, site in ours.items() if site.url}
    taken = {name: site.url for name, site in ours.items()}
    names: dict[str, str] = {}
    reasons = []
    for site in theirs:
        same = known.get(identity(site)) if site.url else None
        if same is not None:
            name = same
        elif taken.get(site.name) is None or site.url is None:
            name = site.name
        else:
            name = _free(_host(site.url), taken)
            reasons.append(
                f"{site.name!r} is called {name!r} here: that name means "
                f"{taken[site.name]}"
            )
        if site.url:
            known[identity(site)] = name
            taken[name] = taken.get(name) or site.url
        if name != site.name:
            names[site.name] = name
            if same is not None:
                reasons.append(f"{site.name!r} is called {name!r} here")
    return Naming(names, tuple(dict.fromkeys(reasons)))


def identity(site: KeptSite) -> tuple[str, str | None]:
    """Return what makes a site the same as another: its host and its engine."""
    return _host(site.url or ""), site.engine


def _host(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}"


def _free(name: str, taken: Collection[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}-{n}" for n in count(2) if f"{name}-{n}" not in taken)
