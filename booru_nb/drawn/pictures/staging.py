"""Where the subjects of a picture stand, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures import animals, buildings, objects, sealife, vehicles
from booru_nb.drawn.pictures.plants import FLOWERS, flower
from booru_nb.drawn.pictures.water import shore_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.pictures.stage import Ridge, Stage
    from booru_nb.drawn.scene import Thing


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of thing is drawn.

    Parameters
    ----------
    draw : callable
        Draws one of it.
    outdoors, indoors : float
        Its height in a landscape, and on a table; the picture's short side is 100.
    place : str
        ``ground``, ``water``, ``deep`` (under water) or ``sky`` (drawn with the sky).
    half : float
        Half of its width, where its height is 1.
    """

    draw: Callable[[Pen, Thing, Light, Chance], None]
    outdoors: float
    indoors: float
    place: str = "ground"
    half: float = 0.5


KINDS: dict[str, Kind] = {
    "cat": Kind(animals.cat, 21, 36, half=0.45),
    "fox": Kind(animals.fox, 22, 36, half=0.6),
    "rabbit": Kind(animals.rabbit, 15, 30, half=0.4),
    "owl": Kind(animals.owl, 17, 30, half=0.4),
    "penguin": Kind(animals.penguin, 20, 32, half=0.45),
    "bird": Kind(animals.bird, 10, 18, half=0.8),
    "hedgehog": Kind(animals.hedgehog, 10, 19, half=1.0),
    "butterfly": Kind(animals.butterfly, 9, 12, half=0.6),
    "duck": Kind(animals.duck, 9, 20, "water", 0.75),
    "fish": Kind(sealife.fish, 11, 22, "deep", 1.1),
    "jellyfish": Kind(sealife.jellyfish, 21, 34, "deep", 0.5),
    "whale": Kind(sealife.whale, 20, 28, "deep", 1.55),
    "turtle": Kind(sealife.turtle, 20, 32, "deep", 0.9),
    "starfish": Kind(sealife.starfish, 8, 20, half=0.6),
    "lighthouse": Kind(buildings.lighthouse, 44, 58, half=0.3),
    "house": Kind(buildings.house, 22, 40, half=0.55),
    "windmill": Kind(buildings.windmill, 40, 52, half=0.45),
    "castle": Kind(buildings.castle, 36, 46, half=0.6),
    "tent": Kind(buildings.tent, 14, 26, half=1.0),
    "lamppost": Kind(buildings.lamppost, 40, 50, half=0.15),
    "bench": Kind(buildings.bench, 10, 18, half=0.95),
    "snowman": Kind(buildings.snowman, 24, 40, half=0.5),
    "sailboat": Kind(vehicles.sailboat, 24, 46, "water", 0.55),
    "rowboat": Kind(vehicles.rowboat, 7, 16, "water", 1.0),
    "ship": Kind(vehicles.steamer, 15, 24, "water", 1.2),
    "hot_air_balloon": Kind(vehicles.balloon, 30, 56, "sky", 0.45),
    "train": Kind(vehicles.train, 12, 16, half=3.7),
    "rocket": Kind(vehicles.rocket, 40, 50, "air", 0.35),
    "bicycle": Kind(vehicles.bicycle, 21, 34, half=0.95),
    "umbrella": Kind(objects.umbrella, 24, 42, half=0.65),
    "teapot": Kind(objects.teapot, 14, 26, half=0.9),
    "cup": Kind(objects.cup, 9, 13, half=0.7),
    "vase": Kind(objects.vase, 12, 24, half=0.5),
    "apple": Kind(objects.fruit, 6, 11, half=0.55),
    "pear": Kind(objects.fruit, 6, 13, half=0.55),
    "orange": Kind(objects.fruit, 6, 10, half=0.55),
    "lemon": Kind(objects.fruit, 5, 9, half=0.75),
    "book": Kind(objects.books, 8, 14, half=0.85),
    "candle": Kind(objects.candle, 12, 22, half=0.4),
    "robot": Kind(objects.robot, 24, 42, half=0.42),
    "lantern": Kind(objects.lantern, 12, 22, "hanging", 0.4),
    "kite": Kind(objects.kite, 17, 30, "sky", 0.4),
    "cake": Kind(objects.cake, 11, 20, half=0.95),
    "potted_plant": Kind(objects.potted_plant, 18, 34, half=0.55),
}
"""Every kind of thing that can be drawn."""

INDOORS = {"table", "window"}


def place(stage: Stage, line: Ridge, horizon: float) -> None:
    """Draw the subjects, the main one last and so in front."""
    if stage.scene.setting == "simple":
        _large(stage, stage.scene.things[0])
        return
    if stage.scene.setting in INDOORS:
        _in_a_row(stage, line)
        return
    chance = stage.chance("places")
    slots = chance.sample((0.16, 0.36, 0.62, 0.84), 4)
    for thing in reversed(stage.scene.things):
        kind = KINDS[thing.kind]
        if kind.place == "sky":
            continue
        for nth in range(thing.count):
            slot = slots.pop() if slots else chance.number(0.1, 0.9)
            x = stage.width * min(0.93, max(0.07, slot + chance.number(-0.05, 0.05)))
            _outdoors(stage, thing, x, line, horizon, nth)


def _outdoors(
    stage: Stage, thing: Thing, x: float, line: Ridge, horizon: float, nth: int
) -> None:
    chance = stage.chance(f"{thing.kind} {thing.look} {nth}")
    kind = KINDS[thing.kind]
    size = kind.outdoors * chance.number(0.9, 1.1) * (1.0 if nth == 0 else 0.78)
    y = line(x)
    if kind.place == "water" or (
        kind.place == "deep" and stage.scene.setting != "underwater"
    ):
        depth = chance.number(0.12, 0.55)
        y = horizon + (stage.height * 0.92 - horizon) * depth
        size *= 0.55 + 0.9 * depth
    elif kind.place == "deep":
        y = stage.height * (0.18 + 0.56 * chance.number())
    elif kind.place == "air":
        y = stage.height * chance.number(0.62, 0.7)
    elif kind.place == "hanging":
        y = chance.number(0.02, 0.1) * stage.height + size
    elif stage.scene.setting == "coast":
        x = shore_of(stage, x / stage.width)
    if kind.place in {"ground"}:
        y += 0.6
    reach = kind.half * size
    x = min(max(x, reach), max(stage.width - reach, reach))
    faces = chance.happens(0.5) and thing.kind not in {"train", "book"}
    kind.draw(stage.pen.at(x, y, size, flip=faces), thing, stage.light, chance)


def _large(stage: Stage, thing: Thing) -> None:
    kind = KINDS[thing.kind]
    size = min(62.0, 44.0 / kind.half)
    x, y = stage.width / 2, stage.height * 0.86
    if kind.place == "deep":
        size, y = min(30.0, 44.0 / kind.half), stage.height * 0.52
    if kind.place in {"sky", "hanging", "air"}:
        y = stage.height * 0.82
    pen = stage.pen.at(x, y, size)
    kind.draw(pen, thing, stage.light, stage.chance("large"))
    if thing.kind == "vase":
        _bunch(stage, x, y, size)


def _in_a_row(stage: Stage, line: Ridge) -> None:
    chance = stage.chance("row")
    crowd = [thing for thing in stage.scene.things for _ in range(thing.count)]
    widths = [2 * KINDS[thing.kind].half * KINDS[thing.kind].indoors for thing in crowd]
    room = stage.width * (0.72 if stage.scene.setting == "table" else 0.60)
    shrink = (
        min(1.55 if stage.scene.setting == "table" else 1.2, room / sum(widths))
        if widths
        else 1.0
    )
    order = chance.sample(list(range(len(crowd))), len(crowd))
    x = (stage.width - sum(widths) * shrink) / 2
    gap = (
        min(5.0, (room - sum(widths) * shrink) / max(1, len(crowd) - 1))
        if len(crowd) > 1
        else 0.0
    )
    x -= gap * (len(crowd) - 1) / 2
    for nth in order:
        thing, kind = crowd[nth], KINDS[crowd[nth].kind]
        size = kind.indoors * shrink
        middle = x + widths[nth] * shrink / 2
        y = line(middle) + (
            chance.number(-2.5, 5) if stage.scene.setting == "table" else 0
        )
        shadow = (*stage.palette.water, 70)
        stage.pen.oval(middle, y, kind.half * size * 0.95, 1.3, shadow)
        kind.draw(
            stage.pen.at(middle, y, size),
            thing,
            stage.light,
            stage.chance(f"row {nth}"),
        )
        if thing.kind == "vase":
            _bunch(stage, middle, y, size)
        x += widths[nth] * shrink + gap


def _bunch(stage: Stage, x: float, y: float, size: float) -> None:
    """Put flowers into a vase."""
    chance = stage.chance("bunch")
    kind = stage.scene.plants if stage.scene.plants in FLOWERS else "tulip"
    top = y - size * 0.86
    for turn in range(7):
        lean = (turn - 3) * 0.17
        tall = size * chance.number(0.55, 0.8) * (1 - 0.25 * abs(lean))
        pen = stage.pen.at(
            x + lean * size * 0.75, top - size * 0.1 + abs(lean) * size * 0.2, tall
        )
        stage.pen.line(
            (
                (x + lean * size * 0.1, top),
                (pen.x / stage.pen.scale, pen.y / stage.pen.scale),
            ),
            stage.light.tint((79, 143, 80)),
            0.5,
        )
        flower(pen, kind, stage.light, chance)
