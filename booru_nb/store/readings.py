"""The reading of a list of tags: what a page says, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.store.tagrows import Pairs, Tag

KINDS = ("aliases", "implications", "tags")
"""What lists tell of."""


class Told(Protocol):
    """What a page of a list says.

    The first element of a pair is the alias, or the tag that implies.
    """

    @property
    def aliases(self) -> Pairs:
        """Aliases that hold."""

    @property
    def implications(self) -> Pairs:
        """Implications that hold."""

    @property
    def numbered(self) -> Sequence[tuple[int, int]]:
        """Implications that hold, by the site's own numbers of tags."""

    @property
    def ended_aliases(self) -> Pairs:
        """Aliases that hold no more."""

    @property
    def ended_implications(self) -> Pairs:
        """Implications that hold no more."""

    @property
    def tags(self) -> Sequence[Tag]:
        """Tags."""

    @property
    def skipped(self) -> int:
        """How many rows cannot be used."""

    @property
    def cursor(self) -> str | None:
        """Where the next page begins; None where none follows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of a list.

    Attributes
    ----------
    site, list : str
        Which list of which site.
    started_at : int
        When it began, in microseconds since 1970, UTC.
    since : int or None
        It asks for what has changed since; None where it asks for all.
    cursor : str or None
        Where it goes on; None at its beginning.
    """

    site: str
    list: str
    started_at: int
    since: int | None = None
    cursor: str | None = None


@dataclass(slots=True)
class Gain:
    """What came of a page, or of several, for one kind of what they tell of.

    Attributes
    ----------
    fetched : int
        What was told.
    new, removed : int
        What was not known before, and what is not so any more.
    skipped : int
        What cannot be used.
    """

    fetched: int = 0
    new: int = 0
    removed: int = 0
    skipped: int = 0

    def add(self, other: Gain) -> None:
        """Add what came of a further page."""
        self.fetched += other.fetched
        self.new += other.new
        self.removed += other.removed
        self.skipped += other.skipped


Gains = dict[str, Gain]
