"""How the servers of pictures and files are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import http, search

if TYPE_CHECKING:
    from booru_nb.library.state import State

UNKNOWN_SITE = http.Policy(rate=4.0)
"""How a server is asked for pictures of a site that is known by name only."""


def media_policy(state: State, site: str) -> http.Policy:
    """Return how a site's files are asked for.

    Raises
    ------
    LibraryError
        If this is a demo, and the site is not.
    """
    known = state.sites().get(site)
    if known is None and state.is_demo:
        state.site(site)
    if known is None:
        return UNKNOWN_SITE
    return search.policy(state.logged_in(known), media=True)
