"""The posts of the desktop app: those of its bookmarks, and those of its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from booru_nb.portable import checks
from booru_nb.portable.records import Read, post_of
from booru_nb.sites import danbooru, dapi, e621, moebooru, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from booru_nb.kept import KeptSite
    from booru_nb.post import Rating

RATINGS: dict[str, Mapping[str, Rating]] = {
    "danbooru": danbooru.RATINGS,
    "e621": e621.RATINGS,
    "gelbooru": dapi.RATINGS,
    "gelbooru02": dapi.RATINGS,
    "moebooru": moebooru.RATINGS,
}
"""What each engine's words mean."""

GONE = "its site is gone from the app"
NO_ID = "its number is none"
NO_TAGS = "its tags are no text"
WHICH_SITE = "the app does not say of which site it is, and its address does not tell"


class Tables(Protocol):
    """The app's tables."""

    sites: dict[object, KeptSite]

    def select(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows."""

    def skip(self, subject: str, reason: str) -> None:
        """Count a row that is left out."""

    @property
    def check_folder(self) -> Callable[[str], str]:
        """Return a folder's name as it is kept."""


def posts(app: Tables) -> Iterator[Read]:
    """Yield the posts of bookmarks, and those of downloaded files."""
    columns = (
        *("site_id", "post_id", "file_url", "preview_url", "tags", "rating", "score"),
        *("source", "tag_categories", "favorited_at"),
    )
    bookmarked = set()
    for number, post, *said, at in app.select("favorites", *columns):
        if site := site_of(app, "posts", number, post, said[2]):
            bookmarked.add((site.name, post))
            yield _post(site, post, said, at, collected=False)
    of_file = (
        *("post_id", "file_url", "tags", "rating", "score", "source"),
        *("tag_categories", "saved_at"),
    )
    for post, url, *said, at in app.select("library_meta", *of_file):
        site = _site_of_file(app, post, url, said[0])
        # What a bookmark says is as good, and has a preview.
        if site and (site.name, post) not in bookmarked:
            yield _post(site, post, [url, None, *said], at, collected=True)


def site_of(
    app: Tables, subject: str, number: object, post: object, tags: object
) -> KeptSite | None:
    """Return the site of a bookmark that can be read; else count it as left out."""
    reason = None
    if number not in app.sites:
        reason = GONE
    elif not is_id(post):
        reason = NO_ID
    elif not isinstance(tags, str | None):
        reason = NO_TAGS
    if reason is None:
        return app.sites[number]
    app.skip(subject, reason)
    return None


def _site_of_file(
    app: Tables, post: object, url: object, tags: object
) -> KeptSite | None:
    """Return the site of a downloaded file, where its address tells."""
    every = list(app.sites.values())
    if not is_id(post):
        app.skip("posts", NO_ID)
    elif not isinstance(tags, str | None):
        app.skip("posts", NO_TAGS)
    else:
        found = [site for site in every if _serves(site, url)]
        if len(found) != 1 and len(every) == 1 and not url:
            found = every
        if len(found) == 1:
            return found[0]
        app.skip("posts", WHICH_SITE)
    return None


def _serves(site: KeptSite, url: object) -> bool:
    """Tell whether a file's host belongs to a site: both end in the same two words."""
    mine, its = _host(site.url), _host(url)
    return bool(mine) and mine.split(".")[-2:] == its.split(".")[-2:]


def _host(url: object) -> str:
    try:
        return (urlsplit(url).hostname or "") if isinstance(url, str) else ""
    except ValueError:
        return ""


def _post(
    site: KeptSite, post: int, said: Iterable[Any], at: object, *, collected: bool
) -> Read:
    file_url, preview_url, tags_, rating, score, source, categories = said
    words = values.words(tags_)
    read = post_of(
        {
            "site": site.name,
            "id": post,
            "tags": words,
            "categories": _categories(categories, words),
            "rating": _rating(site.engine, rating),
            "score": values.whole(score),
            "source": values.text(source),
            "ext": values.extension_of(file_url),
            "md5": _md5(file_url),
            "file_url": str(file_url or ""),
            "preview_url": str(preview_url or ""),
            "collected": collected,
            "kept_at": time_of(at),
        }
    )
    given = {"file_url": file_url, "preview_url": preview_url}
    return Read(read.row, tuple(n for n in read.dropped if given.get(n)))


def _rating(engine: str | None, word: object) -> Rating | None:
    known = RATINGS.get(engine or "", {})
    text = str(word).strip().lower()
    return known.get(text) or known.get(text[:1])


def _categories(text: object, words: Iterable[str]) -> dict[str, str]:
    """Return the category of each tag that the app's JSON has."""
    try:
        found = json.loads(text) if isinstance(text, str) and text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    kinds = {
        str(tag): kind
        for label, members in found.items()
        if (kind := values.category(label)) and isinstance(members, list)
        for tag in members
    }
    return {tag: kinds[tag] for tag in words if tag in kinds}


def _md5(url: object) -> str | None:
    """Return the md5 that names a file, where one does."""
    name = urlsplit(str(url)).path.rpartition("/")[2] if _host(url) else ""
    return values.md5(name.partition(".")[0])


def is_id(value: object) -> bool:
    """Tell whether a value can be a post's number."""
    return isinstance(value, int) and 0 <= value < checks.LIMIT


def time_of(value: object) -> int | None:
    """Return a time of the app in microseconds since 1970; None for no such text."""
    moment = values.moment(value) if isinstance(value, str) else None
    return None if moment is None else checks.microseconds(moment.isoformat())
