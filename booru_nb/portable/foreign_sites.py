"""What another library says of its sites, as far as it can be believed.

A file that somebody sent must not make this one ask private addresses, nor ask a site
too often.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.portable import checks
from booru_nb.sites import values
from booru_nb.sites.detect import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.kept import KeptSite

FASTEST = 10.0
"""Requests a second that are believed; who wants more says so by ``update_site``."""

LARGEST = 10_000
"""Of a number of tags or posts."""

PRIVATE = "allow_private"


def trusted(site: KeptSite) -> tuple[KeptSite, list[str]]:
    """Return what is believed of a site, and why something is not, as sentences."""
    reasons = []
    url = _address(site.url)
    if site.url and url is None:
        reasons.append(f"the address of {site.name!r} is none: {site.url!r:.80}")
    options = {}
    for name, value in site.options.items():
        known = _OPTIONS.get(name)
        if known is not None and known(value):
            options[name] = value
        elif name == PRIVATE and value:
            reasons.append(
                f"{site.name!r} may not be asked at a private address until you say "
                f"so: lib.update_site({site.name!r}, allow_private=True)"
            )
        elif name != PRIVATE:
            reasons.append(f"{name!r:.80} of {site.name!r} is left out")
    return replace(site, url=url, options=options), reasons


def _address(url: str | None) -> str | None:
    try:
        return address(url) if url else None
    except ArgumentError:
        return None


def _rate(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < value <= FASTEST  # type: ignore[operator] # it is a number


def _count(value: object) -> bool:
    number = values.count(value)
    return isinstance(value, int) and number is not None and 0 < number <= LARGEST


def _names(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, str) and (not item or values.category(item) == item)
        for item in value
    )


_OPTIONS: dict[str, Callable[[Any], bool]] = {
    "rate": _rate,
    "media_rate": _rate,
    "tag_limit": lambda value: value is None or _count(value),
    "page_size": _count,
    "filter_id": lambda value: isinstance(value, int) and values.count(value) == value,
    PRIVATE: lambda value: value is False,
    "needs_login": lambda value: isinstance(value, bool),
    "types": _names,
    "referer": lambda value: checks.FORMS["post_url"][0](value) is not None,
}
"""The facts of an adapter that may come from a file, and what each may be."""
