"""Whether a file is what it should be, as far as its bytes tell.

An md5 that its site names is proof. Where there is none, a picture is decoded: the
libraries' quick checks take one that was cut in half for whole. Pictures and archives
that would be enormous when decoded are refused, md5 or not.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from booru_nb.errors import BadAnswerError, MediaError
from booru_nb.media.formats import ENOUGH, Format, format_of, is_svg, is_text
from booru_nb.media.picture import description, measure

if TYPE_CHECKING:
    from typing import BinaryIO

MOST_PIXELS = 256 * 2**20
"""Pixels of an original; as numbers in memory they take a gigabyte."""

MOST_UNPACKED = 2**30
"""Bytes of all that an archive holds."""

MOST_FRAMES = 5_000
"""Files that an archive holds."""

_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,  # of the library for AVIF
    struct.error,
    zlib.error,
)
_HEADER = 2**18
_DECODED = 50_000_000
"""Pixels up to which a picture without an md5 is decoded."""


def check_start(start: bytes, host: str, *, svg: bool, proven: bool) -> None:
    """Refuse what by its first bytes is no file of a booru.

    Parameters
    ----------
    start : bytes
        `formats.ENOUGH` bytes, or all that there are.
    host : str
        Who sent it.
    svg : bool
        Whether it should be a drawing in text.
    proven : bool
        Whether an md5 will tell if it is the right one; an unknown format is let pass
        then.

    Raises
    ------
    MediaError
        If it is none.
    """
    if svg and is_svg(start):
        return
    if is_text(start) or (format_of(start) is None and not proven):
        raise MediaError(f"{host!r} sent {description(start)} instead of the file.")


def check_whole(file: BinaryIO, host: str, *, proven: bool) -> Format | None:
    """Return what a whole file is, and refuse one that is a bomb or damaged.

    Raises
    ------
    BadAnswerError
        If it has too many pixels, or unpacks to too much.
    MediaError
        If it is damaged.
    """
    start = file.read(_HEADER)
    found = format_of(start[:ENOUGH]) or format_of(start)
    if found is not None and found.is_picture:
        _check_picture(file, start, host, proven=proven)
    elif found is not None and found.ext == "zip":
        _check_archive(file, host)
    return found


def _check_picture(file: BinaryIO, start: bytes, host: str, *, proven: bool) -> None:
    _, (width, height) = measure(start) or ("", (0, 0))
    if width * height > MOST_PIXELS:
        pixels = f"{width:,} x {height:,} pixels"
        raise BadAnswerError(f"{host!r} sent a picture of {pixels}, which is too much.")
    if proven or not 0 < width * height <= _DECODED:
        return
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  put off till needed

    try:
        with catch_warnings(), Image.open(file) as image:
            simplefilter("ignore")  # what Pillow finds odd is the site's affair
            image.load()
    except UnidentifiedImageError:
        return  # a format that this Pillow cannot read
    except Image.DecompressionBombError as error:  # its header had told less
        raise BadAnswerError(f"{host!r} sent too large a picture ({error}).") from None
    except _BROKEN as error:
        raise MediaError(f"{host!r} sent a damaged picture ({error}).") from None


def _check_archive(file: BinaryIO, host: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise MediaError(f"{host!r} sent a damaged archive ({error}).") from None
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or len(members) > MOST_FRAMES:
        raise BadAnswerError(
            f"{host!r} sent an archive of {len(members):,} files and {unpacked:,} "
            "bytes, which is too much."
        )
