"""Asking the demo booru in process, without a server."""

from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import httpx

from booru_nb import drawn

if TYPE_CHECKING:
    from booru_nb.drawn.app import DemoApp

Params = dict[str, str] | None


def ask(
    app: DemoApp, path: str, params: Params = None, *, headers: Params = None
) -> httpx.Response:
    """Return the answer of an app in this process."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=drawn.URL) as client:
            return await client.get(path, params=params, headers=headers)

    return asyncio.run(send())


def found(app: DemoApp, tags: str, **params: str) -> list[int]:
    """Return the ids of the posts that a search finds."""
    answer = ask(app, "/posts.json", {"tags": tags, "only": "id", **params})
    return [row["id"] for row in answer.raise_for_status().json()]


def xml_of(answer: httpx.Response) -> ET.Element:
    """Return the root of an answer in XML."""
    return ET.fromstring(answer.text)  # noqa: S314  # it is our own
