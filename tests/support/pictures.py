"""Small drawn pictures, each of its own colour."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw


@dataclass(frozen=True)
class Drawn:
    """A drawn picture, as the grid and the details take it."""

    data: bytes
    mime: str = "image/jpeg"


def drawn(number: int, *, side: int = 180) -> Drawn:
    """Draw a sun of one of many colours over a horizon."""
    hue = number * 47 % 360
    image = Image.new("RGB", (side, side), f"hsl({hue}, 55%, 70%)")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, side * 2 // 3, side, side), fill=f"hsl({hue}, 40%, 35%)")
    place = side // 5 + number * 13 % (side // 2)
    pen.ellipse(
        (place, side // 4, place + side // 4, side // 2),
        fill=f"hsl({(hue + 180) % 360}, 80%, 75%)",
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return Drawn(out.getvalue())


def broken_avif() -> bytes:
    """Return an AVIF file whose picture is lost, though its size is told."""
    out = io.BytesIO()
    Image.effect_noise((40, 30), 40).convert("RGB").save(out, "AVIF")
    whole = out.getvalue()
    start = whole.index(b"mdat") + 4
    return whole[:start] + bytes(len(whole) - start)
