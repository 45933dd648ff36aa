"""Documents to be imported, and what a report says of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from booru_nb.post import Post, Rating, Status

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

HEAD = {"format": "booru_nb library", "version": 1}


def whole_post(number: int = 1, site: str = "danbooru", **values: Any) -> Post:
    usual: dict[str, Any] = {
        "also_on": ("e926:77",),
        "rating": Rating.SENSITIVE,
        "score": 0,
        "favorites": 5,
        "tags": ("=_=", "anna_alder", "nan", "null", "雲"),
        "categories": {"anna_alder": "artist", "nan": "general", "null": "lore"},
        "width": 1200,
        "height": 900,
        "ext": "jpg",
        "md5": "0" * 32,
        "file_size": 123_456,
        "source": "=1+1\nsecond line",
        "parent_id": 3,
        "uploader": "007",
        "created_at": datetime(2024, 5, 1, 12, 0, 0, 1, tzinfo=UTC),
        "preview_url": "https://a.test/p.jpg",
        "sample_url": "https://a.test/s.jpg",
        "file_url": "https://a.test/o.jpg",
        "post_url": "https://a.test/posts/1",
        "status": Status.FLAGGED,
    }
    return Post(site=site, id=number, **(usual | values))


def document(tmp_path: Path, **parts: Any) -> Path:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(HEAD | parts))
    return path


def counts(report: pd.DataFrame, subject: str) -> dict[str, int]:
    first = report[report["subject"] == subject].iloc[0]
    return {name: int(first[name]) for name in report.columns[1:6] if first[name]}
