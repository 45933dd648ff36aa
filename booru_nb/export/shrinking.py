"""Pictures made so small and grey that only what they show is left.

Most thumbnails are JPEG files, and most of the time goes into decoding them. A JPEG
decoder can leave out colours, and decode to a half, a quarter or an eighth of the size
at once; it is called here without Pillow's own reading of the header, which would take
a third of the time.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from booru_nb.errors import MediaError
from booru_nb.media.picture import MOST_PIXELS, read_picture

if TYPE_CHECKING:
    from booru_nb.media.picture import Size

SIDE = 32
"""Pixels of a side, as `imagehash.phash` has them."""

_SCALES = (8, 4, 2, 1)
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
# Tables, restart interval, what programs add, and comments. Each has a length.
_SEGMENTS = frozenset({0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)})
_MARK = 0xFF
_COLOURS = (1, 3)
_MALFORMED = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error)


def shrink(data: bytes) -> Image.Image:
    """Return a picture in 32 x 32 pixels of grey, of its first frame.

    Parameters
    ----------
    data : bytes
        The file: JPEG, PNG, GIF, WebP or AVIF.

    Raises
    ------
    MediaError
        If it is no picture, has too many pixels, or cannot be decoded.
    """
    read_picture(data, sender="Someone")
    try:
        return _shrink_jpeg(data) or _shrink_any(data)
    except (*_MALFORMED, Image.DecompressionBombError) as error:
        raise MediaError(f"A picture cannot be decoded: {error}.") from error


def _shrink_jpeg(data: bytes) -> Image.Image | None:
    """Return a JPEG file shrunk; None if it is another file, or an unusual one."""
    size = _plain_size(data)
    if size is None:
        return None
    width, height = size
    scale = next(n for n in _SCALES if n == 1 or min(size) >= n * SIDE)
    smaller = -(-width // scale), -(-height // scale)
    try:
        grey = Image.frombytes("L", smaller, data, "jpeg", "L", "", scale, 0)
    except ValueError:
        return None
    # The decoder rounds up, so its last row and column may lie half outside.
    box = (0, 0, width / scale, height / scale)
    return grey.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box)


def _plain_size(data: bytes) -> Size | None:
    """Return the size of a JPEG file of which no decoder can have another opinion.

    Releases of Pillow before 13 write beyond the picture where the decoder finds
    larger sides than it was told, so anything unusual before the frame is None.
    """
    if data[:2] != b"\xff\xd8":
        return None
    place = 2
    while place + 10 <= len(data) and data[place] == _MARK:
        marker, length = data[place + 1], data[place + 2] << 8 | data[place + 3]
        if marker in _FRAMES:
            _, height, width, colours = struct.unpack_from(">BHHB", data, place + 4)
            plain = colours in _COLOURS and length == 8 + 3 * colours
            small = 0 < width * height <= MOST_PIXELS
            return (width, height) if plain and small else None
        if marker not in _SEGMENTS or length < struct.calcsize(">H"):
            return None
        place += 2 + length
    return None


def _shrink_any(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as picture:
        # A frame may be larger than the header has said.
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("it is too large")
        draft = picture.draft("L", (SIDE, SIDE))
        grey = picture.convert("L")
    box = draft[1] if draft else None
    return grey.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box)
