"""What a site can be called, and the number of each name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.store.connections import Db


def ensure(db: Db, names: Iterable[str]) -> dict[str, int]:
    """Return the id of each site; those that are new get a row without an address."""
    ids: dict[str, int] = {}
    for name in dict.fromkeys(names):
        found = db.execute("select site_id from site where name = ?", (name,))
        if (row := found.fetchone()) is None:
            row = db.execute(
                "insert into site (name, added_at) values (?, ?) returning site_id",
                (checked(name), now()),
            ).fetchone()
        ids[name] = row[0]
    return ids


def checked(name: str) -> str:
    """Return a site's name, or raise `ArgumentError` where it cannot be one."""
    if not name or name != name.strip() or not name.isprintable():
        raise ArgumentError(
            f"A site cannot be called {name!r}: a name has letters, and neither blanks "
            "around it nor control characters."
        )
    return name
