"""Perceptual hashes: 64 bits that say what a picture shows.

The hash is that of `imagehash.phash`, the discrete cosine transform's, after
C. Zauner, *Implementation and Benchmarking of Perceptual Image Hash Functions* (2010):
of a picture in 32 x 32 pixels of grey, the 8 x 8 lowest frequencies, and of each
whether it is above their median. Pictures are made small in a faster way here, so
a hash may differ from the original's in a bit or two.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from booru_nb.errors import MediaError
from booru_nb.export.shrinking import SIDE, shrink

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Hashes: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]

_LOW = 8
_CHUNK = 1024
# Below this, what is left of a frequency that a picture has not is rounding.
_DECIMALS = 6

_WAVES: Floats = 2 * np.cos(
    np.pi * np.outer(np.arange(_LOW), 2 * np.arange(SIDE) + 1) / (2 * SIDE)
)
"""The first rows of the cosine transform (type II), by frequency and pixel."""


def hashes(pictures: Iterable[bytes]) -> np.ma.MaskedArray[Any, np.dtype[np.uint64]]:
    """Return the perceptual hash of each picture.

    Parameters
    ----------
    pictures : iterable of bytes
        The files. They are read one after the other, and not kept.

    Returns
    -------
    masked array of uint64
        In the order of the pictures: ``int(str(imagehash.phash(picture)), 16)``, but
        for a bit or two. Masked, and 0 below, where a file is no picture, is too large
        or cannot be decoded. Of no pictures, an empty array.
    """
    left = iter(pictures)
    found, unknown = [np.empty(0, np.uint64)], [np.empty(0, np.bool)]
    while chunk := list(islice(left, _CHUNK)):
        grey = [_grey(data) for data in chunk]
        known = np.array([each is not None for each in grey])
        values = np.zeros(len(chunk), np.uint64)
        values[known] = _hashes([each for each in grey if each is not None])
        found.append(values)
        unknown.append(~known)
    return np.ma.MaskedArray(np.concatenate(found), mask=np.concatenate(unknown))


def _grey(data: bytes) -> bytes | None:
    try:
        return shrink(data).tobytes()
    except MediaError:
        return None


def _hashes(grey: Sequence[bytes]) -> Hashes:
    """Return the hashes of pictures of 32 x 32 bytes."""
    pixels = np.frombuffer(b"".join(grey), np.uint8).reshape(-1, SIDE, SIDE)
    waves = _WAVES @ pixels.astype(np.float64) @ _WAVES.T
    lowest = waves.reshape(len(grey), _LOW * _LOW).round(_DECIMALS)
    bits = lowest > np.median(lowest, axis=1, keepdims=True)
    # The first bit is the highest.
    return np.packbits(bits, axis=1).view(">u8").astype(np.uint64).ravel()
