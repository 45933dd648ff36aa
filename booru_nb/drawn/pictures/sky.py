"""The sky and what is in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import NAMED, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.objects import kite
from booru_nb.drawn.pictures.pen import shape
from booru_nb.drawn.pictures.stage import gradient
from booru_nb.drawn.pictures.vehicles import balloon

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.pictures.pen import Point
    from booru_nb.drawn.pictures.stage import Stage

HALF = [
    (math.cos(turn * math.pi / 10), math.sin(turn * math.pi / 10)) for turn in range(11)
]
"""The upper half of a circle."""

RAINBOW = ("red", "orange", "yellow", "green", "blue", "purple")


GLOWS = {"sun": (4.2, 0.75), "full_moon": (3.4, 0.5), "crescent_moon": (3.0, 0.4)}
"""How far each light glows, in radii, and how strongly."""


def soft_sky(stage: Stage, horizon: float) -> None:
    """Draw the sky's colours and the lights that have no edges."""
    gradient(stage.pen, stage.palette.sky, 0, horizon)
    if "aurora" in stage.scene.behind:
        _aurora(stage, horizon)
    if "lightning" in stage.scene.behind:
        points = _flash(stage, horizon)
        stage.pen.glow(*points[len(points) // 2], 36, rgb("cdd4ff"), 0.65)
    for name, (reach, strength) in GLOWS.items():
        if name in stage.scene.behind:
            x, y, radius = place_of_light(stage, horizon)
            stage.pen.glow(x, y, radius * reach, stage.palette.light, strength)


def sky(stage: Stage, horizon: float) -> None:
    """Draw all that is in the sky."""
    for name in ORDER:
        if name in stage.scene.behind:
            ORDER[name](stage, horizon)


def place_of_light(stage: Stage, horizon: float) -> tuple[float, float, float]:
    """Return where the sun or the moon is, and its radius."""
    chance = stage.chance("light")
    x = stage.width * chance.number(0.18, 0.82)
    low = stage.scene.time in {"sunset", "dawn"} and "sun" in stage.scene.behind
    y = horizon - chance.number(3, 13) if low else horizon * chance.number(0.2, 0.42)
    radius = chance.number(8, 12) if low else chance.number(5, 8.5)
    return x, y, radius


def _sun(stage: Stage, horizon: float) -> None:
    x, y, radius = place_of_light(stage, horizon)
    colour = stage.palette.light
    stage.pen.cap(x, y, radius, horizon, mix(colour, WHITE, 0.25))


def _full_moon(stage: Stage, horizon: float) -> None:
    x, y, radius = place_of_light(stage, horizon)
    colour = stage.palette.light
    pen = stage.pen
    pen.cap(x, y, radius, horizon, colour)
    for dx, dy, r in (
        (-0.35, -0.2, 0.24),
        (0.3, 0.25, 0.18),
        (0.1, -0.5, 0.12),
        (-0.2, 0.45, 0.13),
    ):
        pen.disc(
            x + dx * radius,
            y + dy * radius,
            r * radius,
            mix(colour, stage.palette.sky[1], 0.16),
        )


def _crescent_moon(stage: Stage, horizon: float) -> None:
    x, y, radius = place_of_light(stage, horizon)
    turns = [math.radians(angle) for angle in range(50, 311, 10)]
    outer = [(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns]
    tips = outer[0], outer[-1]
    half = (tips[0][1] - tips[1][1]) / 2
    inner = []
    for step in range(1, 16):
        angle = math.pi * (1.5 - step / 16)
        inner.append(
            (tips[0][0] + half * 0.72 * math.cos(angle), y + half * math.sin(angle))
        )
    stage.pen.polygon([*outer, *inner], stage.palette.light)


def _stars(stage: Stage, horizon: float) -> None:
    chance = stage.chance("stars")
    pen = stage.pen
    for _ in range(int(70 * stage.width / 100)):
        x, y = chance.number(0, stage.width), horizon * chance.number() ** 1.4
        size = 0.12 + 0.3 * chance.number() ** 3
        pen.disc(x, y, size, mix(stage.palette.sky[0], WHITE, chance.number(0.45, 1.0)))
    for _ in range(6):
        x, y = chance.number(0, stage.width), chance.number(0, horizon * 0.7)
        size = chance.number(0.9, 1.9)
        thin = size * 0.14
        pen.polygon(((x - size, y), (x, y - thin), (x + size, y), (x, y + thin)), WHITE)
        pen.polygon(((x, y - size), (x + thin, y), (x, y + size), (x - thin, y)), WHITE)


def _shooting_star(stage: Stage, horizon: float) -> None:
    chance = stage.chance("shooting star")
    x, y = stage.width * chance.number(0.45, 0.8), horizon * chance.number(0.12, 0.3)
    for step in range(12):
        dx, dy = 1.9 * step, 0.95 * step
        tail = ((x - dx, y + dy), (x - dx - 1.9, y + dy + 0.95))
        stage.pen.line(tail, clear(WHITE, 1 - step / 12), 0.55 * (1 - step / 13))
    stage.pen.glow(x, y, 3.2, WHITE, 0.8)
    stage.pen.disc(x, y, 0.75, WHITE)


def _aurora(stage: Stage, horizon: float) -> None:
    chance = stage.chance("aurora")
    for name in ("5ff0b0", "7af0d8", "b48af5"):
        start, pace = chance.number(0, 6), chance.number(0.04, 0.08)
        base, tall = (
            horizon * chance.number(0.5, 0.75),
            horizon * chance.number(0.35, 0.6),
        )
        xs = [stage.width * step / 30 for step in range(31)]
        foot = [
            base + 6 * math.sin(start + pace * x) + 2 * math.sin(2.9 * pace * x)
            for x in xs
        ]
        high = [tall * (0.6 + 0.4 * math.sin(start * 2 + 1.7 * pace * x)) for x in xs]
        for part in range(8):
            share = ((part + 1) / 8) ** 1.4
            top = [(x, y - h * share) for x, y, h in zip(xs, foot, high, strict=True)]
            low = list(zip(xs, foot, strict=True))
            stage.pen.polygon([*top, *reversed(low)], clear(rgb(name), 0.075))


def _rainbow(stage: Stage, horizon: float) -> None:
    chance = stage.chance("rainbow")
    x, radius = (
        stage.width * chance.number(0.3, 0.7),
        horizon * chance.number(0.75, 0.95),
    )
    for band, name in enumerate(RAINBOW):
        fill = clear(mix(NAMED[name], WHITE, 0.25), 0.5)
        stage.pen.arc(x, horizon + 4, radius - band * 1.5, (176, 364), fill, 1.6)


def _clouds(stage: Stage, horizon: float) -> None:
    chance = stage.chance("clouds")
    overcast = stage.scene.weather in {"cloudy", "rain", "storm", "snow"}
    for _ in range(7 if overcast else 4):
        y = horizon * chance.number(0.08, 0.62)
        size = (0.4 + 0.8 * (1 - y / horizon)) * chance.number(7, 12)
        _cloud(stage, chance.number(-0.05, 1.05) * stage.width, y, size)


def _cloud(stage: Stage, x: float, y: float, size: float) -> None:
    chance = stage.chance(f"cloud {x:.3f}")
    night = stage.scene.time == "night"
    base = mix(stage.palette.sky[-1], WHITE, 0.06 if night else 0.45)
    if night:
        base = mix(stage.palette.sky[1], stage.palette.sky[-1], 0.7)
    under = mix(base, stage.palette.sky[len(stage.palette.sky) // 2], 0.4)
    lumps = shape("-1.1,0.38 -0.55,0.62 0.05,0.8 0.65,0.56 1.15,0.34")
    lumps = [
        (dx + chance.number(-0.1, 0.1), r * chance.number(0.8, 1.15)) for dx, r in lumps
    ]
    pen = stage.pen.at(x, y, size)
    for fill, sink in ((under, 0.0), (base, -0.12)):
        for dx, r in lumps:
            pen.polygon([(dx + r * hx, sink - r * hy) for hx, hy in HALF], fill)
    pen.oval(0, 0, 1.65, 0.10, under)


def _birds(stage: Stage, horizon: float) -> None:
    chance = stage.chance("birds")
    x, y = stage.width * chance.number(0.2, 0.7), horizon * chance.number(0.15, 0.5)
    ink = mix(stage.palette.sky[0], rgb("14141f"), 0.6)
    if stage.scene.time == "day":
        ink = mix(ink, WHITE, 0.1)
    for _ in range(chance.whole(5, 9)):
        px, py = x + chance.number(-14, 14), y + chance.number(-8, 8)
        size = chance.number(0.9, 1.9)
        lift = size * chance.number(0.3, 0.7)
        wings = (
            (px - size, py - lift),
            (px - size * 0.4, py - lift * 0.9),
            (px, py),
            (px + size * 0.4, py - lift * 0.9),
            (px + size, py - lift),
        )
        stage.pen.line(wings, ink, 0.32)


def _flash(stage: Stage, horizon: float) -> list[Point]:
    """Return the way that the lightning takes."""
    chance = stage.chance("lightning")
    x, y = stage.width * chance.number(0.25, 0.75), horizon * 0.08
    points = [(x, y)]
    while y < horizon * 0.92:
        x += chance.number(-5, 5)
        y += chance.number(5, 9)
        points.append((x, y))
    return points


def _lightning(stage: Stage, horizon: float) -> None:
    points = _flash(stage, horizon)
    stage.pen.line(points, rgb("f7f4ff"), 0.75)
    fork = points[len(points) // 2]
    stage.pen.line(
        (fork, (fork[0] + 6, fork[1] + 8), (fork[0] + 8, fork[1] + 15)),
        rgb("f7f4ff"),
        0.4,
    )


def _hot_air_balloon(stage: Stage, horizon: float) -> None:
    chance = stage.chance("balloons")
    for thing in stage.scene.things:
        if thing.kind != "hot_air_balloon":
            continue
        for nth in range(thing.count):
            x = stage.width * ((nth + chance.number(0.3, 0.7)) / thing.count)
            size = (30 if nth == 0 else 15) * chance.number(0.75, 1.1)
            y = max(size * 1.15, horizon * chance.number(0.35, 0.75))
            balloon(stage.pen.at(x, y, size), thing, stage.light, chance)


def _kite(stage: Stage, horizon: float) -> None:
    chance = stage.chance("kite")
    for thing in stage.scene.things:
        if thing.kind == "kite":
            x, y = (
                stage.width * chance.number(0.25, 0.75),
                horizon * chance.number(0.45, 0.6),
            )
            string = ((x, y - 1.7), (x - 4, y + 8), (x + 2, stage.height))
            stage.pen.curve(string, clear(WHITE, 0.6), 0.2)
            kite(
                stage.pen.at(x, y, 17, flip=chance.happens(0.5)),
                thing,
                stage.light,
                chance,
            )


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
    "hot_air_balloon": _hot_air_balloon,
    "kite": _kite,
}
"""What can be in the sky, from the back to the front."""
