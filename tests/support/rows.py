"""Three posts, and looks behind the library that keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.post import Post, Rating
from booru_nb.store.connections import Place, connect

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.store import Store
    from booru_nb.store.connections import Db


def three_posts() -> list[Post]:
    return [
        Post(
            site="danbooru",
            id=number,
            rating=Rating.GENERAL,
            tags=("cloud", "sky"),
            categories={"sky": "general"},
            score=None if number == 2 else number,
        )
        for number in (1, 2, 3)
    ]


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """Return what a statement finds, beside the open library."""
    db = connect(Place(path), mode="ro")
    try:
        return db.execute(statement).fetchall()
    finally:
        db.close()


def execute(store: Store, *statements: str) -> None:
    """Write what the store's methods do not."""

    def work(db: Db) -> None:
        for statement in statements:
            db.execute(statement)

    store.file.write(work)
