"""Water: the open sea, and lakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from booru_nb.drawn.pictures.colours import WHITE, clear, mix
from booru_nb.drawn.pictures.land import ground, mountains, season_of_trees
from booru_nb.drawn.pictures.lights import GLOWS, place_of_light, soft_sky
from booru_nb.drawn.pictures.plants import TREES, pine
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage


def soft_sea(stage: Stage, horizon: float) -> None:
    """Draw the sky's and the water's colours."""
    soft_sky(stage, horizon)
    sky, water = stage.palette.sky, stage.palette.water
    far = mix(sky[-1], water, 0.35)
    gradient(stage.pen, (far, mix(far, water, 0.6), water), horizon, stage.height)


def sea(stage: Stage, horizon: float) -> None:
    """Draw the sea from the horizon to our feet."""
    sky = stage.palette.sky
    chance = stage.chance("waves")
    for nth in range(32):
        depth = (nth / 32) ** 1.6
        y = horizon + 1 + (stage.height - horizon) * depth
        x, wide = (
            chance.number(0, stage.width),
            chance.number(2, 6) * (0.5 + 2.2 * depth),
        )
        fill = clear(mix(sky[-1], WHITE, 0.35), 0.16 + 0.12 * chance.number())
        stage.pen.oval(x, y, wide, 0.16 + 0.45 * depth, fill)
    if set(GLOWS) & set(stage.scene.behind):
        _path_of_light(stage, horizon)


def _path_of_light(stage: Stage, horizon: float) -> None:
    chance = stage.chance("path")
    x, _, radius = place_of_light(stage, horizon)
    for nth in range(20):
        depth = (nth / 20) ** 1.3
        y = horizon + 0.5 + (stage.height - horizon) * depth
        wide = radius * (0.35 + 0.9 * depth) * chance.number(0.5, 1.0)
        fill = clear(stage.palette.light, 0.62 * (1 - 0.75 * depth))
        stage.pen.oval(
            x + chance.number(-2, 2) * (0.3 + depth), y, wide, 0.2 + 0.5 * depth, fill
        )


def ocean(stage: Stage, horizon: float) -> Ridge:
    """Draw the open sea, with an island far away."""
    sea(stage, horizon)
    chance = stage.chance("island")
    x, wide = stage.width * chance.number(0.05, 0.9), chance.number(14, 26)
    fill = mix(stage.palette.far, stage.palette.sky[-1], 0.25)
    points = [
        (x - wide, horizon),
        (x - wide * 0.4, horizon - 4.5),
        (x, horizon - 3),
        (x + wide * 0.35, horizon - 6),
        (x + wide, horizon),
    ]
    stage.pen.polygon(points, fill)
    return Ridge(chance, horizon + (stage.height - horizon) * 0.45, 0.3, 90)


def lake(stage: Stage, horizon: float) -> Ridge:
    """Draw a lake in which mountains and sky are mirrored."""
    mountains(stage, horizon)
    wood = Ridge(stage.chance("wood"), horizon - 1.5, 1.4, 60)
    stage.pen.polygon(wood.outline(stage.width, horizon + 1), ground(stage, 0.45))
    chance = stage.chance("shore")
    tree = TREES.get(stage.scene.plants, pine)
    for _ in range(int(12 * stage.width / 100)):
        x = chance.number(0, stage.width)
        pen = stage.pen.at(x, horizon + 0.3, chance.number(5, 11))
        tree(pen, stage.light, chance, season_of_trees(stage.scene))
    _mirror(stage, horizon)
    front = Ridge(chance, stage.height * 0.93, 2, 80)
    stage.pen.polygon(front.outline(stage.width, stage.height), ground(stage, 1.0))
    return front


def _mirror(stage: Stage, horizon: float) -> None:
    image, line = stage.pen.image, round(horizon * stage.pen.scale)
    deep = min(image.height - line, line)
    # A quarter of the resolution is enough for a mirror of water, and much faster.
    above = image.crop((0, line - deep, image.width, line)).reduce(4)
    below = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    water = Image.new("RGB", below.size, stage.palette.water)
    mirror = Image.blend(below, water, 0.32)
    image.paste(mirror.resize((image.width, deep), Image.Resampling.NEAREST), (0, line))
    if image.height > line + deep:
        image.paste(stage.palette.water, (0, line + deep, image.width, image.height))
    chance = stage.chance("ripples")
    for nth in range(24):
        depth = (nth / 24) ** 1.5
        y = horizon + 0.8 + (stage.height - horizon) * depth
        x, wide = chance.number(0, stage.width), chance.number(5, 16) * (0.4 + depth)
        stage.pen.oval(
            x, y, wide, 0.14 + 0.25 * depth, clear(stage.palette.sky[-1], 0.4)
        )
