"""The quickest server of thumbnails that asyncio can be: every answer is the same.

``python thumbnail_server.py PORT SIZE``
"""

from __future__ import annotations

import asyncio
import struct
import sys
from typing import cast

END = b"\r\n\r\n"


def picture(size: int) -> bytes:
    """Return the start of a JPEG of 150 x 150 pixels, filled up to so many bytes."""
    header = struct.pack(">HHHBHHB", 0xFFD8, 0xFFC0, 17, 8, 150, 150, 3)
    return header.ljust(size, b"\0")


class Thumbnails(asyncio.Protocol):
    """Answers every request, read no further than to its end."""

    answer = b""

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Write an answer for each request that is whole."""
        received = self._rest + data
        count = received.count(END)
        self._rest = received.rpartition(END)[2]
        if count:
            self._transport.write(self.answer * count)


async def main(port: int, size: int) -> None:
    """Serve until the process is ended."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {size}"
    Thumbnails.answer = head.encode() + END + picture(size)
    loop = asyncio.get_running_loop()
    serving = await loop.create_server(Thumbnails, "127.0.0.1", port, backlog=2048)
    await serving.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
