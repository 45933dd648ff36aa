"""Sites: the names under which posts are kept, and how each is reached."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError, StoreError, UnknownSiteError
from booru_nb.store import keeping, searches
from booru_nb.store.sitenames import checked, ensure
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

__all__ = ["SiteRecord", "Sites", "checked", "ensure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """A site as the library knows it.

    Parameters
    ----------
    name : str
        Unique in the library; the posts' key.
    url : str or None
        Its address; None where posts came from a table that did not say.
    engine : str or None
        The software that it runs; None where unknown.
    options : Mapping of str to JSON values
        What else was said of it, such as its rate.
    added_at : int
        Microseconds since 1970, UTC.
    """

    name: str
    url: str | None = None
    engine: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    added_at: int = field(default_factory=now)


@dataclass(frozen=True)
class Sites:
    """The sites of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def all(self) -> list[SiteRecord]:
        """Return every site, by name."""
        rows = self.file.read(
            lambda db: db.execute(
                "select name, url, engine, options, added_at from site order by name"
            ).fetchall()
        )
        return [
            SiteRecord(
                name=name, url=url, engine=engine, options=json.loads(o), added_at=at
            )
            for name, url, engine, o, at in rows
        ]

    def get(self, name: str) -> SiteRecord:
        """Return one site.

        Raises
        ------
        UnknownSiteError
            If the library has none of this name.
        """
        sites = {site.name: site for site in self.all()}
        if name not in sites:
            raise _unknown(name, sites)
        return sites[name]

    def ensure(self, names: Iterable[str]) -> None:
        """Make a row without an address for each name that is new."""
        wanted = list(names)
        self.file.write(lambda db: ensure(db, wanted))

    def add(
        self,
        name: str,
        *,
        url: str | None = None,
        engine: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a site, or say more of one that has no address yet.

        Raises
        ------
        ArgumentError
            If a site of this name has an address already, another than this.
        """

        def work(db: Db) -> None:
            ensure(db, [name])
            changed = db.execute(
                """
                update site set url = ?, engine = ?, options = ?
                where name = ? and (url is null or url = ?)
                """,
                (url, engine, json.dumps(dict(options or {})), name, url),
            )
            if not changed.rowcount:
                raise ArgumentError(
                    f"There is a site called {name!r} already, with another address. "
                    "Choose another name, or update that one."
                )

        self.file.write(work)

    def update(
        self,
        name: str,
        *,
        url: str | None = None,
        engine: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Change what is named; an option that is None is forgotten.

        Raises
        ------
        UnknownSiteError
            If the library has no site of this name.
        """

        def work(db: Db) -> None:
            old = self.get(name)
            merged = {**old.options, **(options or {})}
            kept = {key: value for key, value in merged.items() if value is not None}
            db.execute(
                """
                update site
                set url = coalesce(?, url), engine = coalesce(?, engine), options = ?
                where name = ?
                """,
                (url, engine, json.dumps(kept), name),
            )

        self.file.write(work)

    def remove(self, name: str, *, posts: bool = False) -> int:
        """Remove a site, and all that hangs on it; return how many posts went along.

        What it said of tags, its blacklisted posts, its crawls and its searches go, and
        it is no default any more. Searches of several sites go on without it.

        Parameters
        ----------
        name : str
            Its name.
        posts : bool
            Whether its posts that are kept go, too, with their bookmarks.

        Raises
        ------
        UnknownSiteError
            If the library has no site of this name.
        StoreError
            If posts of it are kept and are not to go, or files of them are here.
        """

        def work(db: Db) -> int:
            self.get(name)
            rows = _posts(db, name)
            if rows and not posts:
                raise StoreError(
                    f"{name!r} cannot be removed: {len(rows)} of its posts are kept "
                    "here. Remove those first, or with it: posts=True."
                )
            keeping.drop(db, rows)
            if left := _posts(db, name):
                raise StoreError(
                    f"{name!r} cannot be removed: files of {len(left)} of its posts "
                    "are here. Remove those first."
                )
            _forget(db, name)
            return len(rows)

        return self.file.write(work)


def _posts(db: Db, site: str) -> list[int]:
    """Return `post.id` of every post of a site."""
    found = db.execute(
        "select post.id from post join site using (site_id) where name = ?", (site,)
    )
    return [row for (row,) in found]


def _forget(db: Db, name: str) -> None:
    """Delete a site of which no post is kept, and what refers to it."""
    for table in ("search_history", "saved_search"):
        searches.leave_out(db, table, name)
    db.execute(
        "delete from setting where key = 'default_site' and value = ?",
        (json.dumps(name),),
    )
    db.execute("delete from site where name = ?", (name,))


def _unknown(name: str, known: Iterable[str]) -> UnknownSiteError:
    names = ", ".join(known) or "none yet"
    return UnknownSiteError(
        f"The library has no site called {name!r}. It has: {names}."
    )
