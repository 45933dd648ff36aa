"""A server of originals, with faults, a limit or a delay as the path says.

``python download_server.py PORT SIZE``

- ``/plain/N.jpg`` answers at once, ``/late/N.jpg`` after 50 ms.
- ``/bad/N.jpg`` fails now and then: 8 % 503, 5 % dropped, 5 % cut, 3 % a page of HTML
  with status 200, 2 % 429 with ``Retry-After: 1``.
- ``/limited/N.jpg`` answers 60 requests in any second, and the others with 429.
- ``/stats`` says what was asked and sent since it was asked that before.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import struct
import sys
from collections import Counter, deque
from functools import lru_cache
from typing import ClassVar, cast

END = b"\r\n\r\n"
LATE = 0.05
LIMIT = 60
PAGE = b"<!DOCTYPE html><html><body>Please wait.</body></html>"
TARGET = re.compile(rb"GET /(\w+)/?(\d*)")
RANGE = re.compile(rb"\r\nrange: bytes=(\d+)-", re.IGNORECASE)


@lru_cache(maxsize=4096)
def original(number: int, size: int) -> bytes:
    """Return a JPEG by its first bytes, each its own, of so many bytes."""
    header = struct.pack(">HHHBHHB", 0xFFD8, 0xFFC0, 17, 8, 1000, 1400, 3)
    return header + random.Random(number).randbytes(size - len(header))  # noqa: S311


def md5(number: int, size: int) -> str:
    """Return the md5 of an original."""
    return hashlib.md5(original(number, size), usedforsecurity=False).hexdigest()


class Originals(asyncio.Protocol):
    """Answers one request after another."""

    size = 0
    chance = random.Random(7)  # noqa: S311  the same faults each time
    stats: ClassVar[Counter[str]] = Counter()
    times: ClassVar[deque[float]] = deque()

    def __init__(self) -> None:
        self._rest = b""

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
        kind, number = (found[1].decode(), found[2]) if found else ("", b"")
        if kind == "stats":
            self._send(200, json.dumps(self.stats).encode(), kind="application/json")
            self.stats.clear()
            return
        self.stats["requests"] += 1
        asked = RANGE.search(request)
        start = int(asked[1]) if asked else 0
        content = original(int(number), self.size)
        if kind == "late":
            loop = asyncio.get_running_loop()
            loop.call_later(LATE, self._file, content, start)
        elif kind == "limited" and self._too_many():
            self._refuse(429, b"Retry-After: 1\r\n")
        elif kind == "bad":
            self._badly(content, start)
        else:
            self._file(content, start)

    def _badly(self, content: bytes, start: int) -> None:
        drawn = self.chance.random() * 100
        if drawn < 8:
            self._refuse(503, b"")
        elif drawn < 13:
            self.stats["dropped"] += 1
            self._transport.abort()
        elif drawn < 18:
            self.stats["cut"] += 1
            self._file(content, start, share=self.chance.random())
            self._transport.close()
        elif drawn < 21:
            self.stats["pages"] += 1
            self._send(200, PAGE, kind="image/jpeg")
        elif drawn < 23:
            self._refuse(429, b"Retry-After: 1\r\n")
        else:
            self._file(content, start)

    def _too_many(self) -> bool:
        now = asyncio.get_running_loop().time()
        while self.times and self.times[0] <= now - 1:
            self.times.popleft()
        if len(self.times) >= LIMIT:
            return True
        self.times.append(now)
        return False

    def _refuse(self, status: int, header: bytes) -> None:
        self.stats[str(status)] += 1
        self._send(status, b"no", kind="text/plain", header=header)

    def _file(self, content: bytes, start: int, *, share: float = 1.0) -> None:
        whole = content[start:]
        header = b""
        if start:
            place = f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}"
            header = place.encode() + b"\r\n"
        sent = whole[: int(len(whole) * share)]
        self.stats["bytes"] += len(sent)
        self._send(206 if start else 200, sent, length=len(whole), header=header)

    def _send(
        self,
        status: int,
        body: bytes,
        *,
        kind: str = "image/jpeg",
        length: int | None = None,
        header: bytes = b"",
    ) -> None:
        head = (
            f'HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\nETag: "1"\r\n'
            f"Content-Length: {len(body) if length is None else length}\r\n"
        )
        self._transport.write(head.encode() + header + b"\r\n" + body)


async def main(port: int, size: int) -> None:
    """Serve until the process is ended."""
    Originals.size = size
    loop = asyncio.get_running_loop()
    serving = await loop.create_server(Originals, "127.0.0.1", port, backlog=2048)
    await serving.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
