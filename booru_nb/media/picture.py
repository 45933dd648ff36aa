"""What a picture is, told by its first bytes; nothing is decoded here.

Servers answer with a page of HTML and status 200 where a picture was, and call it
``image/jpeg``; so what a file is called counts for nothing. A file whose header claims
more pixels than a browser can hold is refused, however few bytes it has.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from booru_nb.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PIXELS = 50_000_000
"""More than any thumbnail or sample has; decoded they take 200 MB."""

Size: TypeAlias = tuple[int, int]

# By the first bytes, in lower case and without leading white space.
_NOT_PICTURES = (
    (b"<", "a web page (HTML or XML)"),
    (b"{", "JSON"),
    (b"[", "JSON"),
    (b'"', "JSON"),
    (b"\x1ae\xdf\xa3", "a video (WebM)"),
    (b"flv", "a video (Flash)"),
    (b"fws", "a Flash film"),
    (b"cws", "a Flash film"),
    (b"pk\x03\x04", "a ZIP archive"),
    (b"%pdf", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
)
_AVIF_HEADER = 65_536
_MARKERS_WITH_SIZE = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKERS_ALONE = frozenset(range(0xD0, 0xD9)) | {0x01}
_MARK = 0xFF
_LOSSLESS = 0x2F


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a browser can show it.

    Attributes
    ----------
    data : bytes
        The file.
    mime : str
        What it is, such as ``image/jpeg``.
    """

    data: bytes
    mime: str

    def __repr__(self) -> str:
        return f"Picture({self.mime}, {len(self.data):,} bytes)"


def read_picture(data: bytes, *, sender: str = "The site") -> Picture:
    """Return a file as the picture that it is.

    Parameters
    ----------
    data : bytes
        The file: JPEG, PNG, GIF, WebP or AVIF.
    sender : str
        Who sent it, for the message.

    Raises
    ------
    MediaError
        If it is something else, which the message names, or is damaged, or has more
        pixels than `MOST_PIXELS`.
    """
    found = measure(data)
    if found is None:
        raise MediaError(f"{sender} sent {description(data)} instead of a picture.")
    mime, (width, height) = found
    if not width or not height:
        raise MediaError(f"{sender} sent a damaged picture ({mime}).")
    if width * height > MOST_PIXELS:
        pixels = f"{width} x {height} pixels"
        raise MediaError(f"{sender} sent a picture of {pixels}, which is too large.")
    return Picture(data, mime)


def measure(data: bytes) -> tuple[str, Size] | None:
    """Return the type and size of a picture whose first bytes these are.

    Returns
    -------
    (str, (int, int)) or None
        What it is, such as ``image/jpeg``, and its width and height, which are 0 where
        these bytes do not tell them; None if it is no picture.
    """
    kind = next((kind for kind in _FORMATS if kind.fits(data)), None)
    if kind is None:
        return None
    try:
        return kind.mime, kind.size(data)
    except (struct.error, IndexError, ValueError):
        return kind.mime, (0, 0)


def description(data: bytes) -> str:
    """Return in words what a file is that is no picture."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "an empty file"
    if data[4:8] == b"ftyp":
        return "a video (MP4)"
    if b"<svg" in start:
        return "an SVG drawing"
    names = (name for magic, name in _NOT_PICTURES if start.startswith(magic))
    return next(names, "a file of an unknown format")


def _jpeg_size(data: bytes) -> Size:
    place = 2
    while True:
        if data[place] != _MARK:
            raise ValueError
        marker = data[place + 1]
        if marker == _MARK:  # a fill byte
            place += 1
        elif marker in _MARKERS_ALONE:
            place += 2
        elif marker in _MARKERS_WITH_SIZE:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        else:
            place += 2 + struct.unpack_from(">H", data, place + 2)[0]


def _png_size(data: bytes) -> Size:
    if data[12:16] != b"IHDR":
        raise ValueError
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif_size(data: bytes) -> Size:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _webp_size(data: bytes) -> Size:
    kind = data[12:16]
    if kind == b"VP8X":
        number = int.from_bytes(data[24:30], "little")
        return (number & 0xFFFFFF) + 1, (number >> 24) + 1
    if kind == b"VP8L" and data[20] == _LOSSLESS:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError


def _avif_size(data: bytes) -> Size:
    """Return the largest of the sizes in a file: that of the picture itself."""
    sizes = []
    place = data.find(b"ispe", 0, _AVIF_HEADER)
    while place >= 0:
        width, height = struct.unpack_from(">II", data, place + 8)
        sizes.append((width * height, width, height))
        place = data.find(b"ispe", place + 4, _AVIF_HEADER)
    _, width, height = max(sizes)
    return width, height


def _is_avif(data: bytes) -> bool:
    brands = data[8:12], *(data[i : i + 4] for i in range(16, 64, 4))
    return data[4:8] == b"ftyp" and bool({b"avif", b"avis"} & set(brands))


class _Format(NamedTuple):
    mime: str
    fits: Callable[[bytes], bool]
    size: Callable[[bytes], Size]


_FORMATS = (
    _Format("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg_size),
    _Format("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), _png_size),
    _Format(
        "image/webp",
        lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP",
        _webp_size,
    ),
    _Format(
        "image/gif", lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif_size
    ),
    _Format("image/avif", _is_avif, _avif_size),
)
