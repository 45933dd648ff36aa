"""Moebooru, the software of konachan.net, yande.re and sakugabooru.

API: https://konachan.net/help/api. The facts below are read in its source at d149a95f
and in recorded traffic.

- With ``api_version=2`` and ``include_tags=1`` a page brings the category of each of
  its tags; forks that know neither send a bare array.
- Pages have no end that matters, but shift while posts arrive, so ``id:<N`` is used. A
  query holds one range of ids and one ``-rating:`` only: the last one counts.
- ``rating:`` looks at the first letter, and ``s`` is safe. A lone ``s``, ``q`` or ``e``
  is a rating, too. ``pool:`` without an order has the order of the pool.
- Deleted posts come without addresses, and with a placeholder as their thumbnail. They
  come when asked for, and whenever a query has an ``id:``: so that the first page holds
  the same kinds of posts as the next ones, all pages are asked for them.
- There is no answer for one post, none for a batch of tags, and no count but in XML.
  ``name=`` finds what contains it, or what fits it where it has a ``*``;
  ``/tag/summary.json`` has every name and category of the site in one text.
- Refusals have statuses of their own (420 to 424); too many tags are a 500.
- What the numbers 5 and 6 mean as categories differs between sites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.errors import RateLimitedError, RefusedQueryError, SiteError
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import answers, listing, terms, values
from booru_nb.sites.base import Site
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Page, Suggestion, TagInfo

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import httpx

    from booru_nb.sites.answers import Json
    from booru_nb.sites.listing import Listing

RATINGS = {
    "s": Rating.GENERAL,
    "q": Rating.QUESTIONABLE,
    "e": Rating.EXPLICIT,
}

STATUSES = {
    "active": Status.ACTIVE,
    "pending": Status.PENDING,
    "flagged": Status.FLAGGED,
    "deleted": Status.DELETED,
}

_TERMS = {rating: f"rating:{letter}" for letter, rating in RATINGS.items()}
_RATED = re.compile(r"(?:^|\s)(?:-?rating:|[sqe](?=\s|$))", re.IGNORECASE)
# Below an id would override these ranges or break into these orders.
_COUNTED = re.compile(r"(?:^|\s)(?:order:(?!id_desc(?:\s|$))|id:|pool:)", re.IGNORECASE)
_DELETED = re.compile(r"(?:^|\s)deleted:", re.IGNORECASE)
_SUMMARY = re.compile(r"(\d+)`([^`]+)`")
_MANY_TAGS = re.compile(r"up to \d+ tags|tag limit|too many tags", re.IGNORECASE)
_SPECIAL: dict[int, tuple[type[SiteError], str]] = {
    420: (RefusedQueryError, "Change the query."),
    421: (RateLimitedError, "Wait some minutes before you ask again."),
    424: (RefusedQueryError, "Change the query."),
}
_FAILED = 500

LANGUAGE = Language(
    score="score:>={}",
    after="date:>={}",
    before="date:<{}",
    orders={"oldest": "order:id", "score": "order:score", "random": "order:random"},
    lacks=frozenset({"favorites"}),
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moebooru(Site):
    """A site that runs Moebooru.

    Parameters
    ----------
    types : sequence of str
        What its numbers for categories mean, from 0 up; "" where one means nothing.
    """

    engine: ClassVar[str] = "moebooru"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/user/edit"
    tag_batch: ClassVar[int] = 10_000

    tag_limit: int | None = 6
    types: Sequence[str] = (
        "general",
        "artist",
        "",
        "copyright",
        "character",
        "circle",
        "faults",
    )

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return ``rating:`` with a letter, or what rules the other letter out."""
        return terms.rating_terms(self, _TERMS, ratings)

    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""
        return bool(_RATED.search(query))

    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask ``/post.json``: below an id, or for a page where there is an order."""
        lowest, page = terms.place(self, cursor)
        query = _with_deleted(query)
        if lowest is not None:
            query = f"{query} id:<{lowest}".strip()
        size = min(limit, self.page_size)
        return self._posts(tags=query, limit=size, page=max(page, 1))

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a page of posts, with the categories of their tags if they came."""
        posts = self._read(answer)
        cursor = terms.below(posts)
        if cursor is not None and _COUNTED.search(query):
            page = values.count(answer.request.url.params.get("page")) or 1
            cursor = str(page + 1)
        return Page(answers.allowed(posts), len(posts), cursor)

    def post(self, post_id: int) -> httpx.Request:
        """Ask for the posts of an id, also if it was deleted."""
        return self._posts(tags=f"id:{post_id} deleted:all", limit=1)

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Ask for the posts with an md5, also if they were deleted."""
        return self._posts(tags=f"md5:{self._md5(md5)} deleted:all", limit=1)

    def read_post(self, answer: httpx.Response) -> Post:
        """Read the one post that was asked for."""
        asked = answer.request.url.params.get("tags", "").partition(" ")[0]
        return answers.meant(
            self,
            self._read(answer),
            post_id=asked.removeprefix("id:"),
            md5=asked.removeprefix("md5:"),
        )

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask ``/tag.json`` for names that begin like this, most frequent first."""
        name = "_".join(text.split())
        return self._get("/tag.json", name=f"{name}*", order="count", limit=limit)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read tags; those that no post has any more are left out."""
        return [
            Suggestion(tag=info.tag, category=info.category, count=info.count)
            for info in self.read_tags(answer)
            if info.count != 0
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask for one tag, or else for the table of all."""
        wanted = self._named(names)
        if len(wanted) > 1:
            return self._get("/tag/summary.json")
        # By name the tag itself comes before all that only begin like it.
        return self._get("/tag.json", name=f"{wanted[0]}*", order="name", limit=5)

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read a list of tags, or the table of all, which has no counts."""
        self._check(answer)
        if not answers.is_html(answer):
            data = answers.read_json(self, answer)
            if isinstance(data, dict) and "data" in data:
                return self._summary(data["data"])
        return [
            TagInfo(tag, self._type(row.get("type")), values.count(row.get("count")))
            for row in listing.read(self, answer, of="tag").rows
            if (tag := values.tag(row.get("name")))
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask ``/post.xml``, since JSON has no count."""
        return self._get("/post.xml", tags=_with_deleted(query), limit=1)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read the count of a list; None where it has none."""
        self._check(answer)
        return listing.read(self, answer, of="post").total

    def _posts(self, **params: str | int) -> httpx.Request:
        return self._get("/post.json", api_version=2, include_tags=1, **params)

    def _login_params(self) -> dict[str, str | int]:
        if self.login is None:
            return {}
        return {"username": self.login.user, "api_key": self.login.key}

    def _check(self, answer: httpx.Response) -> None:
        answers.check(self, answer, self._special)

    def _special(self, status: int, _raw: Json, said: str) -> SiteError | None:
        if status == _FAILED and _MANY_TAGS.search(said):
            return answers.too_many_tags(self, said)
        if status not in _SPECIAL:
            return None
        kind, advice = _SPECIAL[status]
        return answers.refused(self, kind, said, advice, how=f"refused with {status}")

    def _type(self, value: object) -> str | None:
        number = values.count(value)
        if number is None or number >= len(self.types):
            return None
        return self.types[number] or None

    def _summary(self, data: object) -> list[TagInfo]:
        """Read ``<type>`name`alias` `` for each tag of the site."""
        if not isinstance(data, str):
            raise answers.broken(self, "data", of="a table of tags")
        return [
            TagInfo(tag, self._type(found[1]), None)
            for row in data.split()
            if (found := _SUMMARY.match(row)) and (tag := values.tag(found[2]))
        ]

    def _read(self, answer: httpx.Response) -> list[Post]:
        self._check(answer)
        found = listing.read(self, answer, of="post")
        return [self._post(row, _types(found)) for row in found.rows]

    def _post(self, raw: Json, types: Json) -> Post:
        post_id = answers.post_id(self, raw)
        if not isinstance(raw.get("tags"), str):
            raise answers.broken(self, "tags")
        tags = values.words(raw["tags"])
        file_url = values.address(raw.get("file_url"), base=self.url)
        preview_url = values.address(raw.get("preview_url"), base=self.url)
        return Post(
            site=self.name,
            id=post_id,
            rating=RATINGS.get(str(raw.get("rating"))[:1].lower()),
            score=values.whole(raw.get("score")),
            tags=tags,
            categories={t: c for t in tags if (c := values.category(types.get(t)))},
            width=values.count(raw.get("width")),
            height=values.count(raw.get("height")),
            ext=values.extension(raw.get("file_ext")) or values.extension_of(file_url),
            md5=values.md5(raw.get("md5")),
            file_size=values.count(raw.get("file_size")),
            source=values.text(raw.get("source")),
            parent_id=values.count(raw.get("parent_id")),
            uploader=values.name_of(raw.get("author"), raw.get("creator_id")),
            created_at=values.moment(raw.get("created_at")),
            preview_url=preview_url if file_url else None,
            sample_url=values.address(raw.get("sample_url"), base=self.url),
            file_url=file_url,
            post_url=f"{self.url}/post/show/{post_id}",
            status=_status(raw, hidden=file_url is None),
        )


def _with_deleted(query: str) -> str:
    """Return a query that finds deleted posts, too, unless it says itself."""
    return query if _DELETED.search(query) else f"{query} deleted:all".strip()


def _types(found: Listing) -> Json:
    """Return the categories of a page's tags, by their names."""
    types = found.beside.get("tags")
    return types if isinstance(types, dict) else {}


def _status(raw: Json, *, hidden: bool) -> Status:
    found = STATUSES.get(str(raw.get("status")), Status.ACTIVE)
    if hidden and found is not Status.DELETED:
        return Status.RESTRICTED
    held = values.yes(raw.get("is_held")) and found is Status.ACTIVE
    return Status.PENDING if held else found
