"""A window seen from inside, and plain backgrounds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import PALETTES, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.stage import Ridge

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.colours import RGB, Light
    from booru_nb.drawn.pictures.stage import Stage
    from booru_nb.drawn.scene import Scene

FRAME = rgb("f7f2e8")
ROD = rgb("6e4e3a")
CLOTHS = tuple(rgb(name) for name in ["d66056", "ecc46e", "7aa496", "e8e2d6", "8a7eb4"])
PANE = (0.16, 0.84, 0.09, 0.76)
"""Where a window is: left, right, top and sill, as parts of the picture."""


def pane(size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return left, right, top and sill of the window in a picture of a size."""
    wide, tall = size
    return PANE[0] * wide, PANE[1] * wide, PANE[2] * tall, PANE[3] * tall


def wall(scene: Scene, light: Light) -> RGB:
    """Return the colour of the wall around a window."""
    palette = PALETTES[scene.palette]
    dim = mix(palette.near, palette.sky[0], 0.35)
    return dim if light.lit else mix(dim, WHITE, 0.72)


def window(stage: Stage) -> Ridge:
    """Draw a window's frame, its sill to stand on, and curtains."""
    pen, palette = stage.pen, stage.palette
    tall = stage.height
    left, right, top, sill = pane((stage.width, tall))
    frame = stage.light.tint(FRAME)
    middle, bar = (left + right) / 2, top + (sill - top) * 0.36
    pen.box(left - 2.2, top - 2.2, left, sill, frame)
    pen.box(right, top - 2.2, right + 2.2, sill, frame)
    pen.box(left - 2.2, top - 2.2, right + 2.2, top, frame)
    pen.box(middle - 0.9, top, middle + 0.9, sill, frame)
    pen.box(left, bar, right, bar + 1.5, frame)
    pen.box(left - 6, sill, right + 6, sill + 4.5, frame)
    pen.box(left - 6, sill + 4.5, right + 6, sill + 6, mix(frame, palette.near, 0.4))
    for side, x in ((1, left), (-1, right)):
        _curtain(stage, x, side, top - 4, min(tall, sill + 14))
    pen.box(left - 13, top - 6, right + 13, top - 4, stage.light.tint(ROD))
    return Ridge(stage.chance("sill"), sill + 2.6, 0.0, 90)


def _curtain(stage: Stage, x: float, side: int, top: float, foot: float) -> None:
    """Draw a curtain outside of `x`; `side` is where the window is."""
    cloth = stage.light.tint(stage.chance("curtain").pick(CLOTHS))
    edge = []
    for step in range(11):
        reach = 5.5 - 4 * math.sin(step * math.pi / 10)
        edge.append((x + side * reach, top + (foot - top) * step / 10))
    outside = x - side * 11
    stage.pen.polygon([(outside, top), *edge, (outside, foot)], cloth)
    fold = stage.light.dark(cloth, 0.2)
    for nth in range(3):
        at = x - side * (8 - 4 * nth)
        stage.pen.line(((at, top + 1), (at - side * 0.8, foot)), fold, 0.5)


def soft_sheet(stage: Stage, _: float) -> None:
    """Fill the whole picture with one colour."""
    stage.pen.box(0, 0, stage.width, stage.height, stage.palette.sky[0])


def backdrop(stage: Stage, _: float) -> Ridge:
    """Draw the pattern of a plain sheet, and a disc behind the subject."""
    pattern = {"polka_dot": _dots, "striped": _stripes, "sunburst": _rays}
    if stage.scene.plants in pattern:
        pattern[stage.scene.plants](stage)
    x, y = stage.width / 2, stage.height * 0.52
    stage.pen.disc(x, y, 37, mix(stage.palette.sky[-1], WHITE, 0.55))
    shadow = clear(stage.palette.near, 0.35)
    stage.pen.oval(x, stage.height * 0.855, 27, 3.2, shadow)
    return Ridge(stage.chance("sheet"), stage.height * 0.86, 0.0, 90)


def _dots(stage: Stage) -> None:
    for row in range(int(stage.height / 8) + 2):
        for nth in range(int(stage.width / 12) + 2):
            x = nth * 12 + (row % 2) * 6
            stage.pen.disc(x, row * 8, 1.9, stage.palette.sky[-1])


def _stripes(stage: Stage) -> None:
    tall, lean = stage.height, stage.height * 0.6
    for nth in range(-int(tall / 12) - 1, int(stage.width / 12) + 2):
        x = nth * 12
        stripe = ((x, tall), (x + 6, tall), (x + 6 + lean, 0), (x + lean, 0))
        stage.pen.polygon(stripe, stage.palette.sky[-1])


def _rays(stage: Stage) -> None:
    x, y, far = stage.width / 2, stage.height * 0.52, stage.width + stage.height
    for turn in range(16):
        angles = math.pi * turn / 8, math.pi * (turn + 0.5) / 8
        rim = [(x + far * math.cos(a), y + far * math.sin(a)) for a in angles]
        stage.pen.polygon(((x, y), *rim), stage.palette.sky[-1])
