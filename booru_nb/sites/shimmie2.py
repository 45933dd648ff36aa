"""Shimmie2, by the Danbooru API that it offers as an extension.

The facts below are read in its source at 13975067 and in recorded traffic.

- Answers are XML. Posts are named ``post`` or ``tag``, a field without a value is
  missing, and addresses may be relative.
- A page has at most 100 posts; a larger limit would skip some. ``id<N`` goes on, and is
  not counted among the tags that a visitor may search for.
- There are no ratings (``?``) and no categories (always 0). The score is 0 whatever
  the votes are, so it is not read.
- Times have no zone; they are read as UTC.
- Asked for ids, it counts those that were asked for. Asked for no tags, it sends all.
- No results may be a page with status 404. So is an extension that is switched off.
- Completions are an object of counts, or an empty array.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.errors import ArgumentError
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import answers, listing, terms, values
from booru_nb.sites.base import Site
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Page, Suggestion, TagInfo

if TYPE_CHECKING:
    from collections.abc import Collection

    import httpx

    from booru_nb.sites.answers import Json
    from booru_nb.sites.listing import Listing

RATINGS = {
    "s": Rating.GENERAL,
    "q": Rating.QUESTIONABLE,
    "e": Rating.EXPLICIT,
}
"""Ratings of the sites that have an extension for them; all others say ``?``."""

_RATED = re.compile(r"(?:^|\s)-?rating[:=]", re.IGNORECASE)
_ORDERED = re.compile(r"(?:^|\s)order[:=](?!id_desc(?:\s|$))", re.IGNORECASE)
_NOTHING = re.compile(rb"no (?:images|posts|results)", re.IGNORECASE)
_NOT_FOUND = 404

LANGUAGE = Language(
    orders={"oldest": "order=id_asc"}, lacks=frozenset({"score", "favorites"})
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shimmie2(Site):
    """A site that runs Shimmie2."""

    engine: ClassVar[str] = "shimmie2"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/user"
    user_word: ClassVar[str | None] = None
    page_retries: ClassVar[int] = 1
    tag_batch: ClassVar[int] = 50
    knows_categories: ClassVar[bool] = False

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Refuse, since its posts have no ratings."""
        wanted = ", ".join(sorted(ratings))
        raise ArgumentError(
            f"{self.name} has no ratings, so it cannot be asked for {wanted}. "
            'Say rating="any" to see all its posts.'
        )

    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""
        return bool(_RATED.search(query))

    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask for posts: below an id, or for a page where they have an order."""
        lowest, page = terms.place(self, cursor)
        if lowest is not None:
            query = f"{query} id<{lowest}".strip()
        size = max(1, min(limit, self.page_size))
        words = {"tags": query} if query else {}
        return self._posts(limit=size, page=max(page, 1), **words)

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a list of posts; a page that says there are none is an empty one."""
        if self._is_nothing(answer):
            return Page([], 0, None, 0)
        found = self._listing(answer)
        posts = [self._post(row) for row in found.rows]
        cursor = terms.below(posts)
        if cursor is not None and _ORDERED.search(query):
            page = values.count(answer.request.url.params.get("page")) or 1
            cursor = str(page + 1)
        return Page(answers.allowed(posts), len(posts), cursor, found.left)

    def post(self, post_id: int) -> httpx.Request:
        """Ask for the posts of one id."""
        return self._posts(id=post_id)

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Ask for the posts of one md5."""
        return self._posts(md5=self._md5(md5))

    def read_post(self, answer: httpx.Response) -> Post:
        """Read the one post that was asked for."""
        asked = answer.request.url.params
        posts = [self._post(row) for row in self._listing(answer).rows]
        return answers.meant(self, posts, post_id=asked.get("id"), md5=asked.get("md5"))

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask for completions."""
        name = "_".join(text.split())
        return self._get("/api/internal/autocomplete", s=name, limit=limit)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read an object of counts by names; where a name has a newer one, that."""
        answers.check(self, answer)
        data = answers.read_json(self, answer)
        if data == []:
            return []
        if not isinstance(data, dict):
            raise answers.broken(self, "tags", of="completions")
        return [
            found for name, told in data.items() if (found := _completion(name, told))
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask for tags by their names."""
        return self._get("/api/danbooru/find_tags", name=",".join(self._named(names)))

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read a list of tags, which have no categories here."""
        answers.check(self, answer)
        return [
            TagInfo(tag, None, values.count(row.get("counts", row.get("count"))))
            for row in listing.read(self, answer, of="tag").rows
            if (tag := values.tag(row.get("name")))
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask for one post, since every list says how many there are."""
        return self.search(query, limit=1)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read the count of a list; None where it has none."""
        return 0 if self._is_nothing(answer) else self._listing(answer).total

    def _posts(self, **params: str | int) -> httpx.Request:
        return self._get("/api/danbooru/find_posts", **params)

    def _login_params(self) -> dict[str, str | int]:
        return {} if self.login is None else {"api_key": self.login.key}

    def _is_nothing(self, answer: httpx.Response) -> bool:
        """Tell whether a 404 stands for no results."""
        if answer.status_code != _NOT_FOUND or answers.is_challenge(answer):
            return False
        goes_on = "id<" in answer.request.url.params.get("tags", "")
        return goes_on or bool(_NOTHING.search(answer.content))

    def _listing(self, answer: httpx.Response) -> Listing:
        answers.check(self, answer)
        return listing.read(self, answer, of="post")

    def _post(self, raw: Json) -> Post:
        post_id = answers.post_id(self, raw)
        if not isinstance(raw.get("tags"), str):
            raise answers.broken(self, "tags")
        file_url = values.address(raw.get("file_url"), base=self.url)
        ext = values.extension_of(raw.get("file_name"))
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("rating")).strip().lower()),
            tags=values.words(raw["tags"]),
            width=values.count(raw.get("width")),
            height=values.count(raw.get("height")),
            ext=ext or values.extension_of(file_url),
            md5=values.md5(raw.get("md5")),
            file_size=values.count(raw.get("file_size")),
            source=values.text(raw.get("source")),
            parent_id=values.count(raw.get("parent_id")) or None,
            uploader=values.text(raw.get("author")),
            created_at=values.moment(raw.get("date") or raw.get("created_at")),
            preview_url=values.address(raw.get("preview_url"), base=self.url),
            file_url=file_url,
            post_url=f"{self.url}/post/view/{post_id}",
            status=Status.RESTRICTED if file_url is None else Status.ACTIVE,
        )


def _completion(name: str, told: object) -> Suggestion | None:
    tag, number, alias = values.tag(name), told, None
    if isinstance(told, dict):
        number, newer = told.get("count"), values.tag(told.get("newtag"))
        tag, alias = (newer, tag) if newer else (tag, None)
    return Suggestion(tag=tag, count=values.count(number), alias=alias) if tag else None
