"""What a question to a site is made of, and what its answers become."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.post import Post


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
    total : int or None
        How many rows the site says that the request finds, on this page and behind
        it; None where it does not say. An empty page with a total above zero is one
        that failed on the way, and is worth asking for again.
    """

    posts: list[Post]
    count: int
    cursor: str | None
    total: int | None = None


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
    """What a site says of a tag: its name, category and number of posts.

    The category is None where the site does not say, and the number likewise; so is
    `number`, the site's own number of the tag, wherever nothing is told by it.
    """

    tag: str
    category: str | None
    count: int | None
    number: int | None = None


Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPage:
    """One page of a list of a site's tags, or of what they stand for.

    Attributes
    ----------
    count : int
        How many rows the site sent.
    cursor : str or None
        What to ask for next; None where nothing follows.
    aliases, implications : tuple of (str, str)
        Those that hold: an alias and its tag, a tag and what it implies.
    ended_aliases, ended_implications : tuple of (str, str)
        Those that hold no more.
    numbered : tuple of (int, int)
        Implications that hold, by the site's own numbers of tags.
    tags : tuple of TagInfo
        Tags.
    skipped : int
        Rows without what they must have.
    """

    count: int
    cursor: str | None
    aliases: Pairs = ()
    implications: Pairs = ()
    ended_aliases: Pairs = ()
    ended_implications: Pairs = ()
    numbered: tuple[tuple[int, int], ...] = ()
    tags: tuple[TagInfo, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks.

    Attributes
    ----------
    user : str
        The name, or the number, that the site knows the user by.
    key : str
        The API key, or what the site has in place of one.
    """

    user: str
    key: str = field(repr=False)

    def basic(self) -> str:
        """Return both as HTTP's Basic scheme has them."""
        return base64.b64encode(f"{self.user}:{self.key}".encode()).decode()
