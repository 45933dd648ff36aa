"""Where the subjects of a picture stand, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures import animals, buildings, objects, sealife, vehicles
from booru_nb.drawn.pictures.colours import WHITE, clear, rgb
from booru_nb.drawn.pictures.plants import FLOWERS, flower
from booru_nb.drawn.pictures.shores import on_the_cliff

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
        ``ground``, ``water``, ``deep`` (under water), ``flutter`` (just above the
        ground), ``hanging`` (from above), ``air`` or ``sky`` (far away).
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
    "butterfly": Kind(animals.butterfly, 9, 12, "flutter", 0.6),
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

STALK = rgb("4f8f50")

INDOORS = {"table", "window"}
SHELTERED = {"cat", "fox", "rabbit", "robot", "owl", "hedgehog"}
"""What likes to be under an umbrella."""

SLOTS = (0.16, 0.36, 0.62, 0.84)
"""Where things stand in a landscape, as parts of its width."""


def place(stage: Stage, line: Ridge, horizon: float) -> None:
    """Draw the subjects, the main one last and so in front."""
    if stage.scene.setting == "simple":
        _large(stage, stage.scene.things[0])
    elif stage.scene.setting in INDOORS:
        _in_a_row(stage, line)
    else:
        _in_the_air(stage, horizon)
        _in_the_landscape(stage, line, horizon)


def _in_the_air(stage: Stage, horizon: float) -> None:
    chance = stage.chance("air")
    for thing in stage.scene.things:
        if KINDS[thing.kind].place != "sky":
            continue
        for nth in range(thing.count):
            share = (nth + chance.number(0.3, 0.7)) / thing.count
            size = KINDS[thing.kind].outdoors * chance.number(0.8, 1.15)
            size *= 1.0 if nth == 0 else 0.55
            x, y = stage.width * share, horizon * chance.number(0.45, 0.8)
            y = max(y, size * 1.12)
            if thing.kind == "kite":
                string = ((x, y), (x - 4, y + 8), (x + 2, stage.height))
                stage.pen.curve(string, clear(WHITE, 0.6), 0.2)
            KINDS[thing.kind].draw(stage.pen.at(x, y, size), thing, stage.light, chance)


def _in_the_landscape(stage: Stage, line: Ridge, horizon: float) -> None:
    chance = stage.chance("places")
    slots = chance.sample(SLOTS, len(SLOTS))
    shelter: float | None = None
    crowd = [
        thing for thing in reversed(stage.scene.things) for _ in range(thing.count)
    ]
    for nth, thing in enumerate(crowd):
        if KINDS[thing.kind].place == "sky":
            continue
        slot = slots.pop() if slots else chance.number(0.1, 0.9)
        share = min(0.93, max(0.07, slot + chance.number(-0.05, 0.05)))
        if thing.kind in {"umbrella", *SHELTERED} and _sheltering(stage):
            share = shelter = share if shelter is None else shelter
        _outdoors(stage, thing, nth, share, line, horizon)


def _sheltering(stage: Stage) -> bool:
    """Say whether somebody is under the umbrella."""
    kinds = {thing.kind for thing in stage.scene.things}
    wet = stage.scene.weather in {"rain", "storm", "snow"}
    return wet and "umbrella" in kinds and bool(kinds & SHELTERED)


def _outdoors(  # noqa: PLR0913, PLR0917  # a thing, and all that says where it is
    stage: Stage, thing: Thing, nth: int, share: float, line: Ridge, horizon: float
) -> None:
    chance = stage.chance(f"{thing.kind} {nth}")
    kind = KINDS[thing.kind]
    size = kind.outdoors * chance.number(0.88, 1.1)
    x = stage.width * share
    if stage.scene.setting == "coast" and kind.place in {"ground", "flutter"}:
        x = on_the_cliff(stage, horizon, share)
    y, grown = _height(stage, kind, line(x), horizon, chance)
    size *= grown
    if thing.kind == "umbrella" and _sheltering(stage):
        size, y = size * 1.35, y - 4
    reach = kind.half * size
    x = min(max(x, reach), max(stage.width - reach, reach))
    flip = chance.happens(0.5) and thing.kind not in {"train", "book"}
    kind.draw(stage.pen.at(x, y, size, flip=flip), thing, stage.light, chance)


def _height(
    stage: Stage, kind: Kind, ground: float, horizon: float, chance: Chance
) -> tuple[float, float]:
    """Return the y of a thing, and how much larger it is for being nearer."""
    if kind.place == "water":
        depth = chance.number(0.12, 0.55)
        return horizon + (stage.height * 0.92 - horizon) * depth, 0.55 + 0.9 * depth
    if kind.place == "deep":
        return stage.height * chance.number(0.18, 0.74), 1.0
    if kind.place == "flutter":
        return ground - chance.number(6, 22), 1.0
    if kind.place == "air":
        return stage.height * chance.number(0.62, 0.7), 1.0
    if kind.place == "hanging":
        return stage.height * chance.number(0.16, 0.28), 1.0
    return ground + 0.6, 1.0


def _large(stage: Stage, thing: Thing) -> None:
    kind = KINDS[thing.kind]
    size, y = min(62.0, 44.0 / kind.half), stage.height * 0.86
    if kind.place == "deep":
        size, y = min(30.0, 44.0 / kind.half), stage.height * 0.52
    if kind.place in {"sky", "hanging", "air"}:
        y = stage.height * 0.82
    pen = stage.pen.at(stage.width / 2, y, size)
    kind.draw(pen, thing, stage.light, stage.chance("large"))


def _in_a_row(stage: Stage, line: Ridge) -> None:
    """Draw things side by side, as large as there is room for."""
    chance, laid = stage.chance("row"), stage.scene.setting == "table"
    crowd = [thing for thing in stage.scene.things for _ in range(thing.count)]
    crowd = chance.sample(crowd, len(crowd))
    widths = [2 * KINDS[thing.kind].half * KINDS[thing.kind].indoors for thing in crowd]
    room = stage.width * (0.72 if laid else 0.60)
    grown = min(1.55 if laid else 1.2, room / sum(widths))
    free = room - sum(widths) * grown
    gap = min(5.0, free / len(crowd))
    x = (stage.width - sum(widths) * grown - gap * (len(crowd) - 1)) / 2
    for nth, thing in enumerate(crowd):
        middle = x + widths[nth] * grown / 2
        y = line(middle) + (chance.number(-2.5, 5) if laid else 0)
        _indoors(stage, thing, (middle, y, KINDS[thing.kind].indoors * grown), nth)
        x += widths[nth] * grown + gap


def _indoors(
    stage: Stage, thing: Thing, spot: tuple[float, float, float], nth: int
) -> None:
    x, y, size = spot
    kind = KINDS[thing.kind]
    stage.pen.oval(x, y, kind.half * size * 0.95, 1.3, clear(stage.palette.water, 0.28))
    chance = stage.chance(f"row {nth}")
    if thing.kind == "vase":
        _bunch(stage, x, y - size * 0.86, size)
    kind.draw(stage.pen.at(x, y, size), thing, stage.light, chance)


def _bunch(stage: Stage, x: float, y: float, size: float) -> None:
    """Put flowers into the mouth of a vase."""
    chance = stage.chance("bunch")
    kind = stage.scene.plants if stage.scene.plants in FLOWERS else "tulip"
    for turn in (-3, 3, -2, 2, -1, 1, 0):
        lean = turn * 0.17
        tall = size * chance.number(0.55, 0.8) * (1 - 0.25 * abs(lean))
        foot = (x + lean * size * 0.6, y - size * (0.1 - 0.2 * abs(lean)))
        stalk = ((x + lean * size * 0.1, y + size * 0.05), foot)
        stage.pen.line(stalk, stage.light.tint(STALK), 0.055 * tall)
        flower(stage.pen.at(*foot, tall), kind, stage.light, chance)
