"""A booru of many originals, at once or after 50 ms, for programs that download them.

``python -m tests.benchmarks.peer_server PORT COUNT``

- ``/posts.json?tags=plain&limit=200&page=2`` is answered as Danbooru does; the first
  tag, ``plain`` or ``late``, says where the files of these posts are.
- ``/plain/N.jpg`` answers at once; ``/late/N.jpg``, and a search for it, after 50 ms.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import sys
from typing import Any, ClassVar, cast
from urllib.parse import parse_qs

from PIL import Image

END = b"\r\n\r\n"
LATE = 0.05
SIDES = (1400, 1000)
TARGET = re.compile(rb"GET /(\w+)(?:/(\d+)\.jpg|\.json\?(\S*))")


def drawn() -> bytes:
    """Return a JPEG file of grain, of about 300 kB."""
    channels = [Image.effect_noise(SIDES, sigma) for sigma in (18, 22, 26)]
    out = io.BytesIO()
    Image.merge("RGB", channels).save(out, "JPEG", quality=72)
    return out.getvalue()


def comment(number: int) -> bytes:
    """Return a segment of a JPEG file that tells it from the others."""
    text = f"{number:012d}".encode()
    return b"\xff\xfe" + (len(text) + 2).to_bytes(2) + text


class Booru(asyncio.Protocol):
    """Answers one request after another."""

    picture = b""
    posts: ClassVar[dict[str, list[dict[str, Any]]]] = {}

    def __init__(self) -> None:
        self._rest = b""

    @classmethod
    def publish(cls, base: str, count: int) -> None:
        """Have posts, the newest first."""
        cls.picture = drawn()
        sums = [hashlib.md5(b"".join(cls.original(n))) for n in range(1, count + 1)]  # noqa: S324
        for kind in ("plain", "late"):
            cls.posts[kind] = [
                _post(n, sums[n - 1].hexdigest(), f"{base}/{kind}/{n}.jpg")
                for n in range(count, 0, -1)
            ]

    @classmethod
    def original(cls, number: int) -> tuple[bytes, bytes]:
        """Return a file in two parts, of which the second is the same for all."""
        # Behind the first segment, by which some programs know a JPEG file.
        at = 4 + int.from_bytes(cls.picture[4:6])
        return cls.picture[:at] + comment(number), cls.picture[at:]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        *requests, self._rest = (self._rest + data).split(END)
        for request in requests:
            self._answer(request)

    def _answer(self, request: bytes) -> None:
        found = TARGET.match(request)
        if found is None:
            self._send("404 Not Found", "text/plain", b"no")
        elif found[2] is not None:
            self._later(found[1], "image/jpeg", *self.original(int(found[2])))
        else:
            asked = parse_qs(found[3].decode())
            kind = asked["tags"][0].split()[0]
            page = json.dumps(_page(self.posts[kind], asked)).encode()
            self._later(kind.encode(), "application/json", page)

    def _later(self, kind: bytes, mime: str, *parts: bytes) -> None:
        if kind == b"late":
            loop = asyncio.get_running_loop()
            loop.call_later(LATE, self._send, "200 OK", mime, *parts)
        else:
            self._send("200 OK", mime, *parts)

    def _send(self, status: str, mime: str, *parts: bytes) -> None:
        length = sum(map(len, parts))
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n"
            f"Content-Length: {length}\r\n\r\n"
        )
        self._transport.write(head.encode() + parts[0])
        for part in parts[1:]:
            self._transport.write(part)


def _post(number: int, md5: str, url: str) -> dict[str, Any]:
    return {
        "id": number,
        "created_at": "2024-05-01T12:00:00.000+00:00",
        "rating": "g",
        "score": number % 50,
        "source": "",
        "md5": md5,
        "tag_string": "grain someone",
        "tag_string_general": "grain",
        "tag_string_artist": "someone",
        "tag_string_character": "",
        "tag_string_copyright": "",
        "tag_string_meta": "",
        "image_width": SIDES[0],
        "image_height": SIDES[1],
        "file_ext": "jpg",
        "file_size": sum(map(len, Booru.original(number))),
        "file_url": url,
        "large_file_url": url,
    }


def _page(
    posts: list[dict[str, Any]], asked: dict[str, list[str]]
) -> list[dict[str, Any]]:
    """Return a page by its number, or what is below a post."""
    limit = int(asked.get("limit", ["20"])[0])
    page = asked.get("page", ["1"])[0]
    if page.startswith("b"):
        start = len(posts) + 1 - int(page[1:])
    else:
        start = (int(page) - 1) * limit
    return posts[start : start + limit]


async def main(port: int, count: int) -> None:
    """Serve until the process is ended."""
    Booru.publish(f"http://127.0.0.1:{port}", count)
    loop = asyncio.get_running_loop()
    serving = await loop.create_server(Booru, "127.0.0.1", port, backlog=2048)
    await serving.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
