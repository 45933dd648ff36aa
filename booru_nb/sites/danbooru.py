"""Danbooru, and the sites that run its software.

API: https://danbooru.donmai.us/wiki_pages/help:api. The facts below are read in its
source at 06587d1 and in recorded traffic.

- A page has at most 200 posts; a larger limit is lowered without an error.
- Pages go up to 1,000 below the Gold level; the next is answered with 410. A page
  ``b<id>`` is what is older than an id, without such an end, but overrides any order.
- Posts are taken out after the limit was applied, so a short page is not the last one.
- Below Gold, two tags can be searched for; a third is answered with 422. Some metatags
  are free, `rating:` among them.
- A post that is hidden from this user lacks the *keys* ``md5`` and ``file_url``.
- ``preview_file_url`` may be missing where ``media_asset.variants`` has the file.
- ``rating:s`` is sensitive, not safe.
- Times have the offset of US Eastern.
- ``search[…]`` words that are misspelt are ignored and give unfiltered rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.errors import (
    BadAnswerError,
    NotFoundError,
    QueryError,
    SiteError,
    TagLimitError,
)
from booru_nb.guard import withholds
from booru_nb.post import Category, Post, Rating, Status
from booru_nb.sites import answers
from booru_nb.sites.base import Page, Site, Suggestion, TagInfo

if TYPE_CHECKING:
    from collections.abc import Collection

    import httpx

    from booru_nb.sites.answers import Json

RATINGS = {
    "g": Rating.GENERAL,
    "s": Rating.SENSITIVE,
    "q": Rating.QUESTIONABLE,
    "e": Rating.EXPLICIT,
}

CATEGORIES = {
    0: Category.GENERAL,
    1: Category.ARTIST,
    3: Category.COPYRIGHT,
    4: Category.CHARACTER,
    5: Category.META,
}

_GROUPS = {c: f"tag_string_{c}" for c in CATEGORIES.values()}

# A cursor of ids would override these orders, so their pages are counted.
_ORDERED = re.compile(
    r"(?:^|\s)(?:order:(?!id_desc(?:\s|$))|ordfav:|ordfavgroup:|ordpool:|random:)",
    re.IGNORECASE,
)
_RATED = re.compile(r"(?:^|\s)[-~]?(?:rating:|is:(?:sfw|nsfw))", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Danbooru(Site):
    """A site that runs Danbooru."""

    engine: ClassVar[str] = "danbooru"
    page_size: ClassVar[int] = 200

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return ``rating:`` with the letters of these ratings."""
        letters = [letter for letter, rating in RATINGS.items() if rating in ratings]
        return f"rating:{','.join(letters)}" if letters else ""

    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""
        return bool(_RATED.search(query))

    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask ``/posts.json``."""
        params: dict[str, str | int] = {"tags": query, "limit": limit}
        if cursor is not None:
            params["page"] = cursor
        return self._get("/posts.json", **params)

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a plain list of posts."""
        self._check(answer)
        raw = answers.rows(self, answers.read_json(self, answer))
        posts = [self._post(row) for row in raw]
        cursor = self._cursor(answer, posts, query=query)
        return Page([p for p in posts if not withholds(p)], len(raw), cursor)

    def _cursor(
        self, answer: httpx.Response, posts: list[Post], *, query: str
    ) -> str | None:
        if not posts:
            return None
        if _ORDERED.search(query):
            page = answers.whole(answer.request.url.params.get("page")) or 1
            return str(page + 1)
        return f"b{min(post.id for post in posts)}"

    def post(self, post_id: int) -> httpx.Request:
        """Ask ``/posts/<id>.json``."""
        return self._get(f"/posts/{post_id}.json")

    def read_post(self, answer: httpx.Response) -> Post:
        """Read one post."""
        self._check(answer)
        data = answers.read_json(self, answer)
        post = self._post(answers.rows(self, [data])[0])
        if withholds(post):
            raise NotFoundError(f"The post {post.id} of {self.name} is withheld.")
        return post

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask ``/autocomplete.json``."""
        params: dict[str, str | int] = {
            "search[query]": text,
            "search[type]": "tag_query",
            "limit": limit,
        }
        return self._get("/autocomplete.json", **params)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read tags; what else the site completes (users, pools) is left out."""
        self._check(answer)
        raw = answers.rows(self, answers.read_json(self, answer))
        return [
            Suggestion(
                tag=tag,
                category=CATEGORIES.get(row.get("category", -1)),
                count=answers.whole(row.get("post_count")),
                alias=answers.text(row.get("antecedent")),
            )
            for row in raw
            if str(row.get("type", "tag")).startswith("tag")
            and (tag := answers.text(row.get("value")))
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask ``/tags.json``; at most 1,000 names."""
        params: dict[str, str | int] = {
            "search[name_comma]": ",".join(names),
            "limit": 1000,
        }
        return self._get("/tags.json", **params)

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read a plain list of tags."""
        self._check(answer)
        raw = answers.rows(self, answers.read_json(self, answer))
        return [
            TagInfo(
                tag,
                CATEGORIES.get(row.get("category", -1)),
                answers.whole(row.get("post_count")),
            )
            for row in raw
            if (tag := answers.text(row.get("name")))
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask ``/counts/posts.json``."""
        return self._get("/counts/posts.json", tags=query)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read the count; null stands for one that took too long."""
        self._check(answer)
        data = answers.read_json(self, answer)
        try:
            return answers.whole(data["counts"]["posts"])
        except (KeyError, TypeError) as error:
            msg = f"{self.name} sent no count where one was asked for."
            raise BadAnswerError(msg) from error

    def _check(self, answer: httpx.Response) -> None:
        """Raise what an answer other than 200 stands for."""
        if answer.is_success:
            return
        try:
            data = answers.read_json(self, answer)
        except SiteError:
            data = None
        raw = data if isinstance(data, dict) else {}
        kind, said = str(raw.get("error")), answers.text(raw.get("message")) or ""
        if "TagLimitError" in kind:
            raise TagLimitError(self._tag_limit(said))
        if "QueryCanceled" in kind:
            raise QueryError(f"{self.name} took too long on the query. Simplify it.")
        raise answers.refusal(self, answer, said)

    def _tag_limit(self, said: str) -> str:
        return (
            f"{self.name} refused the query. It says: {said} Search for fewer tags, "
            "and filter the DataFrame for the others."
        )

    def _address(self, raw: Json, field: str, variant: str) -> str | None:
        """Return a file's address: from its own field, or else among the variants."""
        asset = raw.get("media_asset")
        variants = asset.get("variants") if isinstance(asset, dict) else None
        other = [
            v.get("url")
            for v in (variants if isinstance(variants, list) else [])
            if isinstance(v, dict) and v.get("type") == variant
        ]
        found = (answers.address(u, base=self.url) for u in (raw.get(field), *other))
        return next((address for address in found if address), None)

    def _post(self, raw: Json) -> Post:
        post_id = answers.whole(raw.get("id"))
        if post_id is None:
            raise answers.broken(self, "id")
        if not isinstance(raw.get("tag_string"), str):
            raise answers.broken(self, "tag_string")
        categories = {
            tag: str(category)
            for category, group in _GROUPS.items()
            for tag in answers.words(raw.get(group))
        }
        tags = sorted({*answers.words(raw["tag_string"]), *categories})
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("rating"))),
            score=answers.whole(raw.get("score")),
            favorites=answers.whole(raw.get("fav_count")),
            tags=tuple(tags),
            categories=categories,
            width=answers.whole(raw.get("image_width")),
            height=answers.whole(raw.get("image_height")),
            ext=answers.extension(raw.get("file_ext")),
            md5=answers.md5(raw.get("md5")),
            file_size=answers.whole(raw.get("file_size")),
            source=answers.text(raw.get("source")),
            parent_id=answers.whole(raw.get("parent_id")),
            uploader=_uploader(raw),
            created_at=answers.moment(raw.get("created_at")),
            preview_url=self._address(raw, "preview_file_url", "180x180"),
            sample_url=self._address(raw, "large_file_url", "sample"),
            file_url=self._address(raw, "file_url", "original"),
            post_url=f"{self.url}/posts/{post_id}",
            status=_status(raw),
        )


def _uploader(raw: Json) -> str | None:
    name = answers.text(raw.get("uploader_name"))
    number = answers.whole(raw.get("uploader_id"))
    return name or (None if number is None else str(number))


def _status(raw: Json) -> Status:
    if "md5" not in raw or "file_url" not in raw:
        return Status.DELETED if raw.get("is_deleted") else Status.RESTRICTED
    if raw.get("is_deleted"):
        return Status.DELETED
    if raw.get("is_flagged"):
        return Status.FLAGGED
    return Status.PENDING if raw.get("is_pending") else Status.ACTIVE
