"""Philomena, the software of derpibooru.org, ponybooru.org and furbooru.org.

API: https://derpibooru.org/pages/api. The facts below are read in its source at
72451120 and in recorded traffic.

- A page has at most 50 images. Deep pages are slow, so ``id.lt:N`` goes on.
- A query is mandatory; ``*`` is everything. An order is no part of it but of the
  address, so the words ``sf:`` and ``sd:`` are taken out of a query here.
- A filter hides much from those who name none.
- There is no md5 and no field for the rating, which is a tag.
- Categories of tags are told by its tags only; but a namespace such as ``artist:`` is a
  category, too, and so is what is a rating.
- What is hidden comes without addresses, or not at all; a missing image is answered
  with 404 and no JSON.
- An SVG is shown as PNG; the file itself has the same address with ``.svg``.
- Fronts answer 501 where they check for browsers, and 500 to who is blocked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.errors import ArgumentError, BlockedError, SiteError
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import answers, philomena_query, philomena_tags, terms, values
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Page, Suggestion, TagInfo
from booru_nb.sites.philomena_lists import PhilomenaLists

if TYPE_CHECKING:
    from collections.abc import Collection

    import httpx

    from booru_nb.sites.answers import Json

API = "/api/v1/json"

_TERMS = {rating: tag for tag, rating in philomena_tags.RATINGS.items()}
_ORDER = re.compile(r"(?:^|(?<=[\s,]))(sf|sd):([\w:]+),?(?=\s|$)")
_NOT_IMPLEMENTED = 501

LANGUAGE = Language(
    score="score.gte:{}",
    after="created_at.gte:{}",
    before="created_at.lt:{}",
    orders={
        "oldest": "sf:id sd:asc",
        "score": "sf:score sd:desc",
        "favorites": "sf:faves sd:desc",
        "random": "sf:random sd:desc",
    },
    media={
        "image": "-mime_type:image/gif -mime_type:video/webm -mime_type:video/mp4",
        "animated": "mime_type:image/gif",
        "video": "-mime_type:image/*",
    },
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Philomena(PhilomenaLists):
    """A site that runs Philomena.

    Parameters
    ----------
    filter_id : int or None
        The site's filter to look through; None for that of the login, or the one
        that the site has chosen for all.
    """

    engine: ClassVar[str] = "philomena"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/registrations/edit"
    user_word: ClassVar[str | None] = None
    page_retries: ClassVar[int] = 1
    tag_batch: ClassVar[int] = 25

    page_size: int = 50
    filter_id: int | None = None

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return the tag of a rating, or what rules the other ones out."""
        return terms.rating_terms(self, _TERMS, ratings)

    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""
        return not philomena_tags.RATINGS.keys().isdisjoint(
            philomena_query.terms(query)
        )

    def with_words(self, query: str, words: str) -> str:
        """Return a query with further words, in the form that it has."""
        plain = _ORDER.sub("", query).strip()
        if not words or not philomena_query.is_own(plain):
            return f"{query} {words}".strip()
        order = [found[0].strip(" ,") for found in _ORDER.finditer(f"{query} {words}")]
        added = ", ".join(_ORDER.sub("", words).split())
        own = f"({plain}), {added}" if added else plain
        return " ".join([own, *order])

    def terms(self, query: str) -> list[str]:
        """Return the parts of a query; one in Philomena's own language is one."""
        plain = _ORDER.sub("", query).strip()
        return [query] if philomena_query.is_own(plain) else query.split()

    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask for images: below an id, or for a page where they have an order."""
        lowest, page = terms.place(self, cursor)
        words = philomena_query.translated(_ORDER.sub("", query))
        if lowest is not None:
            words = f"({words}), id.lt:{lowest}"
        order = {"sf": "id", "sd": "desc", **dict(_ORDER.findall(query))}
        return self._search(
            q=words,
            per_page=max(1, min(limit, self.page_size)),
            page=max(page, 1),
            **order,
        )

    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a page of images."""
        self._check(answer)
        raw = answers.read_object(self, answer)
        posts = [self._post(row) for row in answers.rows(self, raw.get("images"))]
        total, cursor = values.count(raw.get("total")), terms.below(posts)
        asked = answer.request.url.params
        page = values.count(asked.get("page")) or 1
        if cursor is not None and _ORDER.search(query):
            cursor = str(page + 1)
        if total is not None:
            total -= (page - 1) * (values.count(asked.get("per_page")) or 0)
        return Page(answers.allowed(posts), len(posts), cursor, total)

    def post(self, post_id: int) -> httpx.Request:
        """Ask for one image."""
        return self._get(f"{API}/images/{post_id}")

    def post_by_md5(self, md5: str) -> httpx.Request:
        """Refuse, since Philomena knows files by their SHA-512 only."""
        raise ArgumentError(
            f"{self.name} cannot find {self._md5(md5)!r}: it does not know the md5 of "
            "its files. It finds 'sha512_hash:…' in a search."
        )

    def read_post(self, answer: httpx.Response) -> Post:
        """Read one image."""
        self._check(answer)
        raw = answers.read_object(self, answer).get("image")
        if not isinstance(raw, dict):
            raise answers.broken(self, "image", of="an answer")
        return answers.not_withheld(self, self._post(raw))

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask for tags that begin like this, which come with their categories."""
        name = philomena_query.spaced(" ".join(text.split()).lower())
        return self._tags(f"name:{name}*", limit)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read tags, or the site's own completions in either of their forms."""
        self._check(answer)
        data = answers.read_json(self, answer)
        if isinstance(data, dict) and "tags" in data:
            found = (philomena_tags.info(row) for row in self._rows(data["tags"]))
            return [
                Suggestion(tag=info.tag, category=info.category, count=info.count)
                for info in found
                if info and info.count != 0
            ]
        rows = data.get("suggestions") if isinstance(data, dict) else data
        return [
            Suggestion(
                tag=tag,
                category=philomena_tags.namespace(tag),
                count=philomena_tags.count(row),
                alias=values.tag(row.get("alias")),
            )
            for row in answers.rows(self, rows, of="suggestions")
            if (tag := values.tag(row.get("canonical") or row.get("value")))
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask for tags by their names."""
        spelt = [s for n in self._named(names) for s in philomena_query.spellings(n)]
        return self._tags(" || ".join(f"name:{name}" for name in spelt), len(spelt))

    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read tags; one without a category is of a general kind."""
        self._check(answer)
        raw = answers.read_object(self, answer)
        return [
            info
            for row in self._rows(raw.get("tags"))
            if (info := philomena_tags.info(row))
        ]

    def count(self, query: str) -> httpx.Request:
        """Ask for one image, since every page says how many there are."""
        return self.search(query, limit=1)

    def read_count(self, answer: httpx.Response) -> int | None:
        """Read how many images there are."""
        self._check(answer)
        raw = answers.read_object(self, answer)
        if "total" not in raw:
            raise answers.broken(self, "total", of="an answer")
        return values.count(raw["total"])

    def _search(self, **params: str | int) -> httpx.Request:
        if self.filter_id is not None:
            params["filter_id"] = self.filter_id
        return self._get(f"{API}/search/images", **params)

    def _tags(self, query: str, limit: int) -> httpx.Request:
        return self._get(f"{API}/search/tags", q=query, per_page=min(limit, 50), page=1)

    def _rows(self, data: object) -> list[Json]:
        return answers.rows(self, data, of="tags")

    def _login_params(self) -> dict[str, str | int]:
        return {} if self.login is None else {"key": self.login.key}

    def _check(self, answer: httpx.Response) -> None:
        answers.check(self, answer, self._special)

    def _special(self, status: int, _raw: Json, said: str) -> SiteError | None:
        if status != _NOT_IMPLEMENTED:
            return None
        advice = "It checks for browsers. Wait a quarter of an hour."
        return answers.refused(
            self, BlockedError, said, advice, how=f"refused with {status}"
        )

    def _post(self, raw: Json) -> Post:
        post_id = answers.post_id(self, raw)
        hidden = raw.get("hidden_from_users") is True
        names = raw.get("tags", [] if hidden else None)
        if not isinstance(names, list):
            raise answers.broken(self, "tags")
        tags = tuple(sorted({tag for name in names if (tag := values.tag(name))}))
        preview, sample, file = self._files(raw)
        return Post(
            site=self.name,
            id=post_id,
            rating=philomena_tags.rating(tags),
            score=values.whole(raw.get("score")),
            favorites=values.count(raw.get("faves")),
            tags=tags,
            categories={t: c for t in tags if (c := philomena_tags.namespace(t))},
            width=values.count(raw.get("width")),
            height=values.count(raw.get("height")),
            ext=values.extension(raw.get("format")) or values.extension_of(file),
            file_size=values.count(raw.get("size")),
            source=_source(raw),
            parent_id=values.count(raw.get("duplicate_of")),
            uploader=values.name_of(raw.get("uploader"), raw.get("uploader_id")),
            created_at=values.moment(raw.get("created_at")),
            preview_url=preview,
            sample_url=sample,
            file_url=file,
            post_url=f"{self.url}/images/{post_id}",
            status=Status.RESTRICTED if hidden or file is None else Status.ACTIVE,
        )

    def _files(self, raw: Json) -> tuple[str | None, str | None, str | None]:
        """Return the addresses of the thumbnail, the sample and the original."""
        shown = raw.get("representations")
        sizes = (
            {**shown, "view": raw.get("view_url")} if isinstance(shown, dict) else {}
        )

        def first(*names: str) -> str | None:
            found = (values.address(sizes.get(n), base=self.url) for n in names)
            return next((url for url in found if url), None)

        # Some images have no thumbnails of the smaller sizes.
        preview = first("thumb", "small", "medium", "thumb_small", "large")
        sample, file = first("large", "medium", "tall"), first("full", "view")
        if file is not None and raw.get("format") == "svg":
            file = re.sub(r"\.png$", ".svg", file)
        return preview, sample, file


def _source(raw: Json) -> str | None:
    return values.lines(raw.get("source_urls")) or values.text(raw.get("source_url"))
