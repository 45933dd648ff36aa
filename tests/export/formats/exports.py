"""A small dataset of drawn pictures, and how a format writes it."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
from PIL import Image

from booru_nb import frames
from booru_nb.export.formats import FORMATS
from booru_nb.export.parts import About, Item, Shard, Written
from tests.support.pictures import drawn
from tests.support.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from booru_nb.export.parts import Format

HOSTILE = "</td><script>alert(1)</script> | [a](javascript:b) `c`"


@cache
def picture(number: int) -> tuple[str, bytes]:
    """Return the extension and the bytes of a picture: JPEG and PNG take turns."""
    data = drawn(number, side=40).data
    if number % 2:
        return "jpg", data
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).save(out, "PNG")
    return "png", out.getvalue()


def posts(count: int = 6, **columns: Any) -> pd.DataFrame:
    """Return posts as a dataset has them; the last two are for testing."""
    numbers = range(1, count + 1)
    found = [picture(number) for number in numbers]
    known = {
        "site": "demo",
        "id": list(numbers),
        "rating": "general",
        "score": [n - 3 if n != 2 else None for n in numbers],
        "tags": "=_= hill sun",
        "artist": "anna_(painter)",
        "general": "hill sun",
        "width": 40,
        "height": 40,
        "ext": [ext for ext, _ in found],
        "md5": [_md5(data) for _, data in found],
        "file_size": [len(data) for _, data in found],
        "source": "https://art.invalid/1",
        "created_at": pd.Timestamp("2024-05-06T07:08:09Z"),
        "post_url": [f"https://demo.invalid/{n}" for n in numbers],
    }
    whole = frames.conform(pd.DataFrame({**known, **columns}))
    return whole.assign(
        key=[f"demo_{n:06d}" for n in numbers],
        caption=[f"sun no. {n}, hill" for n in numbers],
        split=["train"] * (count - 2) + ["test"] * 2,
    )


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def items(frame: pd.DataFrame, *, pictures: bool = True) -> list[Item]:
    """Return posts as items, with their pictures or without."""
    return [
        Item(
            row["key"],
            {str(name): value for name, value in row.items()},
            row["caption"],
            row["ext"],
            picture(row["id"])[1] if pictures else None,
        )
        for row in frame.to_dict("records")
    ]


def about(**said: Any) -> About:
    """Return what a recipe says of the dataset."""
    steps = pd.DataFrame({"step": ["require"], "removed": [3], "kept": [6]})
    return About(**{"name": "suns", "steps": steps, **said})


def made(name: str, **options: Any) -> Format:
    """Return a format with options."""
    return FORMATS[name](**options)


def write(
    form: Format,
    folder: Path,
    frame: pd.DataFrame,
    *,
    size: int = 2,
    pictures: bool = True,
) -> list[Written]:
    """Write a dataset in shards, with all that stands beside them."""
    place, written = Place(folder), []
    for split in dict.fromkeys(frame["split"]):
        part = frame[frame["split"] == split]
        slices = [part[n : n + size] for n in range(0, len(part), size)]
        for index, each in enumerate(slices):
            shard = Shard(index, len(slices), split)
            written += form.write(shard, items(each, pictures=pictures), place)
    form.finish(place, put(frame, written), about())
    return written


def put(frame: pd.DataFrame, written: Sequence[Written]) -> pd.DataFrame:
    """Return the posts that were written, with where they are."""
    paths = {each.key: each.path for each in written if each.path}
    kept = frame[frame["key"].isin(list(paths))]
    return kept.assign(path=[paths[key] for key in kept["key"]])
