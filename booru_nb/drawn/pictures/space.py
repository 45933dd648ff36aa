"""Other worlds: the ground of a moon, a planet above it, and stars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import NAMED, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.colours import RGB
    from booru_nb.drawn.pictures.stage import Stage

CLOUDS = tuple(rgb(name) for name in ["8a4fc0", "d0507a", "3f8fc0", "3fb09a"])
PLANETS = ("orange", "aqua", "pink", "purple", "blue", "yellow")


def soft_space(stage: Stage, _: float) -> None:
    """Draw the colours of the night and of its clouds of stars."""
    gradient(stage.pen, stage.palette.sky, 0, stage.height)
    chance = stage.chance("clouds of stars")
    for colour in chance.sample(CLOUDS, 3):
        x = stage.width * chance.number(0.1, 0.9)
        y = stage.height * chance.number(0.1, 0.6)
        stage.pen.glow(x, y, chance.number(24, 42), colour, 0.5)
    x, y, radius, body = _world(stage)
    stage.pen.glow(x, y, radius * 2.2, body, 0.45)


def space(stage: Stage, _: float) -> Ridge:
    """Draw a planet among stars, and the ground of a moon to stand on."""
    chance, sky = stage.chance("space"), stage.palette.sky
    for _star in range(int(70 * stage.width / 100)):
        x, y = chance.number(0, stage.width), chance.number(0, stage.height)
        size = 0.12 + 0.32 * chance.number() ** 3
        stage.pen.disc(x, y, size, mix(sky[0], WHITE, chance.number(0.5, 1)))
    _planet(stage)
    soil = stage.palette.near
    far = Ridge(chance, stage.height * 0.74, 3, 60)
    line = Ridge(chance, stage.height * 0.80, 3.5, 85)
    outline = far.outline(stage.width, line.lowest)
    stage.pen.polygon(outline, mix(soil, sky[-1], 0.5))
    stage.pen.polygon(line.outline(stage.width, stage.height), soil)
    _craters(stage, line)
    return Ridge(chance, stage.height * 0.90, 0.0, 90)


def _craters(stage: Stage, line: Ridge) -> None:
    chance, soil, sky = stage.chance("craters"), stage.palette.near, stage.palette.sky
    for _ in range(8):
        x, depth = chance.number(0, stage.width), chance.number(0.1, 1)
        y = line(x) + 3 + depth * (stage.height - line(x) - 3)
        wide = chance.number(2, 5) * (0.5 + depth)
        stage.pen.oval(x, y, wide, wide * 0.32, mix(soil, sky[0], 0.3))
        floor = mix(soil, sky[0], 0.12)
        stage.pen.oval(x, y + wide * 0.07, wide * 0.86, wide * 0.22, floor)


def _world(stage: Stage) -> tuple[float, float, float, RGB]:
    """Return where the planet is, its radius and its colour."""
    chance = stage.chance("planet")
    x = stage.width * chance.number(0.2, 0.8)
    y = stage.height * chance.number(0.2, 0.42)
    body = mix(NAMED[chance.pick(PLANETS)], stage.palette.sky[-1], 0.2)
    return x, y, chance.number(10, 17), body


def _planet(stage: Stage) -> None:
    x, y, radius, body = _world(stage)
    pen = stage.pen.at(x, y, radius)
    pen.disc(0, 0, 1, body)
    for band in range(3):
        dy = -0.45 + 0.42 * band
        half = math.sqrt(1 - dy**2)
        pen.oval(0, dy, half * 0.97, 0.09, mix(body, WHITE, 0.25))
    night = [(math.cos(turn / 8), math.sin(turn / 8)) for turn in range(-8, 18)]
    pen.polygon(night, clear(stage.palette.sky[0], 0.30))
    if "planetary_ring" not in stage.scene.behind:
        return
    for wide, opacity in ((1.95, 0.9), (1.72, 0.55)):
        # The part of the ring that is behind the planet is left out.
        turns = [math.radians(-38 + 256 * step / 40) for step in range(41)]
        flat = [(math.cos(t) * wide, math.sin(t) * 0.22 * wide) for t in turns]
        points = [(dx * 0.97 - dy * 0.25, dy + dx * 0.26) for dx, dy in flat]
        pen.line(points, clear(mix(body, WHITE, 0.5), opacity), 0.075)
