"""What comes from another file, made ready to be joined to a library.

It is read twice: once to find the sites, and to see whether it is whole, and then,
inside the transaction, row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol

from booru_nb.kept import SUBJECTS, KeptPost, KeptSetting, KeptSite
from booru_nb.portable import checks
from booru_nb.portable.foreign_sites import trusted
from booru_nb.portable.naming import Naming, naming
from booru_nb.portable.records import Read

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from booru_nb.kept import Kept

EVERY = frozenset(SUBJECTS.values())
LATE = frozenset({"bookmarks"})
"""What refers to posts, and comes after them."""

UNKNOWN_SETTING = "this setting is not one that comes from a file"


class Source(Protocol):
    """A file that rows come from.

    Attributes
    ----------
    skipped : Mapping of str to Counter of str
        How many rows of each subject were left out at the last reading, by reason.
    notes : sequence of (str, str)
        Subject, and what else is to be said of it.
    """

    @property
    def order(self) -> Sequence[str]:
        """The subjects, as they were met at the last reading."""

    @property
    def skipped(self) -> Mapping[str, Counter[str]]:
        """How many were left out."""

    @property
    def notes(self) -> Sequence[tuple[str, str]]:
        """What else is to be said."""

    def rows(self, wanted: Collection[str]) -> Iterator[Read]:
        """Yield the rows of some subjects."""


@dataclass
class Listed:
    """Rows that were read already.

    Parameters
    ----------
    items : sequence of Kept
        The rows.
    withheld : int
        How many posts were withheld when they were read.
    """

    items: Sequence[Kept]
    withheld: int = 0
    order: Sequence[str] = ()
    skipped: Mapping[str, Counter[str]] = field(default_factory=dict)
    notes: Sequence[tuple[str, str]] = ()

    def rows(self, wanted: Collection[str]) -> Iterator[Read]:
        """Yield the rows of some subjects."""
        for item in self.items:
            if SUBJECTS[type(item)] in wanted:
                yield Read(item)


@dataclass(frozen=True)
class Here:
    """What is known in the library that rows come to.

    Attributes
    ----------
    sites : Mapping of str to KeptSite
        Its sites, by name.
    presets : collection of str
        The names of those that every library knows.
    setting : callable
        Tells whether a setting can be set.
    """

    sites: Mapping[str, KeptSite]
    presets: Collection[str]
    setting: Callable[[KeptSetting], bool]


@dataclass
class Import:
    """Rows of a file, on their way into a library.

    Parameters
    ----------
    source : Source
        The file.
    here : Here
        Where they come to.

    Attributes
    ----------
    notes : list of (str, str)
        Subject, and what is to be said of it.

    Raises
    ------
    FormatError
        If the file cannot be read.
    """

    source: Source
    here: Here
    notes: list[tuple[str, str]] = field(default_factory=list)
    _dropped: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes += self.source.notes
        sites = [
            self._trusted(read.row)
            for read in self.source.rows({"sites"})
            if isinstance(read.row, KeptSite)
        ]
        late = LATE & set(takewhile("posts".__ne__, self.source.order))
        self._orders = [EVERY - LATE, LATE] if late else [EVERY]
        self._sites = {site.name: site for site in sites}
        self.naming: Naming = naming(sites, self.here.sites)
        self.notes += [("sites", reason) for reason in self.naming.reasons]

    def _trusted(self, site: KeptSite) -> KeptSite:
        found, reasons = trusted(site)
        self.notes += [("sites", reason) for reason in reasons]
        return found

    def rows(self) -> Iterator[Kept]:
        """Yield the rows as they are to be kept, bookmarks after posts."""
        self._dropped.clear()
        for wanted in self._orders:
            for read in self.source.rows(wanted):
                row = read.row
                if read.dropped and isinstance(row, KeptPost):
                    self._note_dropped(row, read.dropped)
                if isinstance(row, KeptSite):
                    row = self._site(row)
                row = self.naming.renamed(row)
                if not isinstance(row, KeptSetting) or self._may_be_set(row):
                    yield row

    def _note_dropped(self, row: KeptPost, names: Iterable[str]) -> None:
        for name in names:
            number, first = self._dropped.get(name, (0, "{} {}".format(*row.post.key)))
            self._dropped[name] = number + 1, first

    def all_notes(self) -> list[tuple[str, str]]:
        """Return what is to be said, with the values that were left out."""
        notes = list(self.notes)
        for name, (number, first) in sorted(self._dropped.items()):
            form = checks.FORMS[name][1]
            note = f"{number} values of {name!r} are left out, which are not {form}"
            notes.append(("posts", f"{note}; the first is of {first}"))
        return notes

    def _site(self, site: KeptSite) -> KeptSite:
        """Return a site as it is to be kept."""
        known = self._sites[site.name]
        # What is said of a preset is the program's own.
        if self.naming.here(site.name) in self.here.presets:
            pace = {k: v for k, v in known.options.items() if k == "rate"}
            return KeptSite(name=site.name, options=pace, added_at=site.added_at)
        return known

    def _may_be_set(self, row: KeptSetting) -> bool:
        if row.name == "default_site":
            came = {self.naming.here(s.name) for s in self._sites.values() if s.url}
            may = row.value in came or row.value in self.here.sites
        else:
            may = self.here.setting(row)
        if may:
            return True
        note = "settings", f"{row.name!r:.80}: {UNKNOWN_SETTING}"
        if note not in self.notes:
            self.notes.append(note)
        return False
