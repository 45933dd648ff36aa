"""The dialects that the demo booru speaks, by the names of their engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.danbooru.site import DanbooruSite

if TYPE_CHECKING:
    from booru_nb.drawn.site import DemoSite

DIALECTS: dict[str, type[DemoSite]] = {
    "danbooru": DanbooruSite,
}
"""The dialects; a new one is one package and one line here."""
