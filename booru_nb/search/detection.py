"""Finding out what a site runs, by asking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import http
from booru_nb.sites import detect

if TYPE_CHECKING:
    from booru_nb.sites.detect import Found

RATE = 2.0
"""Requests a second to a site of which nothing is known yet."""


async def detect_site(url: str, *, allow_private: bool = False) -> Found:
    """Return what a site runs, and its address; one request is under way at a time.

    Parameters
    ----------
    url : str
        Its address, or that of one of its pages.
    allow_private : bool
        Whether its address may be a private or local one.

    Raises
    ------
    ArgumentError
        If it is no address.
    UnreachableError
        If no answer comes.
    SiteError
        If something stands before the site, or it refuses.
    UnknownSiteError
        If it answers, but like no engine that is known.
    """
    policy = http.Policy(
        rate=None if allow_private else RATE, allow_private=allow_private, retries=1
    )
    asking = detect.detection(detect.address(url))
    try:
        request = next(asking)
        while True:
            request = asking.send(await http.send(request, policy))
    except StopIteration as over:
        found: Found = over.value
        return found
