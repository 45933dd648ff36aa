"""The pictures at their addresses: whole, or the part that is asked for."""

from __future__ import annotations

import re

from starlette.responses import Response

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
NAME = re.compile(
    r"(?:__.*__)?(?:sample-)?(?P<md5>[0-9a-f]{32})\.(?P<kind>jpg|png|webp)"
)
RANGE = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")


def picture_response(content: bytes, kind: str, wanted: str | None) -> Response:
    """Return the answer that holds a picture.

    Parameters
    ----------
    content : bytes
        The file.
    kind : str
        ``jpg``, ``png`` or ``webp``.
    wanted : str or None
        The header ``Range`` of the request: of one range, that part is sent.
    """
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "max-age=31536000"}
    asked = RANGE.fullmatch(wanted or "")
    if asked is None or not (asked["first"] or asked["last"]):
        return Response(content, media_type=TYPES[kind], headers=headers)
    size = len(content)
    if asked["first"]:
        first = int(asked["first"])
        last = min(int(asked["last"] or size - 1), size - 1)
    else:
        first, last = max(0, size - int(asked["last"])), size - 1
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part = content[first : last + 1]
    return Response(part, 206, media_type=TYPES[kind], headers=headers)
