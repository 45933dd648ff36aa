"""Where files live, and what the package says of itself.

Nothing is created by looking: a folder is made by whoever first writes into it.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "booru-nb"

PREFERENCES: Mapping[str, Any] = {
    "rating": "general",
    "limit": 100,
    "blacklist": True,
    "history": True,
    "blur": ["questionable", "explicit"],
    "thumbnail_size": 190,
    "downloads": "downloads",
}
"""What holds for a library in which nothing else was set."""


def data_folder() -> Path:
    """Return the folder of the library.

    ``BOORU_NB_DATA`` in the environment moves it.
    """
    moved = os.environ.get("BOORU_NB_DATA")
    return Path(moved) if moved else platformdirs.user_data_path(APP)


def cache_folder() -> Path:
    """Return the folder of what can be fetched or drawn again.

    ``BOORU_NB_CACHE`` in the environment moves it.
    """
    moved = os.environ.get("BOORU_NB_CACHE")
    return Path(moved) if moved else platformdirs.user_cache_path(APP)


def user_agent(user: str | None = None) -> str:
    """Return how requests introduce themselves: honestly, and never as a browser.

    Parameters
    ----------
    user : str, optional
        The user's name on the site, for sites that ask for it.
    """
    name = f"{APP}/{version(APP)}"
    return f"{name} (by {user})" if user else name
