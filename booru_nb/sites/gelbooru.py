"""Gelbooru 0.2.5, the software of gelbooru.com.

API: https://gelbooru.com/index.php?page=wiki&s=view&id=18780. See `dapi` for what it
shares with its older sibling.

- A page has at most 100 posts. Behind some 20,000 the answer is a text with status 200
  that begins "Too deep!".
- Every call needs a key and the user's number since June 2025; without them comes 401
  with an empty body. Completions are open to all.
- ``{"@attributes": …, "post": […]}`` lacks ``post`` where there is none. In XML the
  fields are child elements; long ago they were attributes.
- Ratings are words; ``safe`` stands in old rows.
- Its media servers send a page in place of a picture to whoever has no Referer.
- Among the tags are one with an empty name and deprecated ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from booru_nb.post import Rating
from booru_nb.sites import answers, listing, terms, values
from booru_nb.sites.dapi import CATEGORIES, Dapi
from booru_nb.sites.language import Language
from booru_nb.sites.parts import Suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

    import httpx

    from booru_nb.sites.listing import Listing

_TERMS = {rating: f"rating:{rating}" for rating in Rating}

LANGUAGE = Language(
    score="score:>={}",
    orders={"oldest": "sort:id:asc", "score": "sort:score", "random": "sort:random"},
    lacks=frozenset({"favorites"}),
)
"""Its words for what every site is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gelbooru(Dapi):
    """A site that runs Gelbooru 0.2.5."""

    engine: ClassVar[str] = "gelbooru"
    language: ClassVar[Language] = LANGUAGE
    key_page: ClassVar[str] = "/index.php?page=account&s=options"
    user_word: ClassVar[str | None] = "user number"
    tag_batch: ClassVar[int] = 100
    asks_json: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Have files asked for as from the site's own pages."""
        if self.referer is None:
            object.__setattr__(self, "referer", f"{self.url}/")

    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return ``rating:`` with a word, or what rules the other words out."""
        return terms.rating_terms(self, _TERMS, ratings)

    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask for completions; a word with a blank would find none."""
        return self._get(
            "/index.php",
            page="autocomplete2",
            term="_".join(text.split()),
            type="tag_query",
            limit=limit,
        )

    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read completions without tags that are deprecated."""
        answers.check(self, answer)
        data = answers.read_json(self, answer)
        if isinstance(data, str):
            raise listing.said_in_words(self, data)
        found = (
            Suggestion(
                tag=tag,
                category=CATEGORIES.get(str(row.get("category")).strip().lower()),
                count=values.count(row.get("post_count")),
            )
            for row in answers.rows(self, data, of="suggestions")
            if (tag := values.tag(values.unescaped(row.get("value"))))
        )
        return [s for s in found if s.category != "deprecated"]

    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask for tags by their names."""
        wanted = self._named(names)
        return self._dapi("tag", json=1, names=" ".join(wanted), limit=len(wanted))

    def _listing(self, answer: httpx.Response, *, of: str) -> Listing:
        answers.check(self, answer)
        return listing.read(self, answer, of=of)
