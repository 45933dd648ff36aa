"""A pen that draws with coordinates of its own on a Pillow image."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.drawn.pictures.colours import RGB, Colour

Point = tuple[float, float]
STRAIGHT = 2  # a line of so few points has no joints
ROUNDED = 6  # one of more points has bends so small that they need no joints
THIN = 5  # one of so few pixels has none that could be seen
SMALL = 120  # an arc of so small a radius, in pixels, needs few corners
SOLID = 3  # the length of a colour that covers what is under it


@lru_cache(maxsize=512)
def shape(text: str) -> tuple[Point, ...]:
    """Return points written as ``x,y x,y``, which takes less room than tuples."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


def mirrored(points: tuple[Point, ...], side: int) -> tuple[Point, ...]:
    """Return points on the other side of the middle, where `side` is -1."""
    return tuple((x * side, y) for x, y in points)


@lru_cache(maxsize=512)
def smooth(points: tuple[Point, ...], rounds: int = 2) -> tuple[Point, ...]:
    """Return a closed outline with its corners cut off, which looks drawn by hand."""
    for _ in range(rounds):
        cut: list[Point] = []
        for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
            cut.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
            cut.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
        points = tuple(cut)
    return points


@lru_cache(maxsize=512)
def smooth_line(points: tuple[Point, ...], rounds: int = 2) -> tuple[Point, ...]:
    """Return an open line with its bends cut off; its ends stay where they are."""
    for _ in range(rounds):
        cut = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            cut.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
            cut.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
        points = (*cut, points[-1])
    return points


@lru_cache(maxsize=4)
def _halo(size: int) -> Image.Image:
    """Return a mask that is bright in the middle and fades to its edge."""
    # The edge of Pillow's gradient has 180; only its corners have 255.
    fade = [int(255 * max(0.0, 1 - v / 179) ** 2) for v in range(256)]
    halo = Image.radial_gradient("L").point(fade)
    return halo.resize((size, size), Image.Resampling.BILINEAR)


class Pen:
    """Draws shapes with coordinates of its own: y grows downwards, as on a screen.

    Parameters
    ----------
    image : Image
        What to draw on, in mode RGB.
    x, y : float
        Where the pen's (0, 0) is, in pixels.
    scale : float
        Pixels a unit.
    flip : bool
        Whether left and right are swapped.
    """

    __slots__ = ("_across", "_clear", "_solid", "flip", "image", "scale", "x", "y")

    def __init__(
        self,
        image: Image.Image,
        *,
        x: float = 0.0,
        y: float = 0.0,
        scale: float,
        flip: bool = False,
    ) -> None:
        self.image = image
        self.x = x
        self.y = y
        self.scale = scale
        self.flip = flip
        self._across = -scale if flip else scale
        self._solid = ImageDraw.Draw(image)
        self._clear = ImageDraw.Draw(image, "RGBA")

    def at(self, x: float, y: float, size: float, *, flip: bool = False) -> Pen:
        """Return a pen whose (0, 0) is at (x, y) of this one; `size` is its unit."""
        pen = object.__new__(Pen)
        pen.image = self.image
        pen._solid = self._solid  # its twin
        pen._clear = self._clear  # its twin
        pen.x, pen.y = self._place(x, y)
        pen.scale = self.scale * size
        pen.flip = self.flip != flip
        pen._across = -pen.scale if pen.flip else pen.scale  # its twin
        return pen

    @property
    def width(self) -> float:
        """The width of the whole image, in this pen's units."""
        return self.image.width / self.scale

    @property
    def height(self) -> float:
        """The height of the whole image, in this pen's units."""
        return self.image.height / self.scale

    def polygon(self, points: Iterable[Point], fill: Colour) -> None:
        """Fill the shape between points."""
        # Most of the time goes by here, so nothing is called for each point.
        left, top, across, down = self.x, self.y, self._across, self.scale
        placed = [(left + x * across, top + y * down) for x, y in points]
        self._draw(fill).polygon(placed, fill)

    def blob(self, points: tuple[Point, ...], fill: Colour, *, rounds: int = 2) -> None:
        """Fill the shape between points, with its corners rounded off."""
        self.polygon(smooth(points, rounds), fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """Fill an ellipse around a middle."""
        px, py = self._place(x, y)
        rx *= self.scale
        ry *= self.scale
        self._draw(fill).ellipse((px - rx, py - ry, px + rx, py + ry), fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """Fill a circle around a middle."""
        self.oval(x, y, radius, radius, fill)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Colour) -> None:
        """Fill the rectangle between two corners."""
        (ax, ay), (bx, by) = self._place(x0, y0), self._place(x1, y1)
        corners = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        self._draw(fill).rectangle(corners, fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """Draw a line through points, of a width in units."""
        pixels = max(1, round(width * self.scale))
        placed = [self._place(x, y) for x, y in points]
        bent = STRAIGHT < len(placed) <= ROUNDED and pixels > THIN
        joint = "curve" if bent else None
        self._draw(fill).line(placed, fill, pixels, joint=joint)

    def curve(
        self, points: tuple[Point, ...], fill: Colour, width: float, *, rounds: int = 2
    ) -> None:
        """Draw a line through points, with its bends rounded off."""
        self.line(smooth_line(points, rounds), fill, width)

    def cap(
        self, x: float, y: float, radius: float, limit: float, fill: Colour
    ) -> None:
        """Fill the part of a circle that is above a limit."""
        turns = [math.pi * step / 24 for step in range(48)]
        rim = [(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns]
        self.polygon([(px, min(py, limit)) for px, py in rim], fill)

    def ring(
        self, x: float, y: float, radius: float, fill: Colour, width: float
    ) -> None:
        """Draw a circle's line, of a width in units."""
        px, py = self._place(x, y)
        r = radius * self.scale
        pixels = max(1, round(width * self.scale))
        self._draw(fill).ellipse((px - r, py - r, px + r, py + r), None, fill, pixels)

    def arc(
        self,
        middle: Point,
        radius: float,
        turn: tuple[float, float],
        fill: Colour,
        width: float,
    ) -> None:
        """Draw a part of a circle's line; `turn` is in degrees, 0 at the right."""
        steps = 8 if radius * self.scale < SMALL else 48
        first, last = (math.radians(angle) for angle in turn)
        angles = [first + (last - first) * step / steps for step in range(steps + 1)]
        ways = [(math.cos(angle), math.sin(angle)) for angle in angles]
        outer, inner = radius + width / 2, radius - width / 2
        x, y = middle
        rim = [(x + outer * dx, y + outer * dy) for dx, dy in ways]
        back = [(x + inner * dx, y + inner * dy) for dx, dy in reversed(ways)]
        self.polygon([*rim, *back], fill)

    def glow(
        self, x: float, y: float, radius: float, colour: RGB, strength: float = 1.0
    ) -> None:
        """Let light shine around a middle, softly fading out."""
        px, py = self._place(x, y)
        size = max(2, int(2 * radius * self.scale))
        mask = _halo(256).point([int(v * strength) for v in range(256)])
        mask = mask.resize((size, size), Image.Resampling.NEAREST)
        corner = (int(px - size / 2), int(py - size / 2))
        self.image.paste(colour, (*corner, corner[0] + size, corner[1] + size), mask)

    def veil(
        self, top: float, bottom: float, colour: RGB, strength: tuple[float, float]
    ) -> None:
        """Lay a colour over a band of the whole width; its strength goes from to."""
        first, last = max(0, int(top * self.scale)), int(bottom * self.scale)
        tall = min(last, self.image.height) - first
        column = Image.new("L", (1, 2))
        column.putdata([int(255 * part) for part in strength])
        column = column.resize((1, tall), Image.Resampling.BILINEAR)
        mask = column.resize((self.image.width, tall), Image.Resampling.NEAREST)
        self.image.paste(colour, (0, first, self.image.width, first + tall), mask)

    def _place(self, x: float, y: float) -> Point:
        return self.x + x * self._across, self.y + y * self.scale

    def _draw(self, fill: Colour) -> ImageDraw.ImageDraw:
        return self._solid if len(fill) == SOLID else self._clear
