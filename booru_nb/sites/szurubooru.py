"""szurubooru, which people host for themselves, and oxibooru, which speaks likewise.

API: https://github.com/rr-/szurubooru/blob/master/doc/API.md. The facts below are read
in its source at 22fd239e and in recorded traffic.

- Each request must accept JSON, or is answered with 406. All is below ``/api``, while
  addresses of files are relative to the site itself, which may be a folder of a host.
- A page has 1 to 100 posts, else 400. ``id:..N`` goes on where offsets would shift.
- An empty query finds nothing on some sites; ``*`` is everything.
- A colon in a tag must be escaped, or what stands before it is taken for a field.
- A tag has several names, of which the first is its own. Categories are of each site's
  making.
- ``safety`` is safe, sketchy or unsafe, and takes a list.
- Files are known by SHA-1 here, so none is found by its md5, which old posts lack.
- Visitors may see posts; lists of tags want a login by default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.errors import ArgumentError
from booru_nb.guard import withheld
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import answers, terms, values
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Page, Suggestion, TagInfo
from booru_nb.sites.szurubooru_lists import SzurubooruLists, names_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import httpx

    from booru_nb.sites.answers import Json

RATINGS = {
    "safe": Rating.GENERAL,
    "sketchy": Rating.QUESTIONABLE,
    "unsafe": Rating.EXPLICIT,
}

_FIELDS = frozenset(
    """
    id tag score uploader upload submit comment fav liked disliked pool source flag type
    safety rating content-checksum note-text sort special tag-count comment-count
    fav-count note-count note-text relation-count feature-count file-size image-width
    width image-height height image-area area image-aspect-ratio image-ar aspect-ratio
    ar creation-date creation-time date time last-edit-date last-edit-time edit-date
    edit-time comment-date comment-time fav-date fav-time feature-date feature-time
    description
    """.strip().split()
)
"""What may stand before a colon."""

_RATED = re.compile(r"(?:^|\s)-?(?:rating|safety):", re.IGNORECASE)
_ORDERED = re.compile(r"(?:^|\s)-?sort:(?!id(?:,desc)?(?:\s|$))|(?:^|\s)-sort:id")
_COLON = re.compile(r"(?<!\\):")

LANGUAGE = Language(
    score="score:{}..",
    after="date:{}..",
    before="date:..{}",
    orders={
        "oldest": "sort:id,asc",
        "score": "sort:score",
        "favorites": "sort:fav-count",
        "random": "sort:random",
    },
    media={
        "image": "type:image",
        "animated": "type:animation",
        "video": "type:video",
    },
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Szurubooru(SzurubooruLists):
    """A site that runs szurubooru."""

    engine: ClassVar[str] = "szurubooru"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/settings"
    page_retries: ClassVar[int] = 1
    tag_batch: ClassVar[int] = 50

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return ``safety:`` with the words of these ratings."""
        words = [word for word, rating in RATINGS.items() if rating in ratings]
        if words:
            return f"safety:{','.join(words)}"
        return terms.rating_terms(self, {r: w for w, r in RATINGS.items()}, ratings)

    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""
        return bool(_RATED.search(query))

    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask ``/api/posts/``: below an id, or from a row on if there is an order."""
        lowest, offset = terms.place(self, cursor)
        words = [_escaped(word) for word in query.split()] or ["*"]
        if lowest is not None:
            words.append(f"id:..{lowest - 1}")
        size = max(1, min(limit, self.page_size))
        return self._get(
            "/api/posts/", query=" ".join(words), offset=offset, limit=size
        )

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a page of posts."""
        answered = self._answer(answer)
        raw = answers.rows(self, answered["results"])
        posts = [self._post(row) for row in raw]
        shown = [p for p, row in zip(posts, raw, strict=True) if not _withheld(p, row)]
        cursor = terms.below(posts)
        offset = values.count(answer.request.url.params.get("offset")) or 0
        if cursor is not None and _ORDERED.search(query):
            cursor = str(offset + len(posts))
        elif cursor == "b0":
            cursor = None
        total = values.count(answered.get("total"))
        left = None if total is None else max(total - offset, 0)
        return Page(shown, len(posts), cursor, left)

    def post(self, post_id: int) -> httpx.Request:
        """Ask ``/api/post/<id>``."""
        return self._get(f"/api/post/{post_id}")

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Refuse, since szurubooru finds files by their SHA-1 only."""
        raise ArgumentError(
            f"{self.name} cannot find {self._md5(md5)!r}: it has no search for an md5. "
            "It finds 'content-checksum:…', which is a SHA-1, in a search."
        )

    def read_post(self, answer: httpx.Response) -> Post:
        """Read one post."""
        answers.check(self, answer)
        raw = answers.read_object(self, answer)
        post = self._post(raw)
        return answers.not_withheld(self, post, withheld=_withheld(post, raw))

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask for tags that begin like this, most frequent first."""
        name = _literal("_".join(text.split()))
        size = max(1, min(limit, self.page_size))
        return self._get("/api/tags/", query=f"{name}* sort:usages", limit=size)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read tags by their own names."""
        return [
            Suggestion(tag=info.tag, category=info.category, count=info.count)
            for info in self.read_tags(answer)
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask ``/api/tags/`` for a list of names."""
        wanted = [_literal(name) for name in self._named(names)]
        query = f"name:{','.join(wanted)}"
        return self._get("/api/tags/", query=query, limit=self.page_size)

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read tags by their own names."""
        return [
            TagInfo(tag, category, values.count(row.get("usages")))
            for row in answers.rows(self, self._answer(answer)["results"], of="tags")
            for tag, category in _named([row]).items()
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask for one post, since every page says how many there are."""
        return self.search(query, limit=1)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read how many posts there are."""
        answers.check(self, answer)
        raw = answers.read_object(self, answer)
        if "total" not in raw:
            raise answers.broken(self, "total", of="an answer")
        return values.count(raw["total"])

    def _headers(self) -> dict[str, str]:
        if self.login is None:
            return {"Accept": "application/json"}
        token = f"Token {self.login.basic()}"
        return {"Accept": "application/json", "Authorization": token}

    def _answer(self, answer: httpx.Response) -> Json:
        """Return an answer that has results."""
        answers.check(self, answer)
        raw = answers.read_object(self, answer)
        if "results" not in raw:
            raise answers.broken(self, "results", of="an answer")
        return raw

    def _post(self, raw: Json) -> Post:
        post_id = answers.post_id(self, raw)
        rows = raw.get("tags")
        if not isinstance(rows, list):
            raise answers.broken(self, "tags")
        named = _named(rows)
        file_url = values.address(raw.get("contentUrl"), base=self.url)
        user = raw.get("user")
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("safety"))),
            score=values.whole(raw.get("score")),
            favorites=values.count(raw.get("favoriteCount")),
            tags=tuple(sorted(named)),
            categories={tag: category for tag, category in named.items() if category},
            width=values.count(raw.get("canvasWidth")),
            height=values.count(raw.get("canvasHeight")),
            ext=values.extension_of(file_url),
            md5=values.md5(raw.get("checksumMD5")),
            file_size=values.count(raw.get("fileSize")),
            source=values.text(raw.get("source")),
            uploader=values.text(user.get("name")) if isinstance(user, dict) else None,
            created_at=values.moment(raw.get("creationTime")),
            preview_url=values.address(raw.get("thumbnailUrl"), base=self.url),
            file_url=file_url,
            post_url=f"{self.url}/post/{post_id}",
            status=Status.RESTRICTED if file_url is None else Status.ACTIVE,
        )


def _named(rows: list[Json]) -> dict[str, str | None]:
    """Return the tags of rows by their own names, and their categories."""
    return {
        names[0]: values.category(row.get("category"))
        for row in rows
        if isinstance(row, dict) and (names := names_of(row))
    }


def _withheld(post: Post, raw: Json) -> bool:
    """Tell whether a post is withheld, by its tags or by their other names."""
    names = [name for row in raw["tags"] for name in names_of(row)]
    return withheld(post.rating, names, site=post.site)


def _escaped(word: str) -> str:
    """Return a term whose colons are escaped, unless a field stands before one."""
    field = _COLON.split(word.lstrip("-"), maxsplit=1)[0].lower()
    known = field.removesuffix("-min").removesuffix("-max") in _FIELDS
    return word if known else _COLON.sub(r"\\:", word)


def _literal(name: str) -> str:
    """Return a name without anything that means more than itself."""
    return re.sub(r"([\\:,.*-])", r"\\\1", name)
