r"""Gelbooru 0.2, the software of safebooru.org and its neighbours.

See `dapi` for what it shares with its younger sibling.

- Posts are asked for as XML, where they have a time, an md5 and an uploader, and where
  a listing says how many there are; its JSON is a bare array without these. ``hash`` in
  JSON is no md5.
- Ratings are letters in XML (``s`` is safe) and words in JSON.
- Some JSON has no addresses: they are made of ``directory`` and ``image``.
- No posts are ``[]``, or no bytes at all, or ``<posts count="0"/>``. An empty page
  whose count says more has failed on the way.
- Some sites want a key, and say so in a JSON string with status 200.
- Tags are XML whatever is asked for, and one at a time. The page of a post says the
  categories of all of its tags at once. Completions have their count in the label, and
  some names hold the four characters ``\r\n``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

import httpx

from booru_nb.post import Rating
from booru_nb.sites import answers, listing, sidebar, terms, values
from booru_nb.sites.dapi import CATEGORIES, Dapi
from booru_nb.sites.language import Language
from booru_nb.sites.listing import Listing
from booru_nb.sites.parts import Suggestion, TagInfo

if TYPE_CHECKING:
    from collections.abc import Collection

    from booru_nb.sites.answers import Json

_TERMS = {
    Rating.GENERAL: "rating:safe",
    Rating.QUESTIONABLE: "rating:questionable",
    Rating.EXPLICIT: "rating:explicit",
}
_LABEL = re.compile(r"\((\d+)\)\s*$")

LANGUAGE = Language(
    score="score:>={}",
    orders={"oldest": "sort:id:asc", "score": "sort:score"},
    lacks=frozenset({"favorites"}),
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gelbooru02(Dapi):
    """A site that runs Gelbooru 0.2."""

    engine: ClassVar[str] = "gelbooru02"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/index.php?page=account&s=options"
    user_word: ClassVar[str | None] = "user number"
    asks_json: ClassVar[bool] = False
    says_on_pages: ClassVar[bool] = True

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return ``rating:`` with a word, or what rules the other words out."""
        found = terms.rating_terms(self, _TERMS, ratings)
        # Some of these sites call the mildest rating safe and some general, so it is
        # never asked for by its name.
        if found == _TERMS[Rating.GENERAL]:
            return "-rating:questionable -rating:explicit"
        return found.replace("-rating:safe", "-rating:safe -rating:general")

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask for completions."""
        return self._get("/autocomplete.php", q="_".join(text.split()), limit=limit)

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read completions, whose labels have the counts."""
        answers.check(self, answer)
        data = answers.read_json(self, answer)
        if isinstance(data, str):
            raise listing.said_in_words(self, data)
        return [
            Suggestion(
                tag=tag,
                category=CATEGORIES.get(str(row.get("type")).strip().lower()),
                count=_count(row.get("label")),
            )
            for row in answers.rows(self, data, of="suggestions")
            if (tag := _name(row.get("value")))
        ]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask for the one tag of a name."""
        [name] = self._named(names)
        return self._dapi("tag", name=name, limit=1)

    def post_page(self, post_id: int) -> httpx.Request:
        """Ask for the page of a post, in nobody's name."""
        return httpx.Request(
            "GET",
            f"{self.url}/index.php",
            params={"page": "post", "s": "view", "id": post_id},
            headers={"Accept": "text/html"},
        )

    def read_post_page(self, answer: httpx.Response) -> list[TagInfo]:
        """Read the list of tags beside a post."""
        answers.check(self, answer)
        return [
            TagInfo(tag, category, None)
            for name, word in sidebar.read(answer.text).items()
            if (tag := _name(name)) and (category := CATEGORIES.get(word))
        ]

    def _listing(self, answer: httpx.Response, *, of: str) -> Listing:
        answers.check(self, answer)
        if not answer.content.strip():
            return Listing([])
        return listing.read(self, answer, of=of)

    def _categories(self, raw: Json) -> dict[str, str]:
        info = raw.get("tag_info")
        return {
            tag: category
            for row in (info if isinstance(info, list) else [])
            if isinstance(row, dict)
            and (tag := _name(row.get("tag")))
            and (category := CATEGORIES.get(str(row.get("type")).lower()))
        }

    def _files(self, raw: Json) -> Json:
        fields = ("preview_url", "sample_url", "file_url")
        return raw if any(raw.get(field) for field in fields) else _made(raw)


def _made(raw: Json) -> dict[str, str]:
    """Return the addresses that forks without any have for a post."""
    folder, image = raw.get("directory"), values.text(raw.get("image"))
    if not isinstance(folder, str | int) or image is None:
        return {}
    # The names of the smaller ones come from the file's, not from the hash.
    stem = quote(image.rpartition(".")[0] or image, safe="")
    directory = quote(values.text(str(folder).strip("/")) or "")
    found = {
        "preview_url": f"/thumbnails/{directory}/thumbnail_{stem}.jpg",
        "file_url": f"/images/{directory}/{quote(image, safe='')}",
    }
    if values.yes(raw.get("sample")):
        found["sample_url"] = f"/samples/{directory}/sample_{stem}.jpg"
    return found


def _name(value: object) -> str | None:
    text = values.unescaped(value)
    return values.tag(text.replace("\\r\\n", "")) if isinstance(text, str) else None


def _count(label: object) -> int | None:
    found = _LABEL.search(label) if isinstance(label, str) else None
    return values.count(found[1]) if found else None
