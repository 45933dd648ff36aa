"""Water: the sea from above and from below, shores and lakes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image

from booru_nb.drawn.pictures.colours import WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.land import ground, mountains
from booru_nb.drawn.pictures.plants import TREES, palm, pine
from booru_nb.drawn.pictures.sky import place_of_light, soft_sky
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage

LIGHTS = {"sun", "full_moon", "crescent_moon"}


def soft_sea(stage: Stage, horizon: float) -> None:
    """Draw the sky's and the water's colours."""
    soft_sky(stage, horizon)
    sky, water = stage.palette.sky, stage.palette.water
    far = mix(sky[-1], water, 0.35)
    gradient(stage.pen, (far, mix(far, water, 0.6), water), horizon, stage.height)


def soft_depths(stage: Stage, _: float) -> None:
    """Draw the colours of the world under the sea."""
    gradient(stage.pen, stage.palette.sky, 0, stage.height)
    chance = stage.chance("rays")
    for _ in range(5):
        x, wide = chance.number(0, stage.width), chance.number(3, 8)
        end, deep = x + chance.number(-22, -8), stage.height * 0.9
        ray = ((x, 0), (x + wide, 0), (end + wide * 2.6, deep), (end, deep))
        stage.pen.polygon(ray, clear(stage.palette.light, 0.11))


def sea(stage: Stage, horizon: float) -> None:
    """Draw the sea from the horizon to our feet."""
    sky = stage.palette.sky
    chance = stage.chance("waves")
    for nth in range(46):
        depth = (nth / 46) ** 1.6
        y = horizon + 1 + (stage.height - horizon) * depth
        x, wide = (
            chance.number(0, stage.width),
            chance.number(2, 6) * (0.5 + 2.2 * depth),
        )
        fill = clear(mix(sky[-1], WHITE, 0.35), 0.16 + 0.12 * chance.number())
        stage.pen.oval(x, y, wide, 0.16 + 0.45 * depth, fill)
    if LIGHTS & set(stage.scene.behind):
        _path_of_light(stage, horizon)


def _path_of_light(stage: Stage, horizon: float) -> None:
    chance = stage.chance("path")
    x, _, radius = place_of_light(stage, horizon)
    for nth in range(26):
        depth = (nth / 26) ** 1.3
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


def coast(stage: Stage, horizon: float) -> Ridge:
    """Draw a cliff above the sea; its top is the line to stand on."""
    sea(stage, horizon)
    chance = stage.chance("cliff")
    left = chance.happens(0.5)
    edge = stage.width * chance.number(0.46, 0.62)
    top = horizon - chance.number(2, 9)

    def across(x: float) -> float:
        return x if left else stage.width - x

    def shape(lift: float, inset: float) -> list[tuple[float, float]]:
        return [
            (across(-1), top + lift),
            (across(edge * 0.55), top + lift + 1),
            (across(edge - inset), top + lift + 4),
            (across(edge * 1.04 - inset), top + 14 + lift),
            (across(edge * 0.90 - inset), top + 22 + lift),
            (across(edge * 1.10 - inset), stage.height),
            (across(-1), stage.height),
        ]

    rock = mix(stage.palette.near, stage.light.tint(rgb("7a6a62")), 0.55)
    foam = clear(mix(stage.palette.sky[-1], WHITE, 0.6), 0.7)
    for step in range(6):
        y = stage.height - 3 - step * 1.2
        stage.pen.oval(across(edge * (1.02 + 0.02 * step)), y, 9 - step, 0.8, foam)
    stage.pen.polygon(shape(0, 0), rock)
    stage.pen.polygon(shape(7, edge * 0.13), mix(rock, stage.palette.near, 0.4))
    stage.pen.polygon(shape(16, edge * 0.36), mix(rock, stage.palette.near, 0.7))
    turf = [
        (across(-1), top),
        (across(edge * 0.55), top + 1),
        (across(edge + 1), top + 4),
        (across(edge + 0.5), top + 6.5),
        (across(edge * 0.7), top + 5.5),
        (across(edge * 0.4), top + 7),
        (across(-1), top + 5),
    ]
    stage.pen.polygon(turf, ground(stage, 0.75))
    line = Ridge(chance, top + 2, 0.0, 90)
    if stage.scene.plants in TREES:
        tree = TREES[stage.scene.plants]
        for nth in range(4):
            x = across(edge * (0.04 + 0.10 * nth))
            tree(
                stage.pen.at(x, line(x), chance.number(10, 16)),
                stage.light,
                chance,
                stage.scene.season,
            )
    return line


def shore_of(stage: Stage, x: float) -> float:
    """Return where on the cliff of a `coast` something stands; `x` goes from 0 to 1."""
    chance = stage.chance("cliff")
    left = chance.happens(0.5)
    edge = stage.width * chance.number(0.46, 0.62)
    place = edge * (0.12 + 0.72 * x)
    return place if left else stage.width - place


def beach(stage: Stage, horizon: float) -> Ridge:
    """Draw a sandy beach in front of the sea."""
    sea(stage, horizon)
    sand = stage.light.tint(rgb("f0d9a8"))
    chance = stage.chance("beach")
    base = horizon + (stage.height - horizon) * 0.5
    ridge = Ridge(chance, base, 2.5, 110)
    foam = Ridge(stage.chance("beach"), base - 1.6, 2.7, 106)
    stage.pen.polygon(foam.outline(stage.width, stage.height), mix(sand, WHITE, 0.75))
    stage.pen.polygon(
        ridge.outline(stage.width, stage.height), stage.light.dark(sand, 0.12)
    )
    dry = Ridge(chance, base + 6, 2.5, 120)
    stage.pen.polygon(dry.outline(stage.width, stage.height), sand)
    for _ in range(40):
        x, y = chance.number(0, stage.width), chance.number(base + 9, stage.height)
        stage.pen.oval(x, y, 0.5, 0.2, stage.light.dark(sand, 0.2))
    if stage.scene.plants == "palm_tree":
        side = chance.happens(0.5)
        for nth in range(2):
            x = stage.width * (0.08 + 0.11 * nth)
            pen = stage.pen.at(
                x if side else stage.width - x, base + 12 + 5 * nth, 46 - 8 * nth
            )
            palm(pen, stage.light, chance, "")
    return Ridge(chance, base + (stage.height - base) * 0.6, 0.8, 90)


def lake(stage: Stage, horizon: float) -> Ridge:
    """Draw a lake in which mountains and sky are mirrored."""
    mountains(stage, horizon)
    wood = Ridge(stage.chance("wood"), horizon - 1.5, 1.4, 60)
    stage.pen.polygon(wood.outline(stage.width, horizon + 1), ground(stage, 0.45))
    chance = stage.chance("shore")
    tree = TREES.get(stage.scene.plants, pine)
    for _ in range(int(16 * stage.width / 100)):
        x = chance.number(0, stage.width)
        pen = stage.pen.at(x, horizon + 0.3, chance.number(5, 11))
        tree(pen, stage.light, chance, stage.scene.season)
    _mirror(stage, horizon)
    front = Ridge(chance, stage.height * 0.93, 2, 80)
    stage.pen.polygon(front.outline(stage.width, stage.height), ground(stage, 1.0))
    return front


def _mirror(stage: Stage, horizon: float) -> None:
    image, line = stage.pen.image, round(horizon * stage.pen.scale)
    deep = min(image.height - line, line)
    # Half the resolution is enough for a mirror of water, and much faster.
    above = image.crop((0, line - deep, image.width, line)).reduce(2)
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


def underwater(stage: Stage, _: float) -> Ridge:
    """Draw the world under the sea: rays of light, weeds, corals, bubbles."""
    pen, palette = stage.pen, stage.palette
    chance = stage.chance("under water")
    for row in range(2):
        floor = Ridge(chance, stage.height * (0.84 + 0.07 * row), 3, 60)
        fill = mix(palette.near, palette.sky[-1], 0.55 - 0.45 * row)
        pen.polygon(floor.outline(stage.width, stage.height), fill)
        _reef(stage, floor, row)
    for _bubble in range(16):
        x, y = chance.number(0, stage.width), chance.number(0, stage.height * 0.85)
        pen.ring(x, y, chance.number(0.5, 1.7), clear(WHITE, 0.55), 0.22)
    return Ridge(chance, stage.height * 0.94, 0.5, 60)


def _reef(stage: Stage, floor: Ridge, row: int) -> None:
    chance = stage.chance(f"reef {row}")
    for _ in range(5):
        x, tall = chance.number(0, stage.width), chance.number(10, 24)
        green = mix(rgb("2f9a6b"), stage.palette.sky[-1], 0.45 - 0.3 * row)
        sway = chance.number(0.8, 1.6)
        for blade in range(3):
            start = x + blade * 1.8
            points = [
                (
                    start + sway * math.sin(blade + t * 0.9),
                    floor(start) + 1 - tall * (0.8 + 0.1 * blade) * t / 7,
                )
                for t in range(8)
            ]
            stage.pen.line(points, green, 1.1)
    for _ in range(3):
        x = chance.number(0, stage.width)
        coral = mix(
            rgb(chance.pick(("f07a6a", "f2a65a", "d86fa8", "f4c7c3"))),
            stage.palette.sky[-1],
            0.35 - 0.3 * row,
        )
        for turn in range(5):
            angle = math.pi * (1.2 + 0.15 * turn)
            tip = (
                x + math.cos(angle) * 6,
                floor(x) + 1 + math.sin(angle) * chance.number(5, 9),
            )
            stage.pen.line(((x, floor(x) + 1.5), tip), coral, 1.3)
            stage.pen.disc(*tip, 0.95, coral)
