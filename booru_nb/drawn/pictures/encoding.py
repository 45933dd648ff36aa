"""Pictures as files: the original, and the smaller ones made for looking around."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from booru_nb.drawn.pictures.painter import paint

if TYPE_CHECKING:
    from booru_nb.drawn.scene import Scene

GRID = {(160, 128), (128, 128), (128, 160), (176, 132)}
"""The sizes in which pixel art is drawn before it is blown up."""

COLOURS = 48
SAMPLE_WIDTH = 850
BOXES = {"180x180": 180, "360x360": 360, "720x720": 720}
"""The longest side of each smaller picture."""


def extension(scene: Scene) -> str:
    """Return the kind of file of an original: ``png`` for pixel art, else ``jpg``."""
    return "png" if scene.style == "pixel_art" else "jpg"


def extension_of(scene: Scene, variant: str) -> str:
    """Return the kind of file that a variant is."""
    if variant == "original":
        return extension(scene)
    return "webp" if variant == "720x720" else "jpg"


def size_of(scene: Scene, variant: str) -> tuple[int, int]:
    """Return width and height of a variant in pixels, never above the original's.

    Parameters
    ----------
    scene : Scene
        What is on it.
    variant : str
        ``original``, ``sample`` or one of `BOXES`.
    """
    width, height = scene.width, scene.height
    if variant == "sample":
        share = min(1.0, SAMPLE_WIDTH / width)
    else:
        share = min(1.0, BOXES.get(variant, max(width, height)) / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def draw(scene: Scene, variant: str) -> bytes:
    """Return a picture as the bytes of its file.

    The same scene gives the same bytes, for one version of this code and of Pillow.

    Parameters
    ----------
    scene : Scene
        What is on it.
    variant : str
        ``original``, ``sample`` or one of `BOXES`.
    """
    kind = extension_of(scene, variant)
    size = size_of(scene, variant)
    if scene.style == "pixel_art":
        image = _pixel_art(scene, size if variant == "original" else None)
        if variant != "original":
            image = image.convert("RGB").resize(size, Image.Resampling.BOX)
    else:
        image = paint(scene, size)
    return _encode(image, kind, small=max(size) <= BOXES["360x360"])


def _pixel_art(scene: Scene, size: tuple[int, int] | None) -> Image.Image:
    """Return the picture in its few colours, blown up to a size where one is given."""
    shape = min(GRID, key=lambda g: abs(g[0] * scene.height - g[1] * scene.width))
    image = paint(scene, shape).quantize(COLOURS, dither=Image.Dither.NONE)
    return image.resize(size, Image.Resampling.NEAREST) if size else image


def _encode(image: Image.Image, kind: str, *, small: bool) -> bytes:
    file = io.BytesIO()
    if kind == "png":
        image.save(file, "PNG", compress_level=1)
    elif kind == "webp":
        image.save(file, "WEBP", quality=78, method=0)
    elif small:
        image.save(file, "JPEG", quality=90, subsampling=0)
    else:
        image.save(file, "JPEG", quality=80)
    return file.getvalue()
