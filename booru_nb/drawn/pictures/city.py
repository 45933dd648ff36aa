"""A city by the water."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import LAMP, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.colours import RGB
    from booru_nb.drawn.pictures.stage import Stage

FRONT = 2
"""The row of towers that is next to us."""

STEP = 2.9
"""From one window to the next."""


def city(stage: Stage, horizon: float) -> Ridge:
    """Draw three rows of towers, and the quay to stand on."""
    chance, palette = stage.chance("city"), stage.palette
    for row in range(3):
        fill = mix(palette.far, palette.near, row / 2)
        fill = mix(fill, palette.sky[-1], 0.30 - 0.15 * row)
        x = -3.0
        while x < stage.width:
            wide = chance.number(7, 13)
            tall = chance.number(14, 40) * (1.05 - 0.22 * row)
            _tower(stage, (x, horizon + 12 + 11 * row, wide, tall), fill, row)
            x += wide + chance.number(-0.5, 1.5)
    _water(stage, horizon + 30)
    edge = stage.height * 0.90
    quay = mix(palette.near, rgb("101018"), 0.35)
    stage.pen.box(0, edge, stage.width, stage.height, quay)
    return Ridge(chance, stage.height * 0.94, 0.0, 90)


def _water(stage: Stage, top: float) -> None:
    """Draw the water in which the city's lights glimmer."""
    near = stage.palette.near
    far = mix(near, stage.palette.sky[-1], 0.4)
    gradient(stage.pen, (far, near), top, stage.height)
    chance, shine = stage.chance("glimmer"), LAMP if stage.light.lit else WHITE
    for _ in range(40):
        x, y = chance.number(0, stage.width), chance.number(top + 1, stage.height - 6)
        fill = clear(shine, chance.number(0.1, 0.35))
        stage.pen.oval(x, y, chance.number(1, 4.5), 0.3, fill)


def _tower(
    stage: Stage, place: tuple[float, float, float, float], fill: RGB, row: int
) -> None:
    x, foot, wide, tall = place
    chance = stage.chance(f"tower {row} {x:.3f}")
    pen, top = stage.pen, foot - tall
    pen.box(x, top, x + wide, foot + 14, fill)
    side = mix(fill, stage.palette.near, 0.3)
    pen.box(x + wide * 0.72, top, x + wide, foot + 14, side)
    if chance.happens(0.3):
        pen.line(((x + wide / 2, top), (x + wide / 2, top - 5)), fill, 0.5)
    if chance.happens(0.3):
        pen.polygon(((x, top), (x + wide, top), (x + wide, top - wide * 0.4)), fill)
    lit = stage.light.lit
    glass = mix(LAMP if lit else mix(fill, WHITE, 0.35), fill, 0.55 - 0.15 * row)
    # The lower half of a tower in the back is hidden by those in front of it.
    seen = tall if row == FRONT else tall * 0.62
    for line in range(int(seen / STEP) - 1):
        for column in range(int(wide / STEP)):
            if chance.happens(0.42 if lit else 0.6):
                wx, wy = x + 0.8 + column * STEP, top + 1.4 + line * STEP
                pen.box(wx, wy, wx + 1.35, wy + 1.5, glass)
