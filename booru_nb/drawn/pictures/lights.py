"""Where the sun or the moon stands, and the lights of the sky that have no edges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import clear, rgb
from booru_nb.drawn.pictures.stage import gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.pen import Point
    from booru_nb.drawn.pictures.stage import Stage

GLOWS = {"sun": (4.2, 0.75), "full_moon": (3.4, 0.5), "crescent_moon": (3.0, 0.4)}
"""How far each light glows, in radii, and how strongly."""

SIDES = {"window": (0.2, 0.8), "coast": (0.62, 0.88)}
"""Between which parts of the width it is; on a coast, when the cliff is at the left."""

LIFTS = {"mountains": 27, "lake": 27, "city": 26, "forest": 28, "village": 15}
"""How high above the horizon a low sun must be, so that it is seen at all."""

POLAR = tuple(rgb(name) for name in ["5ff0b0", "7af0d8", "b48af5"])
FLASH = rgb("cdd4ff")


def cliff_is_left(stage: Stage) -> bool:
    """Return at which side of a coast the cliff is."""
    return stage.chance("side").happens(0.5)


def place_of_light(stage: Stage, horizon: float) -> tuple[float, float, float]:
    """Return where the sun or the moon is, and its radius."""
    chance, scene = stage.chance("light"), stage.scene
    sides = SIDES.get(scene.setting, (0.18, 0.82))
    x = stage.width * chance.number(*sides)
    if scene.setting == "coast" and not cliff_is_left(stage):
        x = stage.width - x
    if scene.time in {"sunset", "dawn"} and "sun" in scene.behind:
        lift = LIFTS.get(scene.setting, 3)
        return x, horizon - lift - chance.number(0, 9), chance.number(8, 12)
    # Trees and towers reach higher than the lowest that is allowed elsewhere.
    low = 0.3 if scene.setting in LIFTS else 0.42
    return x, horizon * chance.number(0.2, low), chance.number(5, 8.5)


def soft_sky(stage: Stage, horizon: float, *, below: float = 0.0) -> None:
    """Draw the sky's colours and the lights that have no edges.

    Parameters
    ----------
    stage : Stage
        Where.
    horizon : float
        How far down the sky goes.
    below : float
        How far it goes on below that, where hills leave it open.
    """
    gradient(stage.pen, stage.palette.sky, 0, horizon + below)
    if "aurora" in stage.scene.behind:
        _aurora(stage, horizon)
    if "lightning" in stage.scene.behind:
        way = way_of_lightning(stage, horizon)
        stage.pen.glow(*way[len(way) // 2], 36, FLASH, 0.65)
    for name, (reach, strength) in GLOWS.items():
        if name in stage.scene.behind:
            x, y, radius = place_of_light(stage, horizon)
            stage.pen.glow(x, y, radius * reach, stage.palette.light, strength)


def way_of_lightning(stage: Stage, horizon: float) -> list[Point]:
    """Return the points through which the lightning goes."""
    chance = stage.chance("lightning")
    x, y = stage.width * chance.number(0.25, 0.75), horizon * 0.08
    points = [(x, y)]
    while y < horizon * 0.92:
        x += chance.number(-5, 5)
        y += chance.number(5, 9)
        points.append((x, y))
    return points


def _aurora(stage: Stage, horizon: float) -> None:
    chance = stage.chance("aurora")
    xs = [stage.width * step / 30 for step in range(31)]
    for colour in POLAR:
        start, pace = chance.number(0, 6), chance.number(0.04, 0.08)
        base = horizon * chance.number(0.5, 0.75)
        tall = horizon * chance.number(0.35, 0.6)
        waves = [
            6 * math.sin(start + pace * x) + 2 * math.sin(2.9 * pace * x) for x in xs
        ]
        foot = [(x, base + wave) for x, wave in zip(xs, waves, strict=True)]
        high = [tall * (0.6 + 0.4 * math.sin(start * 2 + 1.7 * pace * x)) for x in xs]
        for part in range(8):
            share = ((part + 1) / 8) ** 1.4
            top = [(x, y - h * share) for (x, y), h in zip(foot, high, strict=True)]
            stage.pen.polygon([*top, *reversed(foot)], clear(colour, 0.075))
