"""What a library keeps, row by row, as it goes into other files and comes back.

Sites, posts and folders are named, never numbered: numbers mean something in one file
only. Times are whole microseconds since 1970, UTC.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSite:
    """A site: its name, and what makes it the same one under another name."""

    name: str
    url: str | None = None
    engine: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    added_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTag:
    """What a site says of a tag; no category where it does not know the tag."""

    site: str
    tag: str
    category: str | None = None
    fetched_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPost:
    """A post, and whether it is kept for its own sake."""

    post: Post
    collected: bool = False
    kept_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFolder:
    """A folder of bookmarks; one with a query fills itself."""

    name: str
    query: str | None = None
    added_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBookmark:
    """What the user says of a post; an empty folder is none."""

    site: str
    id: int
    folder: str = ""
    note: str = ""
    bookmarked_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRule:
    """A rule of the blacklist, in the local query language."""

    rule: str
    added_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBlock:
    """A post on the blacklist."""

    site: str
    id: int
    added_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSavedSearch:
    """A search with a name."""

    name: str
    query: str
    sites: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    saved_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearch:
    """A search that was made."""

    query: str
    sites: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    searched_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSetting:
    """A setting of the library."""

    name: str
    value: Any = None


Kept: TypeAlias = (
    KeptSite
    | KeptTag
    | KeptPost
    | KeptFolder
    | KeptBookmark
    | KeptRule
    | KeptBlock
    | KeptSavedSearch
    | KeptSearch
    | KeptSetting
)
"""A row of any subject."""

SUBJECTS: dict[type[Kept], str] = {
    KeptSite: "sites",
    KeptTag: "tags",
    KeptPost: "posts",
    KeptFolder: "folders",
    KeptBookmark: "bookmarks",
    KeptRule: "blacklist",
    KeptBlock: "blacklisted_posts",
    KeptSavedSearch: "saved_searches",
    KeptSearch: "history",
    KeptSetting: "settings",
}
"""What each kind of row is called, in the order in which they are written."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of a subject.

    Attributes
    ----------
    added, updated, unchanged : int
        New ones; known ones that have changed; known ones that have not.
    withheld : int
        Those that are not kept, by the one rule of `booru_nb.guard`.
    skipped : Counter of str
        Those that are not kept for another reason, by reason.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withheld: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


Tallies: TypeAlias = dict[str, Tally]
"""By subject, in the order of `SUBJECTS`."""


def tallies() -> Tallies:
    """Return a tally of nothing for every subject."""
    return {subject: Tally() for subject in SUBJECTS.values()}
