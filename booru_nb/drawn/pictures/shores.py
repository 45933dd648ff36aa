"""Where land meets the sea: cliffs and beaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import WHITE, mix, rgb
from booru_nb.drawn.pictures.land import ground, season_of_trees
from booru_nb.drawn.pictures.lights import cliff_is_left
from booru_nb.drawn.pictures.plants import TREES, palm
from booru_nb.drawn.pictures.stage import Ridge
from booru_nb.drawn.pictures.water import sea

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.pen import Point
    from booru_nb.drawn.pictures.stage import Stage

SAND = rgb("f0d9a8")
ROCK = rgb("7a6a62")


@dataclass(frozen=True, slots=True)
class Cliff:
    """A cliff at one side of a picture.

    Parameters
    ----------
    width : float
        Of the picture.
    left : bool
        At which side it is.
    edge : float
        How far it reaches into the picture.
    top : float
        How high it is, as a y.
    """

    width: float
    left: bool
    edge: float
    top: float

    def at(self, part: float, down: float, inset: float = 0.0) -> Point:
        """Return a point of it: how far towards its edge, and how far below its top."""
        x = self.edge * part - inset
        return (x if self.left else self.width - x), self.top + down


def cliff_of(stage: Stage, horizon: float) -> Cliff:
    """Return where the cliff of a picture is."""
    chance = stage.chance("cliff")
    left = cliff_is_left(stage)
    edge = stage.width * chance.number(0.46, 0.62)
    return Cliff(stage.width, left, edge, horizon - chance.number(2, 9))


def coast(stage: Stage, horizon: float) -> Ridge:
    """Draw a cliff above the sea; its top is the line to stand on."""
    sea(stage, horizon)
    cliff = cliff_of(stage, horizon)
    deep = stage.height - cliff.top
    rock = mix(stage.palette.near, stage.light.tint(ROCK), 0.55)
    for lift, inset, shade in ((0.0, 0.0, 0.0), (7, 0.13, 0.4), (16, 0.36, 0.7)):
        face = _face(cliff, lift, cliff.edge * inset, deep)
        stage.pen.polygon(face, mix(rock, stage.palette.near, shade))
    places = (
        (-0.01, 0),
        (0.55, 1),
        (1.01, 4),
        (1.0, 6.5),
        (0.7, 5.5),
        (0.4, 7),
        (-0.01, 5),
    )
    stage.pen.polygon([cliff.at(*place) for place in places], ground(stage, 0.75))
    line = Ridge(stage.chance("line"), cliff.top + 2, 0.0, 90)
    if stage.scene.plants in TREES:
        chance, tree = stage.chance("grove"), TREES[stage.scene.plants]
        for nth in range(4):
            x, y = cliff.at(0.04 + 0.10 * nth, 2)
            pen = stage.pen.at(x, y, chance.number(10, 16))
            tree(pen, stage.light, chance, season_of_trees(stage.scene))
    return line


def _face(cliff: Cliff, lift: float, inset: float, deep: float) -> list[Point]:
    """Return the outline of the cliff's face, or of the shadows on it."""
    return [
        cliff.at(-0.01, lift),
        cliff.at(0.55, lift + 1),
        cliff.at(1.0, lift + 4, inset),
        cliff.at(1.04, lift + 14, inset),
        cliff.at(0.90, lift + 22, inset),
        cliff.at(1.10, deep, inset),
        cliff.at(-0.01, deep),
    ]


def beside_the_cliff(stage: Stage, horizon: float, share: float) -> float:
    """Return the x of something on the water; `share` goes from 0 to 1."""
    cliff = cliff_of(stage, horizon)
    x = cliff.edge + (stage.width - cliff.edge) * (0.35 + 0.5 * share)
    return x if cliff.left else stage.width - x


def on_the_cliff(stage: Stage, horizon: float, share: float) -> float:
    """Return the x of something on the cliff; `share` goes from 0 to 1."""
    return cliff_of(stage, horizon).at(0.12 + 0.72 * share, 0)[0]


def beach(stage: Stage, horizon: float) -> Ridge:
    """Draw a sandy beach in front of the sea."""
    sea(stage, horizon)
    sand = stage.light.tint(SAND)
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
