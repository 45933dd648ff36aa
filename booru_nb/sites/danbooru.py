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

from booru_nb.errors import RefusedQueryError, SiteError
from booru_nb.post import Category, Post, Rating, Status
from booru_nb.sites import answers, terms, values
from booru_nb.sites.base import Site
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Page, Suggestion, TagInfo

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

LANGUAGE = Language(
    score="score:>={}",
    after="date:>={}",
    before="date:<{}",
    orders={
        "oldest": "order:id",
        "score": "order:score",
        "favorites": "order:favcount",
        "random": "order:random",
    },
    media={
        "image": "filetype:jpg,png,webp,avif",
        "animated": "filetype:gif,zip",
        "video": "filetype:mp4,webm",
    },
    # As `PostQuery` of its source has them (`unlimited_tag?`).
    free=frozenset(
        """
        status rating limit is id date age filesize filetype parent child md5 width
        height duration mpixels ratio score upvote upvotes downvote downvotes favcount
        embedded tagcount pixiv_id pixiv
        """.strip().split()
    ),
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danbooru(Site):
    """A site that runs Danbooru."""

    engine: ClassVar[str] = "danbooru"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/profile"
    tag_batch: ClassVar[int] = 100

    page_size: int = 200

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
        size = min(limit, self.page_size)
        params: dict[str, str | int] = {"tags": query, "limit": size}
        if cursor is not None:
            params["page"] = cursor
        return self._get("/posts.json", **params)

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a plain list of posts."""
        self._check(answer)
        raw = answers.rows(self, answers.read_json(self, answer))
        posts = [self._post(row) for row in raw]
        cursor = self._cursor(answer, posts, query=query)
        return Page(answers.allowed(posts), len(raw), cursor)

    def _cursor(
        self, answer: httpx.Response, posts: list[Post], *, query: str
    ) -> str | None:
        if not posts:
            return None
        if _ORDERED.search(query):
            page = values.whole(answer.request.url.params.get("page")) or 1
            return str(page + 1)
        return terms.below(posts)

    def post(self, post_id: int) -> httpx.Request:
        """Ask ``/posts/<id>.json``."""
        return self._get(f"/posts/{post_id}.json")

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Ask ``/posts.json`` with ``md5=``, which answers with one post."""
        return self._get("/posts.json", md5=self._md5(md5))

    def read_post(self, answer: httpx.Response) -> Post:
        """Read one post."""
        self._check(answer)
        post = self._post(answers.read_object(self, answer))
        return answers.not_withheld(self, post)

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
        data = answers.read_json(self, answer)
        return [
            Suggestion(
                tag=tag,
                category=_category(row),
                count=values.whole(row.get("post_count")),
                alias=values.text(row.get("antecedent")),
            )
            for row in answers.rows(self, data, of="suggestions")
            if str(row.get("type", "tag")).startswith("tag")
            and (tag := values.text(row.get("value")))
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask ``/tags.json``; a thousand names would not fit into an address."""
        params: dict[str, str | int] = {
            "search[name_comma]": ",".join(self._named(names)),
            "limit": 1000,
        }
        return self._get("/tags.json", **params)

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read a plain list of tags."""
        self._check(answer)
        data = answers.read_json(self, answer)
        return [
            TagInfo(tag, _category(row), values.whole(row.get("post_count")))
            for row in answers.rows(self, data, of="tags")
            if (tag := values.text(row.get("name")))
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask ``/counts/posts.json``."""
        return self._get("/counts/posts.json", tags=query)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read the count; null stands for one that took too long."""
        self._check(answer)
        counts = answers.read_object(self, answer).get("counts")
        if not isinstance(counts, dict) or "posts" not in counts:
            raise answers.broken(self, "counts", of="an answer")
        return values.count(counts["posts"])

    def _check(self, answer: httpx.Response) -> None:
        answers.check(self, answer, self._special)

    def _special(self, _status: int, raw: Json, said: str) -> SiteError | None:
        kind = str(raw.get("error"))
        if "TagLimitError" in kind:
            return answers.too_many_tags(self, said)
        if "QueryCanceled" in kind:
            return RefusedQueryError(
                f"{self.name} took too long on the query. Simplify it."
            )
        return None

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Basic {self.login.basic()}"} if self.login else {}

    def _address(self, raw: Json, field: str, variant: str) -> str | None:
        """Return a file's address: from its own field, or else among the variants."""
        asset = raw.get("media_asset")
        variants = asset.get("variants") if isinstance(asset, dict) else None
        other = [
            v.get("url")
            for v in (variants if isinstance(variants, list) else [])
            if isinstance(v, dict) and v.get("type") == variant
        ]
        found = (values.address(u, base=self.url) for u in (raw.get(field), *other))
        return next((address for address in found if address), None)

    def _post(self, raw: Json) -> Post:
        post_id = answers.post_id(self, raw)
        if not isinstance(raw.get("tag_string"), str):
            raise answers.broken(self, "tag_string")
        categories = {
            tag: str(category)
            for category, group in _GROUPS.items()
            for tag in values.words(raw.get(group))
        }
        tags = sorted({*values.words(raw["tag_string"]), *categories})
        file_url = self._address(raw, "file_url", "original")
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("rating"))),
            score=values.whole(raw.get("score")),
            favorites=values.whole(raw.get("fav_count")),
            tags=tuple(tags),
            categories=categories,
            width=values.whole(raw.get("image_width")),
            height=values.whole(raw.get("image_height")),
            ext=values.extension(raw.get("file_ext")),
            md5=values.md5(raw.get("md5")),
            file_size=values.whole(raw.get("file_size")),
            source=values.text(raw.get("source")),
            parent_id=values.whole(raw.get("parent_id")),
            uploader=values.name_of(raw.get("uploader_name"), raw.get("uploader_id")),
            created_at=values.moment(raw.get("created_at")),
            preview_url=self._address(raw, "preview_file_url", "180x180"),
            sample_url=self._address(raw, "large_file_url", "sample"),
            file_url=file_url,
            post_url=f"{self.url}/posts/{post_id}",
            status=_status(raw, hidden="md5" not in raw or file_url is None),
        )


def _category(row: Json) -> Category | None:
    number = values.count(row.get("category"))
    return None if number is None else CATEGORIES.get(number)


def _status(raw: Json, *, hidden: bool) -> Status:
    if raw.get("is_deleted"):
        return Status.DELETED
    if hidden:
        return Status.RESTRICTED
    if raw.get("is_flagged"):
        return Status.FLAGGED
    return Status.PENDING if raw.get("is_pending") else Status.ACTIVE
