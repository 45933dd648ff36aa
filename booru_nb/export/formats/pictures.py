"""Whether a picture is what its post says, and can be shown at all.

Every picture is decoded once, since a site may have stored one that is damaged, and its
md5 is right then: a trainer would stumble over it. The libraries' quick checks take one
that was cut in half for whole.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.media.jpeg import abridged
from booru_nb.media.picture import measure

if TYPE_CHECKING:
    from booru_nb.export.parts import Item

MOST_PIXELS = 256 * 2**20
"""Pixels of an original; as numbers in memory they take a gigabyte."""

DECODED = 80_000_000
"""Pixels up to which a picture is decoded whose md5 is right; Pillow warns of more."""

PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "bmp", "avif"})
"""Extensions of pictures that Pillow decodes."""

_MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"BM",
)
_TEXT = (b"<", b"{", b"[", b'"')
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error)


def problem(item: Item) -> str:
    """Return why an original cannot be used; empty where it can, or is not there.

    Parameters
    ----------
    item : Item
        With `data`. Of its post, `md5` and `file_size` are held against it, where they
        are known.
    """
    data = item.data
    if data is None:
        return ""
    return _difference(item, data) or _damage(item, data)


def _difference(item: Item, data: bytes) -> str:
    """Return in what a file is not the one that its post names."""
    if not data:
        return "the file is empty"
    size, md5 = _known(item, "file_size"), _known(item, "md5")
    if size is not None and int(size) != len(data):
        return f"the file has {len(data)} bytes, not {size}"
    if md5 is not None and (item.md5 or _md5(data)) != md5:
        return "the file has another md5 than the post"
    return ""


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _damage(item: Item, data: bytes) -> str:
    """Return why a file is no picture, where it should be one."""
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_TEXT):
        return "the file is a web page or an answer of an API"
    if item.ext not in PICTURES:
        return ""
    if not _is_picture(data):
        return "the file is no picture"
    _, (width, height) = measure(data) or ("", (0, 0))
    if width * height > MOST_PIXELS:
        return f"the picture has {width} x {height} pixels, which is too much"
    if width * height > DECODED and _known(item, "md5") is not None:
        return ""
    return _undecodable(data)


def _known(item: Item, name: str) -> Any:  # noqa: ANN401 - a post has all types
    value = item.post.get(name)
    return None if value is None or value == "" or pd.isna(value) else value


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith(_MAGIC)
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or data[4:8] == b"ftyp"
    )


def _undecodable(data: bytes) -> str:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # put off

    try:
        with Image.open(io.BytesIO(abridged(data))) as image:
            width, height = image.size
            # A JPEG is read to its end all the same, in half the time.
            image.draft(None, (max(1, width // 8), max(1, height // 8)))
            image.load()
    except UnidentifiedImageError:  # its message names a place in memory
        return "the picture cannot be decoded (damaged at its beginning)"
    except (Image.DecompressionBombError, *_BROKEN) as error:
        said = str(error).splitlines()
        return f"the picture cannot be decoded ({said[0] if said else 'damaged'})"
    return ""
