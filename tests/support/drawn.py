"""Frames of posts with thumbnails that are drawn when asked for, for grids in tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tests.support.pictures import Drawn, drawn

if TYPE_CHECKING:
    from booru_nb.widgets.item import Item

draw = cache(drawn)

fetched: list[int] = []
"""The ids of the posts that were asked for."""


async def thumbnails(item: Item) -> Drawn:
    """Return a post's thumbnail, drawn from its id."""
    fetched.append(item.id)
    return draw(item.id)


def frame(count: int, **columns: Any) -> pd.DataFrame:
    """Return posts with the ids 1 to `count`, and further columns."""
    ids = np.arange(1, count + 1)
    known = {
        "site": "demo",
        "id": ids,
        "rating": "general",
        "score": ids % 50,
        "tags": "hill sky sun",
        "ext": "jpg",
        "preview_url": [f"https://demo.invalid/{number}.jpg" for number in ids],
    }
    return pd.DataFrame({**known, **columns})
