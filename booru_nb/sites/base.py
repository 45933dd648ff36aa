"""What all engines have in common: a site's facts, and what it can be asked."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

import httpx

from booru_nb.errors import ArgumentError
from booru_nb.sites.language import Language

if TYPE_CHECKING:
    from collections.abc import Collection

    from booru_nb.post import Post, Rating
    from booru_nb.sites.parts import Login, Page, Suggestion, TagInfo


_HEX = re.compile(r"[0-9a-f]{32}")


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
    page_size : int
        How many posts a page has at the most.
    referer : str or None
        What its media servers want as Referer.
    allow_private : bool
        Whether its address may be a private or local one.
    needs_login : bool
        Whether it answers nobody without a login.
    login : Login or None
        Who asks; None for nobody in particular. It is no part of the repr.
    """

    engine: ClassVar[str]
    language: ClassVar[Language] = Language()
    """Its words for what every site is asked."""
    tag_batch: ClassVar[int] = 1
    """How many names `tags` may ask for at once."""
    page_retries: ClassVar[int] = 0
    """How often a page that is empty or cannot be read is asked for again.

    A page that says itself that nothing is left is believed at once.
    """
    knows_categories: ClassVar[bool] = True
    """Whether its tags have categories at all."""
    says_on_pages: ClassVar[bool] = False
    """Whether the page of a post, made for people, says the categories of its tags."""
    names_user: ClassVar[bool] = False
    """Whether it wants the user's name in the ``User-Agent``."""
    user_word: ClassVar[str | None] = "user name"
    """What a login names the user by; None where a key is all that it takes."""
    key_page: ClassVar[str]
    """Where it shows to users their keys, below its address."""

    name: str
    url: str
    rate: float | None = 1.0
    media_rate: float | None = 16.0
    tag_limit: int | None = None
    page_size: int = 100
    referer: str | None = None
    allow_private: bool = False
    needs_login: bool = False
    login: Login | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(self.url).hostname or ""

    @abstractmethod
    def rating_words(self, ratings: Collection[Rating]) -> str:
        """Return what a query needs so that only these ratings are found.

        Raises
        ------
        ArgumentError
            If the site has none of these ratings.
        """

    @abstractmethod
    def names_rating(self, query: str) -> bool:
        """Tell whether a query itself says which ratings it wants."""

    def with_words(self, query: str, words: str) -> str:
        """Return a query that finds only what these words let pass, too."""
        return f"{query} {words}".strip()

    def with_ratings(self, query: str, ratings: Collection[Rating]) -> str:
        """Return a query that finds these ratings only."""
        return self.with_words(query, self.rating_words(ratings))

    def terms(self, query: str) -> list[str]:
        """Return the parts of a query that must all hold."""
        return query.split()

    @abstractmethod
    def search(
        self, query: str, *, cursor: str | None = None, limit: int
    ) -> httpx.Request:
        """Ask for a page of posts; the first one without a cursor.

        Parameters
        ----------
        query : str
            Tags in the site's own words.
        cursor : str, optional
            That of the page before.
        limit : int
            How many posts at the most; more than `page_size` are not asked for.
        """

    @abstractmethod
    def read_posts(self, answer: httpx.Response, *, query: str) -> Page:
        """Read a page of posts; `query` is what was asked with."""

    @abstractmethod
    def post(self, post_id: int) -> httpx.Request:
        """Ask for one post."""

    @abstractmethod
    def post_by_md5(self, md5: str) -> httpx.Request:
        """Ask for the post of a file; `read_post` reads it.

        Raises
        ------
        ArgumentError
            If it is no md5, or the engine cannot find a post by one.
        """

    @abstractmethod
    def read_post(self, answer: httpx.Response) -> Post:
        """Read one post.

        Raises
        ------
        NotFoundError
            If the site does not have it, or it is withheld.
        """

    @abstractmethod
    def suggest(self, text: str, *, limit: int) -> httpx.Request:
        """Ask how a word may go on."""

    @abstractmethod
    def read_suggestions(self, answer: httpx.Response) -> list[Suggestion]:
        """Read how a word may go on, in the site's order."""

    @abstractmethod
    def tags(self, names: Collection[str]) -> httpx.Request:
        """Ask what tags are: one at the least, `tag_batch` at the most."""

    @abstractmethod
    def read_tags(self, answer: httpx.Response) -> list[TagInfo]:
        """Read what tags are.

        Names that do not exist are not there; others than those asked for may be.
        """

    def post_page(self, _post_id: int) -> httpx.Request:
        """Ask for the page of a post, where that `says_on_pages` what its tags are.

        Raises
        ------
        ArgumentError
            Where it does not.
        """
        raise ArgumentError(f"The pages of {self.name} are not read.")

    def read_post_page(self, _answer: httpx.Response) -> list[TagInfo]:
        """Read what the page of a post says of its tags; their counts are not there."""
        return []

    @abstractmethod
    def count(self, query: str) -> httpx.Request:
        """Ask how many posts a query finds."""

    @abstractmethod
    def read_count(self, answer: httpx.Response) -> int | None:
        """Read how many posts a query finds; None where the site will not count."""

    def _get(self, path: str, **params: str | int) -> httpx.Request:
        """Return a request in the user's name, if there is one."""
        return httpx.Request(
            "GET",
            f"{self.url}{path}",
            params={**params, **self._login_params()},
            headers=self._headers(),
        )

    def how_to_log_in(self) -> str:
        """Return what to do where a login is missing, or not enough."""
        user = "" if self.user_word is None else f", user='your {self.user_word}'"
        where = f"{self.url}{self.key_page}"
        if self.login is None:
            return f"Set a login: lib.login({self.name!r}{user}). {where} has your key."
        return (
            "The login that is set is wrong, or may not do this. Compare its key with "
            f"{where}, and set it again: lib.login({self.name!r}{user})."
        )

    def _login_params(self) -> dict[str, str | int]:
        """Return what names the user in a query, on sites that want it there."""
        return {}

    def _headers(self) -> dict[str, str]:
        """Return what names the user in a header, on sites that want it there."""
        return {}

    def _md5(self, value: str) -> str:
        md5 = value.strip().lower()
        if not _HEX.fullmatch(md5):
            raise ArgumentError(f"An md5 has 32 hexadecimal digits, unlike {value!r}.")
        return md5

    def _named(self, names: Collection[str]) -> list[str]:
        """Return the names that tags are asked by.

        An engine that is asked for none would send all that it has.
        """
        if not 0 < len(names) <= self.tag_batch:
            raise ArgumentError(
                f"{self.name} can be asked for 1 to {self.tag_batch} tags at once, "
                f"not for {len(names)}."
            )
        return list(names)
