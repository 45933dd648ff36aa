"""Exports whose originals are drawn, and what they asked for."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Any

from booru_nb.errors import NotFoundError
from booru_nb.export.formats import FORMATS
from booru_nb.export.running import run
from tests.export.formats.exports import about, picture

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd


class Drawing:
    """Originals that are drawn; those of some posts are broken, or not there."""

    def __init__(
        self, *, gone: Collection[int] = (), broken: Collection[int] = ()
    ) -> None:
        self.asked: Counter[int] = Counter()
        self.gone = gone
        self.broken = broken

    async def __call__(self, post: Mapping[str, Any]) -> bytes:
        number = int(post["id"])
        self.asked[number] += 1
        await asyncio.sleep(0)
        if number in self.gone:
            raise NotFoundError(f"Post {number} is gone.")
        data = picture(number)[1]
        return data[: len(data) // 2] if number in self.broken else data


def export(frame: pd.DataFrame, to: object, **options: Any) -> pd.DataFrame:
    """Export posts, in shards of two, and return what became of them."""
    options.setdefault("format", "webdataset")
    if options["format"] in FORMATS:
        options.setdefault("options", {"shard_size": 2})
    options.setdefault("originals", Drawing())
    name = options.pop("name", "skies")
    return asyncio.run(run(frame, name=name, to=str(to), about=about(), **options))
