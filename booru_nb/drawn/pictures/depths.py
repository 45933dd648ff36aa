"""The world under the sea."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage

WEED = rgb("2f9a6b")
CORALS = tuple(rgb(name) for name in ["f07a6a", "f2a65a", "d86fa8", "f4c7c3"])


def soft_depths(stage: Stage, _: float) -> None:
    """Draw the colours of the water, and rays of light in it."""
    gradient(stage.pen, stage.palette.sky, 0, stage.height)
    chance = stage.chance("rays")
    for _ray in range(5):
        x, wide = chance.number(0, stage.width), chance.number(3, 8)
        end, deep = x + chance.number(-22, -8), stage.height * 0.9
        ray = ((x, 0), (x + wide, 0), (end + wide * 2.6, deep), (end, deep))
        stage.pen.polygon(ray, clear(stage.palette.light, 0.11))


def underwater(stage: Stage, _: float) -> Ridge:
    """Draw the bottom of the sea with weeds, corals and bubbles."""
    chance, palette = stage.chance("under water"), stage.palette
    for row in range(2):
        floor = Ridge(chance, stage.height * (0.84 + 0.07 * row), 3, 60)
        fill = mix(palette.near, palette.sky[-1], 0.55 - 0.45 * row)
        stage.pen.polygon(floor.outline(stage.width, stage.height), fill)
        _weeds(stage, floor, row)
        _corals(stage, floor, row)
    for _bubble in range(16):
        x, y = chance.number(0, stage.width), chance.number(0, stage.height * 0.85)
        stage.pen.ring(x, y, chance.number(0.5, 1.7), clear(WHITE, 0.55), 0.22)
    return Ridge(chance, stage.height * 0.94, 0.5, 60)


def _weeds(stage: Stage, floor: Ridge, row: int) -> None:
    chance = stage.chance(f"weeds {row}")
    green = mix(WEED, stage.palette.sky[-1], 0.45 - 0.3 * row)
    for _ in range(5):
        x, tall = chance.number(0, stage.width), chance.number(10, 24)
        sway = chance.number(0.8, 1.6)
        for blade in range(3):
            foot = (x + blade * 1.8, floor(x + blade * 1.8) + 1)
            rise = tall * (0.8 + 0.1 * blade) / 7
            points = [
                (foot[0] + sway * math.sin(blade + step * 0.9), foot[1] - rise * step)
                for step in range(8)
            ]
            stage.pen.line(points, green, 1.1)


def _corals(stage: Stage, floor: Ridge, row: int) -> None:
    chance = stage.chance(f"corals {row}")
    for _ in range(3):
        x = chance.number(0, stage.width)
        coral = mix(chance.pick(CORALS), stage.palette.sky[-1], 0.35 - 0.3 * row)
        pen = stage.pen.at(x, floor(x) + 1, 1.0)
        for turn in range(5):
            angle = math.pi * (1.2 + 0.15 * turn)
            tip = (math.cos(angle) * 6, math.sin(angle) * chance.number(5, 9))
            pen.line(((0.0, 0.5), tip), coral, 1.3)
            pen.disc(*tip, 0.95, coral)
