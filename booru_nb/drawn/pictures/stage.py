"""What every part of a picture is drawn with, and the lines that land follows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from booru_nb.drawn.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.drawn.pictures.colours import RGB, Light, Palette
    from booru_nb.drawn.pictures.pen import Pen, Point
    from booru_nb.drawn.scene import Scene


@dataclass(frozen=True, slots=True)
class Stage:
    """A picture being drawn; its short side is 100 units.

    Parameters
    ----------
    pen : Pen
        Draws in units from the upper left corner.
    scene : Scene
        What to draw.
    palette : Palette
        In which colours.
    light : Light
        How they tint what stands in the picture.
    """

    pen: Pen
    scene: Scene
    palette: Palette
    light: Light

    @property
    def width(self) -> float:
        """The width of the picture, in units."""
        return self.pen.width

    @property
    def height(self) -> float:
        """The height of the picture, in units."""
        return self.pen.height

    def chance(self, part: str) -> Chance:
        """Return the chance of one part, which the other parts do not disturb."""
        return Chance(self.scene.seed, part)


class Ridge:
    """A line of hills from the left edge to the right one: ``ridge(x)`` is its y.

    Parameters
    ----------
    chance : Chance
        Decides the hills.
    base : float
        The height of the line on average.
    swing : float
        How far it goes up and down.
    length : float
        How wide a hill is.
    """

    def __init__(
        self, chance: Chance, base: float, swing: float, length: float
    ) -> None:
        self.base = base
        self.lowest = base + swing
        self._waves = [
            (
                swing * share,
                2 * math.pi / (length * pace),
                chance.number(0, 2 * math.pi),
            )
            for share, pace in ((0.62, 1.0), (0.28, 0.47), (0.10, 0.21))
        ]

    def __call__(self, x: float) -> float:
        """Return the y of the line at an x."""
        return self.base + sum(a * math.sin(f * x + p) for a, f, p in self._waves)

    def outline(self, width: float, bottom: float, steps: int = 44) -> list[Point]:
        """Return the shape of the land below the line."""
        points = [
            (width * i / steps, self(width * i / steps)) for i in range(steps + 1)
        ]
        return [(0.0, bottom), *points, (width, bottom)]


def gradient(pen: Pen, stops: Sequence[RGB], top: float, bottom: float) -> None:
    """Fill a band over the whole width with colours that blend downwards."""
    first = round(top * pen.scale)
    last = min(pen.image.height, round(bottom * pen.scale) + 1)
    if last <= first:
        return
    column = Image.new("RGB", (1, len(stops)))
    column.putdata(list(stops))
    column = column.resize((1, last - first), Image.Resampling.BICUBIC)
    wide = column.resize((pen.image.width, last - first), Image.Resampling.NEAREST)
    pen.image.paste(wide, (0, first))
