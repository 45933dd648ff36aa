"""What a library could not keep, of rows that come from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb import search
from booru_nb.errors import ArgumentError, BooruError
from booru_nb.kept import (
    KeptBookmark,
    KeptFolder,
    KeptPost,
    KeptRule,
    KeptSavedSearch,
    KeptSearch,
    KeptSetting,
    KeptSite,
)
from booru_nb.library import records, rules
from booru_nb.library.preferences import KNOWN
from booru_nb.store import filling, foldernames, saved_searches, sitenames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.kept import Kept
    from booru_nb.library.state import State

WISHES = ("min_score", "order", "media", "after", "before")


def check(row: Kept) -> None:
    """Raise a `BooruError` for a row that could not be kept, or not be read again."""
    match row:
        case KeptPost(post=post):
            sitenames.checked(post.site)
        case KeptSite(name=name):
            sitenames.checked(name)
        case KeptFolder(name=name, query=query):
            foldernames.checked(name)
            if query is not None:
                filling.checked(query)
        case KeptBookmark(folder=str(folder)) if folder:
            foldernames.checked(folder)
        case KeptRule(rule=rule):
            rules.check(rule)
        case KeptSavedSearch(name=name, options=options):
            saved_searches.checked(name)
            _check_options(options)
        case KeptSearch(options=options):
            _check_options(options)


def may_be_set(state: State, setting: KeptSetting) -> bool:
    """Tell whether a setting is one, and its value fits."""
    try:
        known = KNOWN.get(setting.name)
        return known is not None and known.checked(state, setting.value) is not None
    except BooruError:
        return False


def _check_options(options: Mapping[str, Any]) -> None:
    """Raise an `ArgumentError` where a search could not be made again."""
    said = {name: options[name] for name in WISHES if name in options}
    if records.options(search.wishes(**said)) != said:
        raise ArgumentError(f"{said!r:.200} are no options of a search")
    rating = options.get("rating", "any")
    if not isinstance(rating, str | list):
        raise ArgumentError(f"rating is a name or a list of names, not {rating!r:.80}")
    search.ratings(rating)
