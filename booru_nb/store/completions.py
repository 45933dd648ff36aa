"""The most frequent tags that begin like what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.query.text import fold
from booru_nb.store.tagging import LAST

if TYPE_CHECKING:
    from booru_nb.store.columns import Columns
    from booru_nb.store.connections import Db

FEW = 500
"""Tags up to which all that begin so are looked at."""


def find(db: Db, beginning: str, limit: int) -> Columns:
    """Return the columns `tag` and `count`, as `Tags.completions` describes them."""
    found: dict[str, int] = {}
    for first in dict.fromkeys((beginning, fold(beginning))):
        found.update(_of_many(db, first, limit) or _of_all(db, first, limit))
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return {"tag": [tag for tag, _ in best], "count": [n for _, n in best]}


def _of_all(db: Db, first: str, limit: int) -> list[tuple[str, int]]:
    # The range is read from the index of names; ``like`` would fold, and read all.
    return db.execute(
        """
        select name, n from tag
        where name >= ? and name < ? and n > 0
        order by n desc, name
        limit ?
        """,
        (first, first + LAST, limit),
    ).fetchall()


def _of_many(db: Db, first: str, limit: int) -> list[tuple[str, int]]:
    """Return the same where many tags begin so; nothing where others are needed.

    Whatever is in a higher band is more frequent than all in a lower one.
    """
    span = first, first + LAST
    many = db.execute(
        "select 1 from tag where name >= ? and name < ? limit 1 offset ?", (*span, FEW)
    ).fetchone()
    if many is None or limit < 0:
        return []
    highest = db.execute("select max(band) from tag where band > 0").fetchone()[0] or 0
    found: list[tuple[str, int]] = []
    for band in range(highest, 0, -1):
        found += db.execute(
            """
            select name, n from tag indexed by tag_by_band
            where band = ? and band > 0 and name >= ? and name < ?
            """,
            (band, *span),
        )
        if len(found) >= limit:
            return found
    return []
