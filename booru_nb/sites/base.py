"""What all engines have in common: a site's facts, and what an answer becomes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

import httpx

if TYPE_CHECKING:
    from collections.abc import Collection

    from booru_nb.post import Post, Rating


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing.

    Attributes
    ----------
    posts : list of Post
        In the site's order.
    count : int
        How many rows the site sent, those that are no posts for us included; 0 ends
        a listing, and a short page does not.
    cursor : str or None
        What to ask for next; None where nothing can follow.
    """

    posts: list[Post]
    count: int
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what was typed.

    Attributes
    ----------
    tag : str
        The tag, as it is searched for.
    category : str or None
        None where the site does not say.
    count : int or None
        How many posts of the site have it.
    alias : str or None
        The other name that was typed, where the tag is found by one.
    """

    tag: str
    category: str | None = None
    count: int | None = None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class TagInfo:
    """What a site says of a tag: its name, category and number of posts."""

    tag: str
    category: str | None
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(ABC):
    """A booru. A subclass knows the dialect of one engine.

    Parameters
    ----------
    name : str
        What it is called here.
    url : str
        Its address, without a slash at the end.
    rate : float or None
        Requests a second that are polite; None for no pacing.
    media_rate : float or None
        The same for pictures.
    tag_limit : int or None
        How many tags a search may have without a login; None for any number.
    referer : str or None
        What its media servers want as Referer.
    allow_private : bool
        Whether its address may be a private or local one.
    """

    engine: ClassVar[str]
    page_size: ClassVar[int]

    name: str
    url: str
    rate: float | None = 1.0
    media_rate: float | None = 16.0
    tag_limit: int | None = None
    referer: str | None = None
    allow_private: bool = False

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(self.url).hostname or ""

    @abstractmethod
    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return what a query needs so that only these ratings are found."""

    @abstractmethod
    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""

    @abstractmethod
    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask for a page of posts; the first one without a cursor."""

    @abstractmethod
    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a page of posts."""

    @abstractmethod
    def post(self, post_id: int) -> httpx.Request:
        """Ask for one post."""

    @abstractmethod
    def read_post(self, answer: httpx.Response) -> Post:
        """Read one post."""

    @abstractmethod
    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask how a word may go on."""

    @abstractmethod
    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read how a word may go on, in the site's order."""

    @abstractmethod
    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask what tags are."""

    @abstractmethod
    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read what tags are; names that do not exist are not there."""

    @abstractmethod
    def count(self, query: str) -> httpx.Request:
        """Ask how many posts a query finds."""

    @abstractmethod
    def read_count(self, answer: httpx.Response) -> int | None:
        """Read how many posts a query finds; None where the site will not count."""

    def _get(self, path: str, **params: str | int) -> httpx.Request:
        return httpx.Request("GET", f"{self.url}{path}", params=params)
