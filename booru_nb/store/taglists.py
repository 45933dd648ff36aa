"""Lists of all tags of a site, read page after page, and how far they have been read.

A reading has a time at which it began, and every row that it brings is marked with it.
So a reading that was broken off goes on where it was, and when one of the whole list
comes to its end, the rows without its mark are those that the site has no more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from booru_nb import guard
from booru_nb.store import sitenames, tagrows
from booru_nb.store.purging import purge_within
from booru_nb.store.readings import Gain, Reading
from booru_nb.store.times import now
from booru_nb.store.transactions import Durability
from booru_nb.store.withheld_files import delete_withheld

if TYPE_CHECKING:
    from collections.abc import Collection

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile
    from booru_nb.store.readings import Gains, Told


@dataclass(frozen=True)
class TagLists:
    """The lists of tags that were read, or are being read.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def begin(
        self,
        site: str,
        name: str,
        *,
        since: int | None = None,
        at: int | None = None,
    ) -> Reading:
        """Begin to read a list; what was under way is given up.

        Parameters
        ----------
        site, name : str
            Which list of which site.
        since : int, optional
            It asks for what has changed since (default: for all).
        at : int, optional
            When the list was as it is now read (default: now). What is known from a
            later time stays.
        """
        reading = Reading(site, name, now() if at is None else at, since)

        def work(db: Db) -> None:
            place = sitenames.ensure(db, [site])[site]
            db.execute(
                """
                insert into tag_list (site_id, list, started_at, since)
                values (?, ?, ?, ?)
                on conflict (site_id, list) do update set
                  started_at = excluded.started_at,
                  since = excluded.since,
                  cursor = null
                """,
                (place, name, reading.started_at, since),
            )

        self.file.write(work, counts=False)
        return reading

    def under_way(self, site: str, name: str) -> Reading | None:
        """Return the reading of a list that was broken off, if one was."""
        row = self._row(site, name)
        if row is None or row[0] is None:
            return None
        started_at, since, cursor, _ = row
        return Reading(site, name, started_at, since, cursor)

    def read_at(self, site: str, name: str) -> int | None:
        """Return when a list was last read whole: when that reading began."""
        row = self._row(site, name)
        return None if row is None else row[3]

    def told_at(self, site: str, kind: str) -> int | None:
        """Return when a list that tells all of a kind was last read whole."""
        found: int | None = self.file.read(
            lambda db: db.execute(
                """
                select max(read_at) from tag_list join site using (site_id)
                where site.name = ?
                and exists (select 1 from json_each(kinds) where value = ?)
                """,
                (site, kind),
            ).fetchone()[0]
        )
        return found

    def _row(self, site: str, name: str) -> Any:  # noqa: ANN401 - four columns
        return self.file.read(
            lambda db: db.execute(
                """
                select started_at, since, cursor, read_at
                from tag_list join site using (site_id)
                where site.name = ? and list = ?
                """,
                (site, name),
            ).fetchone()
        )

    def put(
        self, reading: Reading, page: Told, *, whole: Collection[str]
    ) -> tuple[Gains, Reading | None]:
        """Keep a page in one transaction, and how far the reading has come.

        Posts that the rule withholds by what is new are deleted.

        Parameters
        ----------
        reading : Reading
            To which it belongs.
        page : Told
            What it says. Without a cursor the reading has come to its end.
        whole : collection of str
            Of which of `readings.KINDS` the list tells everything.

        Returns
        -------
        tuple of dict of str to Gain, Reading or None
            What came of it, by kind, and the reading from here on; None at its end.
        """
        gone = page.cursor is None

        def work(db: Db) -> Gains:
            place = sitenames.ensure(db, [reading.site])[reading.site]
            gains, pairs = _keep(db, place, reading, page)
            if gone and reading.since is None:
                for kind in whole:
                    gains[kind].removed += tagrows.sweep(
                        db, kind, place, reading.started_at
                    )
            _note(db, place, reading, page.cursor, whole)
            targets = {target for _, target in pairs}
            if gone or guard.withheld(None, targets, site=reading.site):
                purge_within(db, self.file)
            return gains

        gains = self.file.write(work, durability=Durability.NORMAL)
        delete_withheld(self.file)
        return gains, None if gone else replace(reading, cursor=page.cursor)


def _keep(
    db: Db, place: int, reading: Reading, page: Told
) -> tuple[Gains, list[tuple[str, str]]]:
    """Keep what a page says, and return what came of it and all pairs that hold."""
    at = reading.started_at
    aliases, implications = Gain(len(page.aliases)), Gain(len(page.implications))
    tags = Gain(len(page.tags), tagrows.put_tags(db, place, at, page.tags))
    found = tagrows.named(db, place, page.numbered)
    implications.fetched += len(page.numbered)
    implications.skipped = len(page.numbered) - len(found)
    pairs = [*page.implications, *found]
    aliases.new = tagrows.put_pairs(db, "aliases", place, at, page.aliases)
    implications.new = tagrows.put_pairs(db, "implications", place, at, pairs)
    aliases.removed = tagrows.end(db, "aliases", place, at, page.ended_aliases)
    implications.removed = tagrows.end(
        db, "implications", place, at, page.ended_implications
    )
    gains = {"aliases": aliases, "implications": implications, "tags": tags}
    gains[reading.list].skipped += page.skipped
    return gains, [*page.aliases, *pairs]


def _note(
    db: Db, place: int, reading: Reading, cursor: str | None, whole: Collection[str]
) -> None:
    """Note how far a reading has come; one that has ended is no more under way."""
    done = cursor is None
    db.execute(
        """
        update tag_list set
          cursor = ?,
          kinds = ?,
          started_at = iif(?, null, started_at),
          read_at = iif(?, ?, read_at)
        where site_id = ? and list = ?
        """,
        (
            cursor,
            json.dumps(list(whole)),
            done,
            done,
            reading.started_at,
            place,
            reading.list,
        ),
    )
