"""JPEG files made short, so that it takes little time to see if one can be decoded.

A decoder puts up with wrong pixels, and refuses what it cannot use of what stands
before them, and an end that does not come, or comes where something else should stand.
So the beginning is left for it to read, and the end is looked for here (ITU-T T.81,
annex B).
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

KEPT = 512
"""Bytes of the picture itself that stay."""

_START = b"\xff\xd8"
_END = b"\xff\xd9"
_MARK = 0xFF
_FRAMES = frozenset({0xC0, 0xC1})
"""Those whose picture comes in one scan; others have tables later on."""
_SCAN = 0xDA
_PASSED = frozenset({0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)})
"""Tables, restart interval, comments, and what programs add."""
_BLOCK = 8
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What may not stand within a picture, but for its restarts."""


class _Frame(NamedTuple):
    """How many blocks of 8 x 8 pixels a picture has, and of how many colours."""

    blocks: int
    colours: int


def abridged(data: bytes) -> bytes:
    """Return a file that a decoder refuses if it refuses this one.

    Parameters
    ----------
    data : bytes
        Any file.

    Returns
    -------
    bytes
        A beginning with an end; or the file itself, if it is no JPEG, an unusual one,
        or one whose end is not there.
    """
    try:
        frame, scan = _found(data)
    except (struct.error, IndexError, ValueError):
        return data
    # Each block takes a bit at least, so an end that was put behind a mere beginning
    # does not count.
    enough = max(KEPT, frame.blocks // 8 + 1)
    found = _MARKER.search(data, scan)
    if found is None or found[0] != _END or found.start() < scan + enough:
        return data
    return data[: scan + KEPT] + _END


def _found(data: bytes) -> tuple[_Frame, int]:
    """Return the frame of a picture, and where its only scan begins.

    Raises
    ------
    ValueError, IndexError, struct.error
        If it is no JPEG file, or a segment is not as expected.
    """
    if not data.startswith(_START):
        raise ValueError
    place, frame = len(_START), None
    while True:
        mark, marker, length = struct.unpack_from(">BBH", data, place)
        if mark != _MARK or length < struct.calcsize(">H"):
            raise ValueError
        if marker in _FRAMES and frame is None:
            _, height, width, colours = struct.unpack_from(">BHHB", data, place + 4)
            frame = _Frame(-(-width // _BLOCK) * -(-height // _BLOCK), colours)
        elif marker == _SCAN and frame and data[place + 4] == frame.colours:
            return frame, place + 2 + length
        elif marker not in _PASSED:
            raise ValueError
        place += 2 + length
