"""The boorus: how each engine is asked and read, and which ones are known.

An adapter does no I/O: it builds requests and reads answers. What differs between the
sites of one engine is data.
"""

from __future__ import annotations

from booru_nb.sites.base import Site
from booru_nb.sites.parts import Login, Page, Suggestion, TagInfo, TagPage
from booru_nb.sites.presets import DEFAULT, ENGINES, PRESETS

__all__ = [
    "DEFAULT",
    "ENGINES",
    "PRESETS",
    "Login",
    "Page",
    "Site",
    "Suggestion",
    "TagInfo",
    "TagPage",
]
