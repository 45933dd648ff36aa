"""e621ng, the software of e621 and e926.

API: https://e621.net/help/api. The facts below are read in its source at 73e6206e and
in recorded traffic.

- A page has at most 320 posts; a larger limit is answered with 410, and no limit at
  all gives 75. Pages go up to 750; ``b<id>`` has no such end, and overrides any order.
- Posts come as ``{"posts": […]}``, one as ``{"post": {…}}``. Tags are lists by group,
  eight or nine of them, in any order; a name may hold control characters.
- What is withheld from this user has addresses that are null; md5 and extension stay.
- ``rating:`` looks at the first letter only, and there is no list of ratings: several
  ``rating:`` must all hold.
- There are two shapes of errors: one has ``message``, the other ``reason``.
- Lists other than posts have been empty as ``{"tags": []}``.
- ``hide_empty`` leaves out tags without posts unless it is switched off.
- Its rules ask for two requests a second at the most, one on average, and for the
  user's name in the ``User-Agent``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.post import Post, Rating, Status
from booru_nb.sites import answers, terms, values
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Page, Suggestion, TagInfo
from booru_nb.sites.rails_lists import RailsLists

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import httpx

    from booru_nb.errors import SiteError
    from booru_nb.sites.answers import Json
    from booru_nb.sites.base import Site

RATINGS = {
    "s": Rating.GENERAL,
    "q": Rating.QUESTIONABLE,
    "e": Rating.EXPLICIT,
}

CATEGORIES = {
    0: "general",
    1: "artist",
    2: "contributor",
    3: "copyright",
    4: "character",
    5: "species",
    6: "invalid",
    7: "meta",
    8: "lore",
}

_TERMS = {rating: f"rating:{letter}" for letter, rating in RATINGS.items()}
_RATED = re.compile(r"(?:^|\s)[-~]?rating:", re.IGNORECASE)
# A cursor of ids would override these orders, so their pages are counted.
_ORDERED = re.compile(r"(?:^|\s)order:(?!id_desc(?:\s|$))", re.IGNORECASE)
_MANY_TAGS = re.compile(r"more than \d+ (?:tags|terms)", re.IGNORECASE)
_SHORTEST = 3
_UNPROCESSABLE = 422

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
    # A query names one type, but rules out any number.
    media={
        "image": "-type:gif -type:webm -type:mp4 -type:swf",
        "animated": "type:gif",
        "video": "-type:jpg -type:png -type:gif -type:webp -type:swf",
    },
    free=frozenset(),
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class E621(RailsLists):
    """A site that runs e621ng."""

    engine: ClassVar[str] = "e621"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/users/home"
    tag_batch: ClassVar[int] = 100
    list_size: ClassVar[int] = 320
    names_user: ClassVar[bool] = True

    tag_limit: int | None = 40
    page_size: int = 320

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return ``rating:`` with a letter, or what rules the other letters out."""
        return terms.rating_terms(self, _TERMS, ratings)

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
        """Read the posts of an envelope."""
        self._check(answer)
        raw = answers.rows(self, _inside(self, answer, "posts"))
        posts = [self._post(row) for row in raw]
        cursor = terms.below(posts)
        if cursor is not None and _ORDERED.search(query):
            page = values.count(answer.request.url.params.get("page")) or 1
            cursor = str(page + 1)
        return Page(answers.allowed(posts), len(raw), cursor)

    def post(self, post_id: int) -> httpx.Request:
        """Ask ``/posts/<id>.json``."""
        return self._get(f"/posts/{post_id}.json")

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Ask ``/posts.json`` with ``md5=``, which answers with one post."""
        return self._get("/posts.json", md5=self._md5(md5))

    def read_post(self, answer: httpx.Response) -> Post:
        """Read the post of an envelope."""
        self._check(answer)
        raw = _inside(self, answer, "post")
        if not isinstance(raw, dict):
            raise answers.broken(self, "post", of="an answer")
        return answers.not_withheld(self, self._post(raw))

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask for completions, which begin at three letters; else for tags."""
        if len(text) >= _SHORTEST:
            params: dict[str, str | int] = {"search[name_matches]": text, "expiry": 7}
            return self._get("/tags/autocomplete.json", **params)
        params = {
            "search[name_matches]": f"{text}*",
            "search[order]": "count",
            "limit": limit,
        }
        return self._get("/tags.json", **params)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read completions or tags, which have the same fields."""
        return [
            Suggestion(
                tag=info.tag,
                category=info.category,
                count=info.count,
                alias=values.tag(row.get("antecedent_name")),
            )
            for row, info in self._tags(answer)
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask ``/tags.json``."""
        params: dict[str, str | int] = {
            "search[name]": ",".join(self._named(names)),
            "search[hide_empty]": "false",
            "limit": self.page_size,
        }
        return self._get("/tags.json", **params)

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read a plain list of tags."""
        return [info for _, info in self._tags(answer)]

    def count(self, query: str) -> httpx.Request:
        """Ask ``/posts/count.json``."""
        return self._get("/posts/count.json", tags=query)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read the count; None for one that stopped at the last page."""
        self._check(answer)
        raw = answers.read_object(self, answer)
        if "count" not in raw:
            raise answers.broken(self, "count", of="an answer")
        return None if values.yes(raw.get("capped")) else values.count(raw["count"])

    def _tags(self, answer: httpx.Response) -> list[tuple[Json, TagInfo]]:
        self._check(answer)
        data = answers.read_json(self, answer)
        if isinstance(data, dict):
            data = data.get("tags")
        return [
            (row, TagInfo(tag, _category(row), values.count(row.get("post_count"))))
            for row in answers.rows(self, data, of="tags")
            if (tag := values.tag(row.get("name")))
        ]

    def _check(self, answer: httpx.Response) -> None:
        answers.check(self, answer, self._special)

    def _special(self, status: int, _raw: Json, said: str) -> SiteError | None:
        if status == _UNPROCESSABLE and _MANY_TAGS.search(said):
            return answers.too_many_tags(self, said)
        return None

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Basic {self.login.basic()}"} if self.login else {}

    def _post(self, raw: Json) -> Post:
        post_id = answers.post_id(self, raw)
        if not isinstance(raw.get("tags"), dict):
            raise answers.broken(self, "tags")
        categories = _categories(raw["tags"])
        file, score = _part(raw, "file"), _part(raw, "score")
        flags, family = _part(raw, "flags"), _part(raw, "relationships")
        file_url = values.address(file.get("url"), base=self.url)
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("rating"))),
            score=values.whole(score.get("total")),
            favorites=values.count(raw.get("fav_count")),
            tags=tuple(sorted(categories)),
            categories=categories,
            width=values.count(file.get("width")),
            height=values.count(file.get("height")),
            ext=values.extension(file.get("ext")),
            md5=values.md5(file.get("md5")),
            file_size=values.count(file.get("size")),
            source=values.lines(raw.get("sources")),
            parent_id=values.count(family.get("parent_id")),
            uploader=values.name_of(raw.get("uploader_name"), raw.get("uploader_id")),
            created_at=values.moment(raw.get("created_at")),
            preview_url=values.address(_part(raw, "preview").get("url"), base=self.url),
            sample_url=values.address(_part(raw, "sample").get("url"), base=self.url),
            file_url=file_url,
            post_url=f"{self.url}/posts/{post_id}",
            status=_status(flags, hidden=file_url is None),
        )


def _inside(site: Site, answer: httpx.Response, field: str) -> object:
    """Return what an envelope holds."""
    raw = answers.read_object(site, answer)
    if field not in raw:
        raise answers.broken(site, field, of="an answer")
    return raw[field]


def _part(raw: Json, field: str) -> Json:
    part = raw.get(field)
    return part if isinstance(part, dict) else {}


def _categories(groups: Mapping[str, object]) -> dict[str, str]:
    """Return each tag's category, which is the name of its group."""
    return {
        tag: category
        for group, names in groups.items()
        if isinstance(names, list) and (category := values.category(group))
        for name in names
        if (tag := values.tag(name))
    }


def _category(row: Json) -> str | None:
    number = values.count(row.get("category"))
    return None if number is None else CATEGORIES.get(number)


def _status(flags: Json, *, hidden: bool) -> Status:
    if flags.get("deleted"):
        return Status.DELETED
    if hidden:
        return Status.RESTRICTED
    if flags.get("flagged"):
        return Status.FLAGGED
    return Status.PENDING if flags.get("pending") else Status.ACTIVE
