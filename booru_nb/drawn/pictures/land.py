"""Land: hills, mountains, fields, woods and deserts, with the line to stand on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import SNOW, WHITE, mix, rgb
from booru_nb.drawn.pictures.plants import FLOWERS, TREES, flower, pine
from booru_nb.drawn.pictures.stage import Ridge

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.colours import RGB, Light
    from booru_nb.drawn.pictures.stage import Stage
    from booru_nb.drawn.scene import Scene

SEASONS: dict[str, tuple[RGB, float]] = {
    "spring": (rgb("9cc872"), 0.30),
    "summer": (rgb("4fa05a"), 0.15),
    "autumn": (rgb("c98a3c"), 0.45),
    "winter": (SNOW, 0.78),
    "": (rgb("000000"), 0.0),
}
"""Where the ground's colour goes in each season, and how far."""


def ground(stage: Stage, share: float) -> RGB:
    """Return the colour of the land; `share` is 0 at the horizon and 1 at our feet."""
    plain = mix(stage.palette.far, stage.palette.near, share)
    goal, much = SEASONS[stage.scene.season]
    return mix(plain, stage.light.tint(goal), much * (0.35 + 0.65 * share))


def season_of_trees(scene: Scene) -> str:
    """Return the season in which the trees of a scene are."""
    shown = {"cherry_blossoms": "spring", "autumn_leaves": "autumn"}
    return shown.get(scene.plants, scene.season)


def hills(stage: Stage, horizon: float, *, layers: int = 5) -> Ridge:
    """Draw rolling hills with trees or flowers; the nearest is the line to stand on."""
    last = layers - 1
    ridges = []
    for layer in range(last + 1):
        base = horizon + (stage.height - horizon) * 0.80 * (layer / last) ** 1.25
        length = 60 + 34 * layer / last
        ridges.append(Ridge(stage.chance(f"ridge {layer}"), base, 4.5, length))
    for layer, ridge in enumerate(ridges):
        # What the next hill hides is not filled.
        bottom = stage.height if layer == last else ridges[layer + 1].lowest + 1
        outline = ridge.outline(stage.width, bottom)
        stage.pen.polygon(outline, ground(stage, layer / last))
        if stage.scene.plants in TREES and layer < last:
            _trees(stage, ridge, layer, layer / last)
    if stage.scene.plants in FLOWERS:
        _meadow(stage, ridges[-1])
    return ridges[-1]


def _trees(stage: Stage, ridge: Ridge, layer: int, share: float) -> None:
    chance = stage.chance(f"trees {layer}")
    tree = TREES[stage.scene.plants]
    season = season_of_trees(stage.scene)
    for _ in range(chance.whole(5, 8) - layer):
        x = chance.number(0, stage.width)
        size = (5 + 17 * share) * chance.number(0.75, 1.25)
        tree(stage.pen.at(x, ridge(x) + 0.6, size), stage.light, chance, season)


def _meadow(stage: Stage, ridge: Ridge) -> None:
    chance = stage.chance("meadow")
    for _ in range(26):
        x = chance.number(0, stage.width)
        depth = chance.number()
        y = ridge(x) + 2 + depth * (stage.height - ridge(x))
        pen = stage.pen.at(x, y + 3, 4.5 + 6 * depth)
        flower(pen, stage.scene.plants, stage.light, chance)


def mountains(stage: Stage, horizon: float) -> None:
    """Draw mountains with snow on their tops."""
    chance = stage.chance("mountains")
    for row in range(2):
        fill = mix(stage.palette.far, stage.palette.sky[-1], 0.45 - 0.40 * row)
        for nth in range(4 - row):
            x = stage.width * (nth + chance.number(0.1, 0.9)) / (4 - row)
            tall = chance.number(20, 36) * (1.0 - 0.28 * row)
            _peak(stage, x, horizon + 2, tall, fill)


def _peak(stage: Stage, x: float, foot: float, tall: float, fill: RGB) -> None:
    chance = stage.chance(f"peak {x:.3f}")
    left, right = tall * chance.number(0.8, 1.2), tall * chance.number(0.8, 1.2)
    top = foot - tall
    pen = stage.pen
    lean = chance.number(-0.12, 0.12) * tall
    pen.polygon(((x - left, foot), (x, top), (x + right, foot)), fill)
    dark = mix(fill, stage.palette.near, 0.28)
    fold = (
        (x, top),
        (x + right, foot),
        (x + lean, foot),
        (x + lean + 2, foot - tall * 0.4),
        (x - 1, foot - tall * 0.7),
    )
    pen.polygon(fold, dark)
    cap = 0.30
    snow = mix(fill, stage.light.tint(SNOW), 0.85)
    edge = [(x - left * cap, top + tall * cap)]
    for step in range(1, 6):
        part = -left * cap + (left + right) * cap * step / 6
        edge.append((x + part, top + tall * cap * (0.72 if step % 2 else 1.1)))
    edge.append((x + right * cap, top + tall * cap))
    pen.polygon([(x, top), *edge], snow)
    pen.polygon([(x, top), edge[3], edge[4], edge[5], edge[6]], mix(snow, dark, 0.30))


def field(stage: Stage, horizon: float) -> Ridge:
    """Draw a field of flowers that goes to the horizon."""
    back = Ridge(stage.chance("back"), horizon - 2, 3, 80)
    stage.pen.polygon(back.outline(stage.width, stage.height), ground(stage, 0.15))
    ridge = Ridge(stage.chance("ridge"), horizon + 4, 1.5, 120)
    stage.pen.polygon(ridge.outline(stage.width, stage.height), ground(stage, 0.8))
    chance = stage.chance("field")
    colours = [stage.light.tint(rgb(c)) for c in FLOWERS[stage.scene.plants]]
    rows = 15
    for row in range(rows):
        depth = (row / rows) ** 1.8
        y = horizon + 6 + (stage.height - horizon - 14) * depth
        size = 0.35 + 2.2 * depth
        shade = mix(ground(stage, 0.8), rgb("2f6a3f"), 0.25 * depth)
        stage.pen.box(0, y, stage.width, y + size * 2.4, stage.light.tint(shade))
        x = -size * chance.number(0, 2)
        while x < stage.width:
            high = y + chance.number(-0.5, 0.5) * size
            fill = colours[0] if len(colours) == 1 else colours[row % len(colours)]
            stage.pen.disc(x, high, size, mix(fill, WHITE, 0.14 * chance.number()))
            x += size * chance.number(2.1, 3.2)
    for _ in range(9):
        x = chance.number(0, stage.width)
        flower(
            stage.pen.at(x, stage.height + 3, chance.number(15, 22)),
            stage.scene.plants,
            stage.light,
            chance,
        )
    return Ridge(stage.chance("ridge"), stage.height * 0.86, 0.5, 120)


FADES = (0.62, 0.36, 0.0, 0.0)
"""How far the trees of each row of a wood go towards the colour of the sky."""

CLEARING = (0.3, 0.7)
"""Between which parts of the width no tree of the first row stands."""


def forest(stage: Stage, horizon: float) -> Ridge:
    """Draw a wood whose trees fade into the distance."""
    chance = stage.chance("forest")
    ridge = Ridge(chance, horizon, 2, 90)
    for row, fade in enumerate(FADES):
        share = row / (len(FADES) - 1)
        base = horizon + 4 + (stage.height - horizon - 14) * share
        ridge = Ridge(chance, base, 2.5, 90)
        bottom = stage.height if share == 1 else ridge.lowest + 20
        stage.pen.polygon(ridge.outline(stage.width, bottom), ground(stage, share))
        light = stage.light
        if fade:
            light = replace(light, shade=stage.palette.sky[-1], depth=fade)
        _row_of_trees(stage, ridge, row, light)
    return ridge


def _row_of_trees(stage: Stage, ridge: Ridge, row: int, light: Light) -> None:
    chance, season = stage.chance(f"row {row}"), season_of_trees(stage.scene)
    tree = TREES.get(stage.scene.plants, pine)
    size = 24 + 26 * row / (len(FADES) - 1)
    count = int((7 - 1.3 * row) * stage.width / 100) + 1
    for nth in range(count):
        share = (nth + chance.number()) / count
        if row == len(FADES) - 1 and CLEARING[0] < share < CLEARING[1]:
            continue
        x = stage.width * share
        pen = stage.pen.at(x, ridge(x) + 1, size * chance.number(0.8, 1.15))
        tree(pen, light, chance, season)


def desert(stage: Stage, horizon: float) -> Ridge:
    """Draw dunes with a bright and a dark side."""
    ridge = Ridge(stage.chance("dune 0"), horizon, 2, 90)
    for layer in range(4):
        share = layer / 3
        base = horizon + (stage.height - horizon) * 0.72 * share
        chance = stage.chance(f"dune {layer}")
        ridge = Ridge(chance, base, 5.5 + 2 * share, 90 + 30 * share)
        fill = mix(stage.palette.far, stage.palette.near, share)
        outline = ridge.outline(stage.width, stage.height)
        stage.pen.polygon(outline, mix(fill, WHITE, 0.10))
        crest = outline[1:-1]
        lee = [(x + 9 + 6 * share, y + 7 + 13 * share) for x, y in reversed(crest)]
        stage.pen.polygon([*crest, *lee], mix(fill, stage.palette.near, 0.30))
        if stage.scene.plants in TREES and layer in {1, 2}:
            for _ in range(3):
                x = chance.number(0, stage.width)
                pen = stage.pen.at(
                    x, ridge(x) + 1, (6 + 13 * share) * chance.number(0.8, 1.2)
                )
                TREES[stage.scene.plants](pen, stage.light, chance, "")
    return ridge
