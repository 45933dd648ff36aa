"""Sites that are recognised by their address, so that nothing is asked to know them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from booru_nb.errors import UnknownSiteError
from booru_nb.sites.danbooru import Danbooru
from booru_nb.sites.e621 import E621
from booru_nb.sites.gelbooru import Gelbooru
from booru_nb.sites.gelbooru02 import Gelbooru02
from booru_nb.sites.moebooru import Moebooru
from booru_nb.sites.philomena import Philomena
from booru_nb.sites.presets import PRESETS

if TYPE_CHECKING:
    from booru_nb.sites.base import Site

KONACHAN = ("general", "artist", "", "copyright", "character", "style", "circle")

OTHERS: tuple[Site, ...] = (
    Danbooru(name="testbooru", url="https://testbooru.donmai.us", tag_limit=2),
    # Four tags (`tag_query_limit` of its configuration).
    Danbooru(name="aibooru", url="https://aibooru.online", tag_limit=4),
    E621(name="e621", url="https://e621.net"),
    E621(name="e6ai", url="https://e6ai.net"),
    Gelbooru(name="gelbooru", url="https://gelbooru.com", needs_login=True),
    Gelbooru02(name="tbib", url="https://tbib.org"),
    Moebooru(name="yandere", url="https://yande.re"),
    Moebooru(name="konachan.com", url="https://konachan.com", types=KONACHAN),
    Moebooru(name="sakugabooru", url="https://www.sakugabooru.com"),
    Philomena(name="furbooru", url="https://furbooru.org", rate=2.0, filter_id=2),
    Philomena(name="ponybooru", url="https://ponybooru.org", rate=2.0, filter_id=3),
)
"""Sites that no library lists by itself, and that are set up right when one is added.

Only their facts stand here; a user who adds one chooses its name.
"""

UNSPOKEN = {
    "zerochan.net": "Zerochan",
    "sankakucomplex.com": "Sankaku",
    "sankaku.app": "Sankaku",
    "behoimi.org": "Danbooru 1",
    "booru.org": "Gelbooru 0.1",
}
"""Hosts, with all below them, of engines that nobody here speaks. They are not asked:
some bar who does so unasked."""

_OWN = frozenset({"name", "url", "login", "allow_private"})


def known(url: str) -> Site | None:
    """Return the site that an address is of; None if it is not known.

    Raises
    ------
    UnknownSiteError
        If it is known to run an engine that is not spoken here.
    """
    host = _host(url)
    for other, engine in UNSPOKEN.items():
        if host == other or host.endswith(f".{other}"):
            raise UnknownSiteError(
                f"{host} runs {engine}, which booru_nb does not speak."
            )
    return next((s for s in (*PRESETS, *OTHERS) if _host(s.url) == host), None)


def options(site: Site) -> dict[str, object]:
    """Return a site's facts beside its name and address, where they are its own."""
    usual = type(site)(name=site.name, url=site.url)
    found = {
        field.name: getattr(site, field.name)
        for field in fields(site)
        if field.name not in _OWN
        and getattr(site, field.name) != getattr(usual, field.name)
    }
    return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()}


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
