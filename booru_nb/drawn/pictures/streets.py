"""A village: rows of houses along a street."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.buildings import house
from booru_nb.drawn.pictures.colours import SNOW, mix, rgb
from booru_nb.drawn.pictures.land import ground, season_of_trees
from booru_nb.drawn.pictures.pen import shape
from booru_nb.drawn.pictures.plants import TREES
from booru_nb.drawn.pictures.stage import Ridge
from booru_nb.drawn.scene import Thing

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage

ROOFS = ("red", "orange", "brown", "blue", "grey", "aqua", "purple")
PAVING = rgb("a79c92")
SNOWY_ROOF = shape("-0.36,-0.79 0.36,-0.79 0.28,-0.98 -0.28,-0.98")
TREE_SPOTS = (0.03, 0.965)
"""Where along the street there is a tree for certain."""


def village(stage: Stage, horizon: float) -> Ridge:
    """Draw rows of houses, and the street to stand on."""
    back = Ridge(stage.chance("village"), horizon, 3, 80)
    stage.pen.polygon(back.outline(stage.width, stage.height), ground(stage, 0.25))
    street = stage.height * 0.84
    for row in range(3):
        foot = horizon + 6 + (street - horizon - 6) * (row / 2) ** 1.15
        size = 15 + 11 * row
        if row:
            fill = ground(stage, 0.3 + 0.3 * row)
            stage.pen.box(0, foot - size * 0.25, stage.width, street, fill)
        _houses(stage, row, foot, size)
    _street(stage, street)
    for spot in TREE_SPOTS:
        _tree(stage, stage.width * spot, street + 1, 30)
    return Ridge(stage.chance("street"), stage.height * 0.92, 0.0, 90)


def _houses(stage: Stage, row: int, foot: float, size: float) -> None:
    chance = stage.chance(f"houses {row}")
    x = -size * chance.number(0, 0.6)
    while x < stage.width + size * 0.5:
        roof = Thing("house", chance.pick(ROOFS))
        tall = size * chance.number(0.9, 1.25)
        if chance.happens(0.82):
            pen = stage.pen.at(x, foot, tall)
            house(pen, roof, stage.light, chance)
            if stage.scene.season == "winter":
                pen.blob(SNOWY_ROOF, stage.light.tint(SNOW), rounds=1)
        else:
            _tree(stage, x, foot, tall)
        x += tall * chance.number(0.95, 1.2)


def _tree(stage: Stage, x: float, foot: float, tall: float) -> None:
    if stage.scene.plants in TREES:
        tree, chance = TREES[stage.scene.plants], stage.chance(f"tree {x:.3f}")
        pen = stage.pen.at(x, foot, tall)
        tree(pen, stage.light, chance, season_of_trees(stage.scene))


def _street(stage: Stage, street: float) -> None:
    paving = mix(stage.light.tint(PAVING), stage.palette.near, 0.25)
    if stage.scene.season == "winter":
        paving = mix(paving, stage.light.tint(SNOW), 0.75)
    stage.pen.box(0, street, stage.width, stage.height, paving)
    joint = stage.light.dark(paving, 0.14)
    for row in range(3):
        y = street + 2.5 + row * 4.5
        for nth in range(int(stage.width / 9) + 1):
            x = nth * 9 + (row % 2) * 4.5
            stage.pen.box(x, y, x + 8.2, y + 0.5, joint)
