"""Frames of posts with thumbnails that are drawn when asked for, for grids in tests."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from booru_nb.widgets.item import Item


@dataclass(frozen=True)
class Drawn:
    """A drawn thumbnail."""

    data: bytes
    mime: str = "image/jpeg"


@cache
def draw(number: int) -> Drawn:
    """Return a picture with a number on it, 180 pixels wide."""
    hue = number * 47 % 360
    size = (180, 120 + number % 3 * 30)
    image = Image.new("RGB", size, f"hsl({hue}, 45%, 55%)")
    pen = ImageDraw.Draw(image)
    x = 20 + number % 90
    pen.ellipse((x, 15, x + 50, 65), f"hsl({hue}, 70%, 80%)")
    pen.text((10, size[1] - 40), str(number), "white", font_size=24)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return Drawn(out.getvalue())


fetched: list[int] = []
"""The ids of the posts that were asked for."""


async def thumbnails(item: Item) -> Drawn:
    """Return a post's thumbnail: its id, drawn."""
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
