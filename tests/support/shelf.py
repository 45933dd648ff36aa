"""Posts, pictures and bookmarks in memory: all that an explorer needs from outside."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from booru_nb import frames
from booru_nb.loop import call_on_app_loop
from booru_nb.post import Category, Post, Rating
from booru_nb.sites import Suggestion
from booru_nb.widgets.backend import Kept
from tests.support.pictures import Drawn, drawn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    import pandas as pd

    from booru_nb.widgets.asked import Asked
    from booru_nb.widgets.item import Item

    Page = list[Post] | Exception | asyncio.Event

KINDS = {
    "anna_alder": Category.ARTIST,
    "moss_fox": Category.CHARACTER,
    "tales_of_the_fen": Category.COPYRIGHT,
    "fox": Category.SPECIES,
    "highres": Category.META,
    "old_lore": "lore",
}
TAGS = (
    *("anna_alder", "cloud", "fox", "highres", "moss_fox", "old_lore", "scenery"),
    *("sea", "sky", "sunset", "tales_of_the_fen", "water"),
)


def post(number: int, **fields: Any) -> Post:
    """Return a post with all that a post may have."""
    tags = tuple(sorted({*TAGS, f"number_{number}"}))
    kinds = {tag: str(KINDS.get(tag, Category.GENERAL)) for tag in tags}
    usual: dict[str, Any] = {
        "site": "meadow",
        "id": number,
        "rating": Rating.GENERAL,
        "score": number % 90,
        "favorites": number % 40,
        "tags": tags,
        "categories": kinds,
        "width": 1200,
        "height": 900,
        "ext": "jpg",
        "file_size": 345_678,
        "source": f"https://art.test/anna/{number}",
        "uploader": "heron",
        "preview_url": f"https://meadow.test/p/{number}.jpg",
        "sample_url": f"https://meadow.test/s/{number}.jpg",
        "file_url": f"https://meadow.test/o/{number}.jpg",
        "post_url": f"https://meadow.test/posts/{number}",
    }
    return Post(**(usual | fields))


def page(first: int, count: int = 60, **fields: Any) -> list[Post]:
    """Return posts with numbers from the first downwards, as a newest-first page."""
    return [post(number, **fields) for number in range(first, first - count, -1)]


class Shelf:
    """An explorer's backend that answers from memory.

    Parameters
    ----------
    pages : dict of str to list
        By query: its pages. An error in a page's place is raised once, and the page
        after it comes when it is asked for again; an event is waited for.

    Attributes
    ----------
    asked : list of (query, site, rating)
        The searches that were begun.
    questions : list of Asked
        The same with all that was asked.
    knows : dict of str to str
        The categories of tags that were learnt; `learn` adds to them.
    said : list of str
        What the sites cannot evaluate.
    """

    default_site = "meadow"
    rating = "general"
    blur = ("questionable", "explicit")

    def __init__(self, pages: dict[str, list[Page]] | None = None) -> None:
        self.found = pages or {}
        self.asked: list[tuple[str, str, Any]] = []
        self.closed: list[str] = []
        self.questions: list[Asked] = []
        self.kept_in: dict[tuple[str, int], str] = {}
        self.notes_on: dict[tuple[str, int], str] = {}
        self.said: list[str] = []
        self.knows: dict[str, str] = {}
        self.answers = 0
        self.failing: list[str] = []
        self._learners: list[Callable[[], None]] = []
        self.errors: dict[str, Exception] = {}
        self._callbacks: list[Callable[[], None]] = []

    def sites(self) -> list[str]:
        return ["meadow", "harbour"]

    async def pages(
        self, asked: Asked, *, on_failure: Callable[[str], object]
    ) -> AsyncIterator[pd.DataFrame]:
        query = asked.query
        self.asked.append((query, asked.site, asked.ratings))
        self.questions.append(asked)
        for problem in self.failing:
            on_failure(problem)
        try:
            for number, found in enumerate(list(self.found.get(query, []))):
                if isinstance(found, asyncio.Event):
                    await found.wait()
                elif isinstance(found, Exception):
                    del self.found[query][number]
                    raise found
                else:
                    yield frames.from_posts(found)
        finally:
            self.closed.append(query)

    def notes(self, asked: Asked) -> list[str]:
        del asked
        return self.said

    def learnt(self, posts: pd.DataFrame) -> pd.DataFrame:
        known = [
            replace(post, categories={**post.categories, **self._known_of(post)})
            for post in frames.to_posts(posts)
        ]
        return frames.with_categories(posts, known)

    def _known_of(self, post: Post) -> dict[str, str]:
        return {tag: self.knows[tag] for tag in post.tags if tag in self.knows}

    def learn(self, **categories: str) -> None:
        """Let a site say what tags are."""
        self.knows |= categories
        self.answers += 1
        for callback in self._learners:
            call_on_app_loop(callback)

    def on_learnt(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._learners.append(callback)
        return lambda: self._learners.remove(callback)

    async def suggest(self, text: str, *, site: str) -> Sequence[Suggestion]:
        del site
        if "suggest" in self.errors:
            raise self.errors["suggest"]
        known = [
            Suggestion(tag, str(KINDS.get(tag, Category.GENERAL)), 1000 * len(tag))
            for tag in TAGS
            if tag.startswith(text)
        ]
        if text.startswith("sund"):
            known.append(Suggestion("sunset", "general", 6000, "sundown"))
        return known

    async def thumbnail(self, item: Item, /) -> Drawn:
        return drawn(item.id)

    async def preview(self, post: Post, /) -> Drawn:
        if "preview" in self.errors:
            raise self.errors["preview"]
        return drawn(post.id, side=600)

    async def bookmark(
        self, posts: pd.DataFrame, *, folder: str | None = None, note: str | None = None
    ) -> None:
        if "bookmark" in self.errors:
            raise self.errors["bookmark"]
        for post in frames.to_posts(posts):
            before = self.kept_in.get(post.key, "")
            self.kept_in[post.key] = before if folder is None else folder
            if note is not None:
                self.notes_on[post.key] = note
        self._tell()

    async def unbookmark(self, posts: pd.DataFrame) -> None:
        for post in frames.to_posts(posts):
            self.kept_in.pop(post.key, None)
            self.notes_on.pop(post.key, None)
        self._tell()

    def bookmarked(self) -> set[tuple[str, int]]:
        return set(self.kept_in)

    def kept(self, key: tuple[str, int]) -> Kept | None:
        if key not in self.kept_in:
            return None
        return Kept(self.kept_in[key], self.notes_on.get(key, ""))

    def folders(self) -> list[str]:
        return sorted({name for name in self.kept_in.values() if name})

    def on_bookmarks_changed(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    @property
    def watched(self) -> int:
        """How many want to be told of bookmarks, or of tags."""
        return len(self._callbacks) + len(self._learners)

    def _tell(self) -> None:
        for callback in self._callbacks:
            callback()
