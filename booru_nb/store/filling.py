"""Folders that fill themselves with the bookmarks that a query finds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from booru_nb.errors import QueryError
from booru_nb.query import parse
from booru_nb.store import finding
from booru_nb.store.foldernames import WITHIN, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.store.connections import Db

_FILLED = f"({WITHIN} or bookmark.post in (select value from json_each(?)))"  # noqa: S608 - a constant


def checked(query: str) -> str:
    """Return a query as it is kept.

    Raises
    ------
    QueryError
        If it cannot be read, or has an order or a limit.
    """
    said = parse(query.strip())
    if said.order is not None or said.limit is not None:
        raise QueryError(
            f"A folder cannot fill itself with {query!r}: it shows every bookmark that "
            "is found, newest first, so leave order: and limit: out."
        )
    return said.text


def found(db: Db, name: str | None = None) -> dict[str, list[int]]:
    """Return the rows of `post` with which folders fill themselves.

    Parameters
    ----------
    db : Connection
        Where to read.
    name : str, optional
        Only this folder and those within it (default: all).

    Returns
    -------
    dict of str to list of int
        By the name of the folder.
    """
    queries = db.execute(
        f"""
        select name, query from folder
        where query is not null and (? or {WITHIN})
        """,  # noqa: S608 - a constant
        (name is None, *within(name or "")),
    ).fetchall()
    return {
        folder: finding.rows(db, finding.search(query, bookmarked=True))
        for folder, query in queries
    }


def condition(name: str, filled: Iterable[Sequence[int]]) -> tuple[str, list[Any]]:
    """Return the condition for the bookmarks that a folder shows, and its values.

    Parameters
    ----------
    name : str
        The folder.
    filled : iterable of sequence of int
        With what it, and those within it, fill themselves.
    """
    rows = {row for posts in filled for row in posts}
    if not rows:
        return WITHIN, [*within(name)]
    return _FILLED, [*within(name), json.dumps(sorted(rows))]
