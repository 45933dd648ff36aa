"""What the grid hands out to be fetched, and what it gets back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is known of a post whose thumbnail is wanted.

    Parameters
    ----------
    site : str
        The site's name here.
    id : int
        Unique within the site.
    preview_url : str or None
        Where the thumbnail lies; None where there is none.
    rating : str or None
        None where unknown.
    score : int or None
        Up minus down votes.
    ext, md5 : str or None
        Of the original; None where withheld.
    tags : str
        All tags, separated by blanks.
    """

    site: str
    id: int
    preview_url: str | None = None
    rating: str | None = None
    score: int | None = None
    ext: str | None = None
    md5: str | None = None
    tags: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What identifies the post."""
        return self.site, self.id


class Picture(Protocol):
    """A thumbnail as the grid takes it."""

    @property
    def data(self) -> bytes:
        """The encoded picture."""

    @property
    def mime(self) -> str:
        """Its media type, such as ``image/jpeg``."""
