"""What comes from another file, made ready to be joined to a library.

It is read twice: once to see whether all of it can be read, and which sites are in it,
and then, inside the transaction, row by row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from booru_nb.kept import SUBJECTS, KeptPost, KeptSetting, KeptSite
from booru_nb.portable import checks
from booru_nb.portable.foreign_sites import trusted
from booru_nb.portable.naming import Naming, naming

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from booru_nb.kept import Kept
    from booru_nb.portable.records import Read

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
    def skipped(self) -> Mapping[str, Counter[str]]:
        """How many were left out."""

    @property
    def notes(self) -> Sequence[tuple[str, str]]:
        """What else is to be said."""

    def rows(self, wanted: Collection[str]) -> Iterator[Read]:
        """Yield the rows of some subjects."""


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
        Tells whether a setting's name and value can be set.
    """

    sites: Mapping[str, KeptSite]
    presets: Collection[str]
    setting: Callable[[str, object], bool]


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

    def __post_init__(self) -> None:
        self.notes += self.source.notes
        sites: list[KeptSite] = []
        dropped: Counter[str] = Counter()
        first: dict[str, str] = {}
        late_posts = seen_late = False
        for read in self.source.rows(EVERY):
            subject = SUBJECTS[type(read.row)]
            seen_late |= subject in LATE
            late_posts |= seen_late and subject == "posts"
            if isinstance(read.row, KeptSite):
                sites.append(self._trusted(read.row))
            elif isinstance(read.row, KeptPost) and read.dropped:
                dropped.update(read.dropped)
                for name in read.dropped:
                    first.setdefault(name, "{} {}".format(*read.row.post.key))
        self._orders = [EVERY - LATE, LATE] if late_posts else [EVERY]
        self._sites = {site.name: site for site in sites}
        self.naming: Naming = naming(sites, self.here.sites)
        self.notes += [("sites", reason) for reason in self.naming.reasons]
        for name, count in sorted(dropped.items()):
            form = checks.FORMS[name][1]
            note = f"{count} values of {name!r} are left out, which are not {form}"
            self.notes.append(("posts", f"{note}; the first is of {first[name]}"))

    def _trusted(self, site: KeptSite) -> KeptSite:
        found, reasons = trusted(site)
        self.notes += [("sites", reason) for reason in reasons]
        return found

    def rows(self) -> Iterator[Kept]:
        """Yield the rows as they are to be kept, bookmarks after posts."""
        for wanted in self._orders:
            for read in self.source.rows(wanted):
                row = read.row
                if isinstance(row, KeptSite):
                    row = self._site(row)
                row = self.naming.renamed(row)
                if not isinstance(row, KeptSetting) or self._may_be_set(row):
                    yield row

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
            may = self.here.setting(row.name, row.value)
        if may:
            return True
        note = "settings", f"{row.name!r:.80}: {UNKNOWN_SETTING}"
        if note not in self.notes:
            self.notes.append(note)
        return False
