"""The dialects that the demo booru speaks, by the names of their engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.danbooru.site import DanbooruSite
from booru_nb.drawn.e621.site import E621Site
from booru_nb.drawn.gelbooru.older import Gelbooru02Site
from booru_nb.drawn.gelbooru.site import GelbooruSite
from booru_nb.drawn.moebooru.site import MoebooruSite
from booru_nb.drawn.philomena.site import PhilomenaSite
from booru_nb.drawn.shimmie2.site import Shimmie2Site
from booru_nb.drawn.szurubooru.site import SzurubooruSite

if TYPE_CHECKING:
    from booru_nb.drawn.site import DemoSite

DIALECTS: dict[str, type[DemoSite]] = {
    "danbooru": DanbooruSite,
    "e621": E621Site,
    "gelbooru": GelbooruSite,
    "gelbooru02": Gelbooru02Site,
    "moebooru": MoebooruSite,
    "philomena": PhilomenaSite,
    "szurubooru": SzurubooruSite,
    "shimmie2": Shimmie2Site,
}
"""The dialects; a new one is one package and one line here."""
