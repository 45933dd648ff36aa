"""One page of a listing, fetched: asked for again where a site may have failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import http
from booru_nb.errors import BadAnswerError
from booru_nb.search.lookups import policy

if TYPE_CHECKING:
    import httpx

    from booru_nb.sites import Page, Site


async def page(site: Site, words: str, *, cursor: str | None, limit: int) -> Page:
    """Return a page of a site's listing.

    On sites that send empty or broken pages by mistake, such a page is asked for again
    first.

    Parameters
    ----------
    site : Site
        Who is asked.
    words : str
        The query.
    cursor : str or None
        That of the page before.
    limit : int
        How many posts at the most.

    Raises
    ------
    BooruError
        Any of `booru_nb.errors` that the site or the way to it gives cause for.
    """
    request = site.search(words, cursor=cursor, limit=limit)
    for left in reversed(range(site.page_retries + 1)):
        try:
            found = await _read(site, request, words)
        except BadAnswerError:
            if left == 0:
                raise
        else:
            if found.count or found.total == 0:
                return found
    return _ended(site, found, limit)


async def _read(site: Site, request: httpx.Request, words: str) -> Page:
    answer = await http.send(request, policy(site))
    return site.read_posts(answer, query=words)


def _ended(site: Site, found: Page, limit: int) -> Page:
    """Return an empty page that ends the listing, or say that it cannot be so.

    What a site counts may include some posts that it shows to nobody.
    """
    if found.total is None or found.total <= limit:
        return found
    raise BadAnswerError(
        f"{site.name} says that {found.total} more posts follow, but it sends none. "
        "Try again later."
    )
