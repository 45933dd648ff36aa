"""What sites have said: answers built here, or read from ``tests/sites/answers``.

That folder has one file an engine, which maps a name to a body: text stands for itself,
anything else for its JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

ANSWERS = Path(__file__).parents[1] / "sites" / "answers"
HOST = "https://booru.example.org"


def said(
    body: object = "",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    asked: httpx.Request | None = None,
) -> httpx.Response:
    """Return an answer with a body: bytes and text as they are, all else as JSON."""
    if isinstance(body, str):
        body = body.encode()
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = asked or httpx.Request("GET", HOST)
    return httpx.Response(status, content=content, headers=headers, request=request)


def recorded(engine: str) -> dict[str, Any]:
    """Return the bodies of an engine by their names, fresh for each caller."""
    found: dict[str, Any] = json.loads((ANSWERS / f"{engine}.json").read_text())
    return found
