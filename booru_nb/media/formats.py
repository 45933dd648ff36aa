"""What a file is, told by its first bytes: a picture, a video, a ZIP, or nothing good.

Servers answer with a page of HTML and status 200 where a file was, and call it
``image/jpeg``; so what a file is called counts for nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from booru_nb.media.picture import description, measure

ENOUGH = 1024
"""Bytes that tell what a file is."""

EXTENSIONS = frozenset(
    """
    jpg jpeg jpe jfif png apng gif webp avif jxl bmp svg heic heif tif tiff
    mp4 m4v mov webm mkv avi ogv mpg mpeg flv swf zip
    """.strip().split()
)
"""Extensions of files that boorus have. A site's other words are not believed."""

_PICTURES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
}
_STARTS = (
    (b"\x1a\x45\xdf\xa3", "webm"),
    (b"PK\x03\x04", "zip"),
    (b"FWS", "swf"),
    (b"CWS", "swf"),
    (b"ZWS", "swf"),
    (b"FLV\x01", "flv"),
    (b"OggS", "ogv"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x00\x00\x01\xba", "mpg"),
)
_STILL = frozenset({"heic", "heix", "mif1", "msf1"})
_LARGE = frozenset({"mp4", "mov", "webm", "swf", "zip", "flv", "ogv", "avi", "mpg"})


class Format(NamedTuple):
    """What a file is.

    Attributes
    ----------
    ext : str
        The extension that such files have.
    is_picture : bool
        Whether it is one that can be measured here.
    """

    ext: str
    is_picture: bool = False


def format_of(start: bytes) -> Format | None:
    """Return what a file is whose first bytes these are; None where that is unknown."""
    found = measure(start)
    if found is not None:
        return Format(_PICTURES[found[0]], is_picture=True)
    for magic, ext in _STARTS:
        if start.startswith(magic):
            return Format(ext)
    if start[4:8] == b"ftyp":
        brand = start[8:12].decode("latin-1")
        return Format(
            "heic" if brand in _STILL else "mov" if brand == "qt  " else "mp4"
        )
    if start.startswith(b"RIFF") and start[8:12] == b"AVI ":
        return Format("avi")
    if start.startswith(b"BM") and start[6:10] == b"\0\0\0\0":
        return Format("bmp")
    return None


def is_text(start: bytes) -> bool:
    """Tell whether this is a page, or an answer of an API, and so surely no file."""
    said = description(start)
    return "web page" in said or said in {"JSON", "an empty file"}


def is_svg(start: bytes) -> bool:
    """Tell whether this is a drawing in text."""
    return description(start) == "an SVG drawing"


def is_large(ext: str | None) -> bool:
    """Tell whether files of this extension are larger than pictures."""
    return ext in _LARGE or ext in {"m4v", "mkv", "mpeg"}
