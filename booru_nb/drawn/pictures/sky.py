"""What is in the sky and has edges: sun and moon, stars, clouds, birds, a rainbow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import NAMED, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.lights import GLOWS, place_of_light, way_of_lightning
from booru_nb.drawn.pictures.pen import shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.pictures.stage import Stage

HALF = [(math.cos(t * math.pi / 10), math.sin(t * math.pi / 10)) for t in range(11)]
"""The upper half of a circle."""

SEAS = ((-0.35, -0.2, 0.24), (0.3, 0.25, 0.18), (0.1, -0.5, 0.12), (-0.2, 0.45, 0.13))
"""The dark spots of the moon: place and radius."""

LUMPS = ((-1.1, 0.38), (-0.55, 0.62), (0.05, 0.80), (0.65, 0.56), (1.15, 0.34))
"""The bulges of a cloud: place and radius."""

SPARK = shape("-1,0 -0.14,-0.14 0,-1 0.14,-0.14 1,0 0.14,0.14 0,1 -0.14,0.14")
WINGS = shape("-1,-0.5 -0.4,-0.45 0,0 0.4,-0.45 1,-0.5")
RAINBOW = ("red", "orange", "yellow", "green", "blue", "purple")
BOLT = rgb("f7f4ff")


def sky(stage: Stage, horizon: float) -> None:
    """Draw all that is in the sky."""
    for name, draw in ORDER.items():
        if name in stage.scene.behind:
            draw(stage, horizon)


def _sun(stage: Stage, horizon: float) -> None:
    x, y, radius = place_of_light(stage, horizon)
    stage.pen.cap(x, y, radius, horizon, mix(stage.palette.light, WHITE, 0.25))


def _full_moon(stage: Stage, horizon: float) -> None:
    x, y, radius = place_of_light(stage, horizon)
    pen = stage.pen.at(x, y, radius)
    pen.disc(0, 0, 1, stage.palette.light)
    for dx, dy, wide in SEAS:
        pen.disc(dx, dy, wide, mix(stage.palette.light, stage.palette.sky[1], 0.16))


def _crescent_moon(stage: Stage, horizon: float) -> None:
    x, y, radius = place_of_light(stage, horizon)
    turns = [math.radians(angle) for angle in range(50, 311, 10)]
    outer = [(math.cos(t), math.sin(t)) for t in turns]
    tip, half = outer[0]
    bends = [math.pi * (1.5 - step / 16) for step in range(1, 16)]
    inner = [(tip + 0.72 * half * math.cos(b), half * math.sin(b)) for b in bends]
    stage.pen.at(x, y, radius).polygon([*outer, *inner], stage.palette.light)


def _stars(stage: Stage, horizon: float) -> None:
    chance, pen = stage.chance("stars"), stage.pen
    for _ in range(int(56 * stage.width / 100)):
        x, y = chance.number(0, stage.width), horizon * chance.number() ** 1.4
        size = 0.12 + 0.3 * chance.number() ** 3
        pen.disc(x, y, size, mix(stage.palette.sky[0], WHITE, chance.number(0.45, 1.0)))
    for _ in range(6):
        x, y = chance.number(0, stage.width), chance.number(0, horizon * 0.7)
        pen.at(x, y, chance.number(0.9, 1.9)).polygon(SPARK, WHITE)


def _shooting_star(stage: Stage, horizon: float) -> None:
    chance = stage.chance("shooting star")
    x = stage.width * chance.number(0.45, 0.8)
    pen = stage.pen.at(x, horizon * chance.number(0.12, 0.3), 1.0)
    for step in range(12):
        tail = ((-1.9 * step, 0.95 * step), (-1.9 * step - 1.9, 0.95 * step + 0.95))
        pen.line(tail, clear(WHITE, 1 - step / 12), 0.55 * (1 - step / 13))
    pen.glow(0, 0, 3.2, WHITE, 0.8)
    pen.disc(0, 0, 0.75, WHITE)


def _rainbow(stage: Stage, horizon: float) -> None:
    chance = stage.chance("rainbow")
    x = stage.width * chance.number(0.3, 0.7)
    radius = horizon * chance.number(0.75, 0.95)
    for band, name in enumerate(RAINBOW):
        fill = clear(mix(NAMED[name], WHITE, 0.25), 0.5)
        stage.pen.arc((x, horizon + 4), radius - band * 1.5, (176, 364), fill, 1.6)


def _clouds(stage: Stage, horizon: float) -> None:
    chance = stage.chance("clouds")
    many = stage.scene.weather != "clear"
    light = set(GLOWS) & set(stage.scene.behind)
    sun_x, sun_y, radius = place_of_light(stage, horizon)
    for _ in range(5 if many else 4):
        x = chance.number(-0.05, 1.05) * stage.width
        y = horizon * chance.number(0.08, 0.62)
        size = (0.4 + 0.8 * (1 - y / horizon)) * chance.number(7, 12)
        near = abs(x - sun_x) < radius + size and abs(y - sun_y) < radius + size
        if light and near:
            # No cloud may hide the sun or the moon: a tag says that it is there.
            x = (x + stage.width / 2) % stage.width
        _cloud(stage, x, y, size)


def _cloud(stage: Stage, x: float, y: float, size: float) -> None:
    chance, tones = stage.chance(f"cloud {x:.3f}"), stage.palette.sky
    base = mix(tones[-1], WHITE, 0.45)
    if stage.scene.time == "night":
        base = mix(tones[1], tones[-1], 0.7)
    under = mix(base, tones[len(tones) // 2], 0.4)
    lumps = [
        (dx + chance.number(-0.1, 0.1), r * chance.number(0.8, 1.15)) for dx, r in LUMPS
    ]
    pen = stage.pen.at(x, y, size)
    for fill, sink, some in ((under, 0.0, lumps[::2]), (base, -0.12, lumps)):
        for dx, r in some:
            pen.polygon([(dx + r * hx, sink - r * hy) for hx, hy in HALF], fill)
    pen.oval(0, 0, 1.65, 0.10, under)


def _birds(stage: Stage, horizon: float) -> None:
    chance = stage.chance("birds")
    x = stage.width * chance.number(0.2, 0.7)
    y = horizon * chance.number(0.15, 0.5)
    ink = mix(stage.palette.sky[0], rgb("14141f"), 0.6)
    for _ in range(chance.whole(5, 9)):
        place = (x + chance.number(-14, 14), max(2.0, y + chance.number(-8, 8)))
        stage.pen.at(*place, chance.number(0.9, 1.9)).line(WINGS, ink, 0.22)


def _lightning(stage: Stage, horizon: float) -> None:
    way = way_of_lightning(stage, horizon)
    stage.pen.line(way, BOLT, 0.75)
    x, y = way[len(way) // 2]
    stage.pen.line(((x, y), (x + 6, y + 8), (x + 8, y + 15)), BOLT, 0.4)


ORDER: dict[str, Callable[[Stage, float], None]] = {
    "starry_sky": _stars,
    "rainbow": _rainbow,
    "sun": _sun,
    "full_moon": _full_moon,
    "crescent_moon": _crescent_moon,
    "shooting_star": _shooting_star,
    "lightning": _lightning,
    "cloud": _clouds,
    "flock": _birds,
}
"""What is drawn in the sky, from the back to the front."""
