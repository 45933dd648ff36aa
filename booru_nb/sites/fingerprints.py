"""What tells the engines apart: the questions, in a safe order, and their readers.

What comes first cannot be mistaken for any other engine.

- Gelbooru's family tells itself apart from the outside only by the form of its lists.
  gelbooru.com answers 401 with an empty body without a key, some 0.2 sites a JSON
  string.
- A Shimmie2 with the right extension looks like Danbooru 1, whose posts have an object
  as their time; Moebooru's is a number.
- An empty booru has no post to be told by, so the page for people is read at last.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb.sites import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

_RUNS: tuple[tuple[str, str], ...] = (
    (r"running danbooru v?2", "danbooru"),
    (r"running e621ng", "e621"),
    (r"running gelbooru (?:beta )?0\.2\.5", "gelbooru"),
    (r"running gelbooru (?:beta )?0\.2", "gelbooru02"),
    (r"running (?:moebooru|myimouto)", "moebooru"),
    (r"running shimmie", "shimmie2"),
)
_PHILOMENA = re.compile(r"github\.com/[\w-]+/philomena", re.IGNORECASE)
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class Probe:
    """One question, and what tells the engine in its answer.

    `wants_key` tells the engine of a site that only says that it wants a key; it holds
    if nothing better comes, and if the site has answered other questions.
    """

    path: str
    engine_of: Callable[[httpx.Response], str | None]
    accept: str = "application/json"
    wants_key: Callable[[httpx.Response], str | None] | None = None


def _json(answer: httpx.Response) -> Any:  # noqa: ANN401
    """Return what a good answer says as JSON; None if it says nothing."""
    if not answer.is_success:
        return None
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return None


def _first(data: object) -> Mapping[str, Any]:
    """Return the first object of a list, or an empty one."""
    row = data[0] if isinstance(data, list) and data else None
    return row if isinstance(row, dict) else {}


def _posts_json(answer: httpx.Response) -> str | None:
    data = _json(answer)
    if "tag_string" in _first(data):
        return "danbooru"
    posts = data.get("posts") if isinstance(data, dict) else None
    if posts == [] or isinstance(_first(posts).get("file"), dict):
        return "e621"
    return None


def _post_json(answer: httpx.Response) -> str | None:
    row = _first(_json(answer))
    fits = "md5" in row and isinstance(row.get("created_at"), int)
    return "moebooru" if fits and isinstance(row.get("tags"), str) else None


def _philomena(answer: httpx.Response) -> str | None:
    data = _json(answer)
    fits = isinstance(data, dict) and isinstance(data.get("images"), list)
    return "philomena" if fits and "total" in data else None


def _szurubooru(answer: httpx.Response) -> str | None:
    data = _json(answer)
    fits = isinstance(data, dict) and "postCount" in data
    return "szurubooru" if fits and isinstance(data.get("config"), dict) else None


def _root(answer: httpx.Response) -> Mapping[str, Any] | None:
    """Return the attributes of a list of posts in XML; None if it is none."""
    if not answer.is_success:
        return None
    try:
        document = markup.read(answer.content)
    except markup.MarkupError:
        return None
    return document.attributes if document.name == "posts" else None


def _dapi(answer: httpx.Response) -> str | None:
    attributes = _root(answer)
    if attributes is not None:
        return "gelbooru" if "limit" in attributes else "gelbooru02"
    data = _json(answer)
    if isinstance(data, dict) and isinstance(data.get("@attributes"), dict):
        return "gelbooru"
    row = _first(data)
    fits = data == [] or ("image" in row and "directory" in row)
    return "gelbooru02" if fits else None


def _dapi_key(answer: httpx.Response) -> str | None:
    if answer.status_code == _UNAUTHORIZED and not answer.content.strip():
        return "gelbooru"
    return "gelbooru02" if isinstance(_json(answer), str) else None


def _shimmie2(answer: httpx.Response) -> str | None:
    return None if _root(answer) is None else "shimmie2"


def _home(answer: httpx.Response) -> str | None:
    if "shimmie" in answer.headers.get("x-powered-by", "").lower():
        return "shimmie2"
    page = answer.content.decode(errors="replace")
    if not answer.is_success or not page.lstrip().startswith("<"):
        return None
    said = " ".join(re.sub(r"<[^>]*>", " ", page).lower().split())
    if _PHILOMENA.search(page):
        return "philomena"
    return next((engine for words, engine in _RUNS if re.search(words, said)), None)


_DAPI = "/index.php?page=dapi&s=post&q=index&limit=1"
PROBES = (
    Probe("/posts.json?limit=1", _posts_json),
    Probe("/post.json?limit=1", _post_json),
    Probe("/api/v1/json/search/images?q=*&per_page=1", _philomena),
    Probe("/api/info", _szurubooru),
    Probe(f"{_DAPI}&json=1", _dapi, wants_key=_dapi_key),
    Probe(_DAPI, _dapi, accept="*/*"),
    Probe("/api/danbooru/find_posts?limit=1", _shimmie2, accept="*/*"),
    Probe("/", _home, accept="text/html"),
)
"""What is asked, in the safe order."""
