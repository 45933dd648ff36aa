"""The engines that can be spoken to, and the general-purpose boorus known by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.sites.danbooru import Danbooru
from booru_nb.sites.e621 import E621
from booru_nb.sites.gelbooru import Gelbooru
from booru_nb.sites.gelbooru02 import Gelbooru02
from booru_nb.sites.moebooru import Moebooru
from booru_nb.sites.philomena import Philomena
from booru_nb.sites.shimmie2 import Shimmie2
from booru_nb.sites.szurubooru import Szurubooru

if TYPE_CHECKING:
    from booru_nb.sites.base import Site

ENGINES: dict[str, type[Site]] = {
    engine.engine: engine
    for engine in (
        Danbooru,
        E621,
        Gelbooru,
        Gelbooru02,
        Moebooru,
        Philomena,
        Shimmie2,
        Szurubooru,
    )
}
"""Adapters by the name of their engine."""

# Page sizes are those of the engine unless a site documents a smaller one. None of
# these sites checks the Referer of who asks for a file.
PRESETS: tuple[Site, ...] = (
    # Ten reads a second are allowed to all together and about one is asked for, and a
    # visitor may search for two tags (https://danbooru.donmai.us/wiki_pages/help:api,
    # and `User.tag_query_limit` of its source).
    Danbooru(name="danbooru", url="https://danbooru.donmai.us", rate=1.0, tag_limit=2),
    # The same server and its limits, with what is rated general only.
    Danbooru(
        name="safebooru", url="https://safebooru.donmai.us", rate=1.0, tag_limit=2
    ),
    # Two requests a second are the limit and one is asked for; forty tags
    # (https://e926.net/help/api, and `tag_query_limit` of its source).
    E621(name="e926", url="https://e926.net", rate=1.0, tag_limit=40),
    # No figure is published for its pace, so it is that of the others; a hundred posts
    # a page are documented (https://safebooru.org/index.php?page=help&topic=dapi).
    Gelbooru02(name="safebooru.org", url="https://safebooru.org", rate=1.0),
    # No figure is published for its pace. A hundred posts a page and six tags are
    # documented (https://konachan.net/help/api, and `tag_query_limit` of Moebooru's
    # configuration), and the names of its categories are those of its tag pages.
    Moebooru(
        name="konachan",
        url="https://konachan.net",
        rate=1.0,
        page_size=100,
        tag_limit=6,
        types=("general", "artist", "", "copyright", "character", "style", "circle"),
    ),
    # Twenty searches in ten seconds are what clients of it keep to (Boorusama). The
    # filter is its "Everything", without which much that is mild is hidden, too.
    Philomena(
        name="derpibooru", url="https://derpibooru.org", rate=2.0, filter_id=56027
    ),
)
"""The sites that every library knows: general-purpose boorus, and no others."""

DEFAULT = "danbooru"
"""The site that is asked where none is named."""
