"""The one datum: a post, as every site, table and widget here understands it.

A post is frozen and keyed by ``(site, id)``, since ids are unique within a site
only. What is learnt later about a post lives beside it, or in a new post.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Rating(StrEnum):
    """How much skin or violence a picture shows, mildest first."""

    GENERAL = "general"
    SENSITIVE = "sensitive"
    QUESTIONABLE = "questionable"
    EXPLICIT = "explicit"


class Category(StrEnum):
    """The kinds of tags that have a column of their own in a DataFrame.

    The order is the one in which boorus show them. A site may have further
    categories; those are kept by their own names.
    """

    ARTIST = "artist"
    CHARACTER = "character"
    COPYRIGHT = "copyright"
    SPECIES = "species"
    GENERAL = "general"
    META = "meta"


class Status(StrEnum):
    """What the site has decided about a post."""

    ACTIVE = "active"
    PENDING = "pending"
    FLAGGED = "flagged"
    DELETED = "deleted"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a booru.

    Parameters
    ----------
    site : str
        The site's name here.
    id : int
        Unique within the site.
    also_on : tuple of str
        ``site:id`` tokens of the same work elsewhere.
    rating : Rating or None
        None where unknown.
    score, favorites : int or None
        Up minus down votes; how many keep it as a favourite.
    tags : tuple of str
        All tags, without double, sorted by code point.
    categories : Mapping of str to str
        The category of each tag whose category is known: a `Category`, or the
        site's own word where it has further ones. A tag that is missing here has a
        category that is not known (yet), which is not the same as "general".
    width, height : int or None
        Pixels of the original.
    ext, md5 : str or None
        Of the original; None where withheld. `ext` has no dot.
    file_size : int or None
        Bytes of the original.
    source : str or None
        Where the uploader says it came from.
    parent_id : int or None
        The post of which this is a variant.
    uploader : str or None
        Name or id.
    created_at : datetime or None
        When it was uploaded, with a time zone (UTC).
    preview_url, sample_url, file_url, post_url : str or None
        The thumbnail, a larger picture, the original and the page of the post; None
        where withheld.
    status : Status or None
        What the site has decided about it; None where unknown.
    """

    site: str
    id: int
    also_on: tuple[str, ...] = ()
    rating: Rating | None = None
    score: int | None = None
    favorites: int | None = None
    tags: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    width: int | None = None
    height: int | None = None
    ext: str | None = None
    md5: str | None = None
    file_size: int | None = None
    source: str | None = None
    parent_id: int | None = None
    uploader: str | None = None
    created_at: datetime | None = None
    preview_url: str | None = None
    sample_url: str | None = None
    file_url: str | None = None
    post_url: str | None = None
    status: Status | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What identifies a post here: ids are unique within a site only."""
        return self.site, self.id

    def __hash__(self) -> int:
        return hash(self.key)

    def tags_of(self, category: str) -> tuple[str, ...]:
        """Return the tags known to be of this category, sorted."""
        return tuple(t for t in self.tags if self.categories.get(t) == category)
