"""The engines that can be spoken to, and the general-purpose boorus known by name."""

from __future__ import annotations

from booru_nb.sites.danbooru import Danbooru
from booru_nb.sites.e621 import E621
from booru_nb.sites.gelbooru import Gelbooru
from booru_nb.sites.gelbooru02 import Gelbooru02
from booru_nb.sites.moebooru import Moebooru
from booru_nb.sites.philomena import Philomena
from booru_nb.sites.shimmie2 import Shimmie2
from booru_nb.sites.szurubooru import Szurubooru

ENGINES = {
    engine.engine: engine
    for engine in (
        Danbooru,
        E621,
        Gelbooru,
        Gelbooru02,
        Moebooru,
        Philomena,
        Szurubooru,
    )
}
"""Adapters by the name of their engine."""

# Danbooru allows ten reads a second and asks for about one (its help:api page).
PRESETS = (
    Danbooru(name="danbooru", url="https://danbooru.donmai.us", tag_limit=2),
    Danbooru(name="safebooru", url="https://safebooru.donmai.us", tag_limit=2),
)
"""The sites that every library knows."""

DEFAULT = "danbooru"
"""The site that is asked where none is named."""
