"""Ugoira: a ZIP of pictures that are shown one after another, made a moving picture.

The frames come in the order of their names. How long each is shown stands in an
``animation.json`` of the archive, as downloaders of Pixiv write it; most boorus keep it
elsewhere, and a frame is shown for `DELAY` then.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from booru_nb.errors import MediaError
from booru_nb.media.proof import MOST_FRAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image

DELAY = 80
"""Milliseconds of a frame of which nothing is said."""

MOST_PIXELS = 2**31
"""Pixels of all frames together; some minutes of work."""

_MOST_OF_A_FRAME = 25_000_000
_MOST_BYTES = 50 * 2**20
_LONGEST = 60_000
_FRAMES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
_TIMES = "animation.json"


def convert(source: Path, target: Path) -> None:
    """Make an animated WebP of an ugoira.

    Parameters
    ----------
    source : Path
        The archive, which stays as it is.
    target : Path
        The file to be written.

    Raises
    ------
    MediaError
        If the archive is damaged, has no frames, or is too much to be unpacked.
    OSError
        If a file cannot be read or written.
    """
    try:
        with zipfile.ZipFile(source) as archive, catch_warnings():
            simplefilter("ignore")  # what Pillow finds odd is the site's affair
            _write(archive, target)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise MediaError(f"{source.name} is no ugoira ({error}).") from None


def _write(archive: zipfile.ZipFile, target: Path) -> None:
    names = frames(archive)
    known = delays(archive)
    shown = [known.get(PurePosixPath(name).name, DELAY) for name in names]
    first = next(_pictures(archive, names[:1]))
    first.save(
        target,
        "WEBP",
        save_all=True,
        append_images=_pictures(archive, names[1:]),
        duration=shown if len(shown) > 1 else shown[0],
        loop=0,
        quality=90,
        method=2,
    )


def frames(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of an archive's pictures, in order.

    Raises
    ------
    MediaError
        If it has none, or too many.
    """
    names = sorted(
        member.filename
        for member in archive.infolist()
        if not member.is_dir()
        and PurePosixPath(member.filename).suffix.lower() in _FRAMES
    )
    if not names or len(names) > MOST_FRAMES:
        raise MediaError(
            f"An ugoira has 1 to {MOST_FRAMES:,} frames, not {len(names)}."
        )
    return names


def delays(archive: zipfile.ZipFile) -> dict[str, int]:
    """Return the milliseconds of each frame, by its name, as far as they are said."""
    if _TIMES not in archive.namelist():
        return {}
    try:
        said: Any = json.loads(_read(archive, _TIMES))
        listed = said if isinstance(said, list) else said["frames"]
        return {
            str(frame["file"]): min(max(int(frame["delay"]), 1), _LONGEST)
            for frame in listed
        }
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise MediaError(f"{name[:80]!r} in an ugoira is too large.")
    return content


def _pictures(archive: zipfile.ZipFile, names: list[str]) -> Iterator[Image]:
    """Give the frames one by one, so that only one is unpacked at a time."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  put off till needed

    total = 0
    size: tuple[int, int] | None = None
    for name in names:
        try:
            with Image.open(io.BytesIO(_read(archive, name))) as picture:
                pixels = picture.width * picture.height
                total += pixels
                if pixels > _MOST_OF_A_FRAME or total > MOST_PIXELS:
                    raise MediaError("The frames of an ugoira have too many pixels.")
                frame = picture.convert("RGB")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise MediaError(
                f"The frame {name[:80]!r} of an ugoira is damaged ({error})."
            ) from None
        size = size or frame.size
        yield frame if frame.size == size else frame.resize(size)
