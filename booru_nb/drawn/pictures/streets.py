"""Villages, cities, and the ground of other worlds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.buildings import house
from booru_nb.drawn.pictures.colours import LAMP, NAMED, SNOW, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.land import ground
from booru_nb.drawn.pictures.pen import shape
from booru_nb.drawn.pictures.plants import TREES
from booru_nb.drawn.pictures.stage import Ridge, gradient
from booru_nb.drawn.scene import Thing

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.colours import RGB
    from booru_nb.drawn.pictures.stage import Stage

ROOFS = ("red", "orange", "brown", "blue", "grey", "aqua", "purple")


def village(stage: Stage, horizon: float) -> Ridge:
    """Draw rows of houses along a street."""
    chance = stage.chance("village")
    back = Ridge(chance, horizon, 3, 80)
    stage.pen.polygon(back.outline(stage.width, stage.height), ground(stage, 0.25))
    street = stage.height * 0.84
    for row in range(3):
        foot = horizon + 6 + (street - horizon - 6) * (row / 2) ** 1.15
        size = 13 + 12 * row
        if row:
            fill = ground(stage, 0.3 + 0.3 * row)
            stage.pen.box(0, foot - size * 0.25, stage.width, stage.height, fill)
        _row_of_houses(stage, row, foot, size)
    paving = mix(stage.light.tint(rgb("a79c92")), stage.palette.near, 0.25)
    if stage.scene.season == "winter":
        paving = mix(paving, stage.light.tint(SNOW), 0.75)
    stage.pen.box(0, street, stage.width, stage.height, paving)
    for row in range(3):
        y = street + 2.5 + row * 4.5
        for nth in range(int(stage.width / 9) + 1):
            x = nth * 9 + (row % 2) * 4.5
            stage.pen.box(x, y, x + 8.2, y + 0.5, stage.light.dark(paving, 0.14))
    return Ridge(chance, stage.height * 0.92, 0.0, 90)


def _row_of_houses(stage: Stage, row: int, foot: float, size: float) -> None:
    chance = stage.chance(f"houses {row}")
    x = -size * chance.number(0, 0.6)
    while x < stage.width + size * 0.5:
        roof = Thing("house", chance.pick(ROOFS))
        tall = size * chance.number(0.9, 1.25)
        if chance.happens(0.82 if row else 0.7):
            house(stage.pen.at(x, foot, tall), roof, stage.light, chance)
            if stage.scene.season == "winter":
                cap = shape("-0.36,-0.79 0.36,-0.79 0.28,-0.98 -0.28,-0.98")
                stage.pen.at(x, foot, tall).blob(cap, stage.light.tint(SNOW), rounds=1)
        elif stage.scene.plants in TREES:
            season = {"cherry_blossoms": "spring", "autumn_leaves": "autumn"}.get(
                stage.scene.plants, stage.scene.season
            )
            TREES[stage.scene.plants](
                stage.pen.at(x, foot, tall), stage.light, chance, season
            )
        x += tall * chance.number(0.92, 1.15)


def city(stage: Stage, horizon: float) -> Ridge:
    """Draw a skyline of high houses."""
    chance = stage.chance("city")
    for row in range(3):
        fill = mix(stage.palette.far, stage.palette.near, row / 2)
        fill = mix(fill, stage.palette.sky[-1], 0.30 - 0.15 * row)
        x = -3.0
        while x < stage.width:
            wide = chance.number(7, 13)
            tall = chance.number(14, 40) * (1.05 - 0.22 * row)
            _tower(stage, (x, horizon + 12 + 11 * row, wide, tall), fill, row)
            x += wide + chance.number(-0.5, 1.5)
    quay = horizon + 30
    gradient(
        stage.pen,
        (mix(stage.palette.near, stage.palette.sky[-1], 0.4), stage.palette.near),
        quay,
        stage.height,
    )
    for _ in range(40):
        x, y = chance.number(0, stage.width), chance.number(quay + 1, stage.height - 6)
        fill = clear(LAMP if stage.light.lit else WHITE, chance.number(0.1, 0.35))
        stage.pen.oval(x, y, chance.number(1, 4.5), 0.3, fill)
    edge = stage.height * 0.90
    stage.pen.box(
        0, edge, stage.width, stage.height, mix(stage.palette.near, rgb("101018"), 0.35)
    )
    return Ridge(chance, edge, 0.0, 90)


def _tower(
    stage: Stage, place: tuple[float, float, float, float], fill: RGB, row: int
) -> None:
    x, foot, wide, tall = place
    chance = stage.chance(f"tower {row} {x:.3f}")
    pen, top = stage.pen, foot - tall
    pen.box(x, top, x + wide, foot + 14, fill)
    pen.box(
        x + wide * 0.72, top, x + wide, foot + 14, mix(fill, stage.palette.near, 0.3)
    )
    if chance.happens(0.3):
        pen.line(((x + wide / 2, top), (x + wide / 2, top - 5)), fill, 0.5)
    if chance.happens(0.3):
        pen.polygon(((x, top), (x + wide, top), (x + wide, top - wide * 0.4)), fill)
    step = 2.7
    glass = LAMP if stage.light.lit else mix(fill, WHITE, 0.35)
    for line in range(int(tall / step) - 1):
        for column in range(int(wide / step)):
            if chance.happens(0.42 if stage.light.lit else 0.6):
                wx, wy = x + 0.8 + column * step, top + 1.4 + line * step
                pen.box(
                    wx,
                    wy,
                    wx + 1.25,
                    wy + 1.4,
                    mix(glass, fill, 0.25 + 0.15 * (2 - row)),
                )


def soft_space(stage: Stage, _: float) -> None:
    """Draw the colours of the night and of its clouds of stars."""
    gradient(stage.pen, stage.palette.sky, 0, stage.height)
    chance = stage.chance("clouds of stars")
    for name in chance.sample(("8a4fc0", "d0507a", "3f8fc0", "3fb09a"), 3):
        x, y = (
            chance.number(0.1, 0.9) * stage.width,
            chance.number(0.1, 0.6) * stage.height,
        )
        stage.pen.glow(x, y, chance.number(24, 42), rgb(name), 0.5)
    x, y, radius, body = _world(stage)
    stage.pen.glow(x, y, radius * 2.2, body, 0.45)


def _world(stage: Stage) -> tuple[float, float, float, RGB]:
    """Return where the planet is, its radius and its colour."""
    chance = stage.chance("planet")
    x, y = (
        stage.width * chance.number(0.2, 0.8),
        stage.height * chance.number(0.2, 0.42),
    )
    name = chance.pick(("orange", "aqua", "pink", "purple", "blue", "yellow"))
    return x, y, chance.number(10, 17), mix(NAMED[name], stage.palette.sky[-1], 0.2)


def space(stage: Stage, _: float) -> Ridge:
    """Draw planets among clouds of stars, and the ground of a moon."""
    chance = stage.chance("space")
    pen, palette = stage.pen, stage.palette
    for _star in range(int(90 * stage.width / 100)):
        x, y = chance.number(0, stage.width), chance.number(0, stage.height)
        pen.disc(
            x,
            y,
            0.12 + 0.32 * chance.number() ** 3,
            mix(palette.sky[0], WHITE, chance.number(0.5, 1)),
        )
    _planet(stage)
    soil = palette.near
    line = Ridge(chance, stage.height * 0.80, 3.5, 85)
    far = Ridge(chance, stage.height * 0.74, 3, 60)
    pen.polygon(far.outline(stage.width, stage.height), mix(soil, palette.sky[-1], 0.5))
    pen.polygon(line.outline(stage.width, stage.height), soil)
    for _crater in range(8):
        x = chance.number(0, stage.width)
        depth = chance.number(0.1, 1)
        y = line(x) + 3 + depth * (stage.height - line(x) - 3)
        wide = chance.number(2, 5) * (0.5 + depth)
        pen.oval(x, y, wide, wide * 0.32, mix(soil, palette.sky[0], 0.3))
        pen.oval(
            x,
            y + wide * 0.07,
            wide * 0.86,
            wide * 0.22,
            mix(soil, palette.sky[0], 0.12),
        )
    return Ridge(chance, stage.height * 0.90, 0.0, 90)


def _planet(stage: Stage) -> None:
    x, y, radius, body = _world(stage)
    pen = stage.pen
    pen.disc(x, y, radius, body)
    for band in range(3):
        dy = radius * (-0.45 + 0.42 * band)
        half = math.sqrt(radius**2 - dy**2)
        pen.oval(x, y + dy, half * 0.97, radius * 0.09, mix(body, WHITE, 0.25))
    dark = [
        (x + radius * math.cos(t / 8), y + radius * math.sin(t / 8))
        for t in range(-8, 18)
    ]
    pen.polygon(dark, clear(stage.palette.sky[0], 0.30))
    if "planetary_ring" in stage.scene.behind:
        _ring(stage, x, y, radius, mix(body, WHITE, 0.5))


def _ring(stage: Stage, x: float, y: float, radius: float, fill: RGB) -> None:
    for wide, opacity in ((1.95, 0.9), (1.72, 0.55)):
        points = []
        for step in range(41):
            angle = math.radians(-38 + 256 * step / 40)
            dx, dy = (
                math.cos(angle) * radius * wide,
                math.sin(angle) * radius * 0.42 * wide / 1.9,
            )
            points.append((x + dx * 0.97 - dy * 0.25, y + dy + dx * 0.26))
        stage.pen.line(points, clear(fill, opacity), radius * 0.075)
