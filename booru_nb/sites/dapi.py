"""What the two Gelbooru dialects share: one address for all, and fields of one name.

Its source is not public; the facts are those of recorded traffic and of well-kept
clients.

- All is ``/index.php?page=dapi&q=index&s=<post|tag>``.
- A listing is newest first, and ``id:<N`` goes on where pages end. The site's word for
  an order is ``sort:``.
- The names of tags, sources and titles are HTML-escaped in JSON; in XML the same
  escapes are those of XML.
- Times are as C writes them, with an offset. A parent of 0 is none, a score may be "".
- Posts say no categories of tags.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.post import Category, Post, Rating, Status
from booru_nb.sites import answers, terms, values
from booru_nb.sites.base import Site
from booru_nb.sites.parts import Page, TagInfo

if TYPE_CHECKING:
    import httpx

    from booru_nb.sites.answers import Json
    from booru_nb.sites.listing import Listing

RATINGS = {
    "g": Rating.GENERAL,
    "s": Rating.GENERAL,
    "q": Rating.QUESTIONABLE,
    "e": Rating.EXPLICIT,
    "safe": Rating.GENERAL,
    **{str(rating): rating for rating in Rating},
}
"""Ratings as words and as letters. The letter of old is that of ``safe``."""

CATEGORIES = {
    "0": "general",
    "1": "artist",
    "3": "copyright",
    "4": "character",
    "5": "meta",
    "6": "deprecated",
    "tag": "general",
    "metadata": "meta",
    **{str(category): str(category) for category in Category},
    "deprecated": "deprecated",
}
"""Categories by their numbers and by their words."""

STATUSES = {
    "pending": Status.PENDING,
    "flagged": Status.FLAGGED,
    "deleted": Status.DELETED,
}

_RATED = re.compile(r"(?:^|[\s{(])[-~]?rating:", re.IGNORECASE)
_ORDERED = re.compile(r"(?:^|\s)sort:(?!id(?::desc)?(?:\s|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dapi(Site):
    """A site of Gelbooru's family."""

    # Both engines send empty and broken pages now and then where there are posts.
    page_retries: ClassVar[int] = 3

    asks_json: ClassVar[bool]
    """Whether posts are asked for as JSON."""

    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""
        return bool(_RATED.search(query))

    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask for posts: below an id, or on a page where they have an order."""
        lowest, page = terms.place(self, cursor)
        if lowest is not None:
            query = f"{terms.without_upper_end(query)} id:<{lowest}".strip()
        return self._posts(tags=query, pid=page, limit=min(limit, self.page_size))

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a listing of posts."""
        found = self._listing(answer, of="post")
        posts = [self._post(row, found) for row in found.rows]
        cursor = terms.below(posts)
        if cursor is not None and _ORDERED.search(query):
            page = values.count(answer.request.url.params.get("pid")) or 0
            cursor = str(page + 1)
        return Page(answers.allowed(posts), len(posts), cursor, found.left)

    def post(self, post_id: int) -> httpx.Request:
        """Ask for the one post of an id."""
        return self._posts(id=post_id)

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Ask for the posts with an md5."""
        return self._posts(tags=f"md5:{self._md5(md5)}", limit=1)

    def read_post(self, answer: httpx.Response) -> Post:
        """Read the one post that was asked for."""
        found = self._listing(answer, of="post")
        asked = answer.request.url.params
        posts = [self._post(row, found) for row in found.rows]
        return answers.meant(
            self,
            posts,
            post_id=asked.get("id"),
            md5=asked.get("tags", "").removeprefix("md5:"),
        )

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read a listing of tags; names that are empty are left out."""
        found = self._listing(answer, of="tag")
        return [
            TagInfo(
                tag,
                CATEGORIES.get(str(row.get("type")).strip().lower()),
                values.count(row.get("count")),
            )
            for row in found.rows
            if (tag := values.tag(_plain(row.get("name"), found)))
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask for one post, since every listing says how many there are."""
        return self._posts(tags=query, limit=1)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read the count of a listing; None where it has none."""
        return self._listing(answer, of="post").total

    def _posts(self, **params: str | int) -> httpx.Request:
        form: dict[str, str | int] = {"json": 1} if self.asks_json else {}
        return self._dapi("post", **form, **params)

    def _dapi(self, subject: str, **params: str | int) -> httpx.Request:
        return self._get("/index.php", page="dapi", s=subject, q="index", **params)

    def _login_params(self) -> dict[str, str | int]:
        if self.login is None:
            return {}
        return {"api_key": self.login.key, "user_id": self.login.user}

    @abstractmethod
    def _listing(self, answer: httpx.Response, *, of: str) -> Listing:
        """Return the rows of an answer, or raise what it stands for."""

    def _files(self, raw: Json) -> Json:
        """Return what has the addresses of a post's files."""
        return raw

    def _categories(self, _raw: Json) -> dict[str, str]:
        """Return the categories of a post's tags, as far as it says them."""
        return {}

    def _post(self, raw: Json, found: Listing) -> Post:
        post_id = answers.post_id(self, raw)
        if not isinstance(raw.get("tags"), str):
            raise answers.broken(self, "tags")
        categories = self._categories(raw)
        files = self._files(raw)
        file_url = values.address(files.get("file_url"), base=self.url)
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("rating")).strip().lower()),
            score=values.whole(raw.get("score")),
            tags=tuple(sorted({*_tags(raw, found), *categories})),
            categories=categories,
            width=values.count(raw.get("width")),
            height=values.count(raw.get("height")),
            ext=values.extension_of(file_url or raw.get("image")),
            md5=values.md5(raw.get("md5")),
            file_size=values.count(raw.get("file_size")),
            source=values.text(_plain(raw.get("source"), found)),
            parent_id=values.count(raw.get("parent_id")) or None,
            uploader=values.name_of(raw.get("owner"), raw.get("creator_id")),
            created_at=values.moment(raw.get("created_at")),
            preview_url=values.address(files.get("preview_url"), base=self.url),
            sample_url=values.address(files.get("sample_url"), base=self.url),
            file_url=file_url,
            post_url=f"{self.url}/index.php?page=post&s=view&id={post_id}",
            status=_status(raw, hidden=file_url is None),
        )


def _plain(value: object, found: Listing) -> object:
    """Return a value without HTML's entities; those of XML are decoded already."""
    return value if found.is_xml else values.unescaped(value)


def _tags(raw: Json, found: Listing) -> tuple[str, ...]:
    # Some names have these four characters in them, which stand for the end of a line.
    return values.words(str(_plain(raw["tags"], found)).replace("\\r\\n", " "))


def _status(raw: Json, *, hidden: bool) -> Status:
    found = STATUSES.get(str(raw.get("status")).strip().lower(), Status.ACTIVE)
    return Status.RESTRICTED if hidden and found is not Status.DELETED else found
