"""Where the subjects of a picture stand, and how large they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import WHITE, clear, rgb
from booru_nb.drawn.pictures.kinds import KINDS
from booru_nb.drawn.pictures.lights import GLOWS, place_of_light
from booru_nb.drawn.pictures.plants import FLOWERS, flower
from booru_nb.drawn.pictures.shores import beside_the_cliff, on_the_cliff

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.kinds import Kind
    from booru_nb.drawn.pictures.stage import Ridge, Stage
    from booru_nb.drawn.scene import Thing


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
            x = _beside_the_light(stage, stage.width * share, horizon)
            y = horizon * chance.number(0.45, 0.8)
            y = max(y, size * 1.12)
            if thing.kind == "kite":
                string = ((x, y), (x - 4, y + 8), (x + 2, stage.height))
                stage.pen.curve(string, clear(WHITE, 0.6), 0.2)
            KINDS[thing.kind].draw(stage.pen.at(x, y, size), thing, stage.light, chance)


def _beside_the_light(stage: Stage, x: float, horizon: float) -> float:
    """Return a place to the left or right of the sun or the moon, to leave it seen."""
    light, _, radius = place_of_light(stage, horizon)
    if abs(x - light) > radius * 2 or not set(GLOWS) & set(stage.scene.behind):
        return x
    return light + radius * 2.6 * (1 if light < stage.width / 2 else -1)


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
    if stage.scene.setting == "coast":
        side = beside_the_cliff if kind.place == "water" else on_the_cliff
        x = side(stage, horizon, share)
    y, grown = _height(stage, kind, line(x), horizon, chance)
    size *= grown
    if thing.kind == "umbrella" and _sheltering(stage):
        size, y = size * 1.35, y - 4
    if kind.place == "hanging":
        x = _beside_the_light(stage, x, horizon)
    reach = kind.half * size
    x = min(max(x, reach), max(stage.width - reach, reach))
    flip = chance.happens(0.5) and thing.kind not in {"train", "book"}
    kind.draw(stage.pen.at(x, y, size, flip=flip), thing, stage.light, chance)


def _height(
    stage: Stage, kind: Kind, ground: float, horizon: float, chance: Chance
) -> tuple[float, float]:
    """Return the y of a thing, and how much larger it is for being nearer."""
    if kind.place == "water":
        # On a beach the water ends half way down.
        deepest = 0.34 if stage.scene.setting == "beach" else 0.55
        depth = chance.number(0.12, deepest)
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
    tall = stage.height > stage.width
    room = stage.width * (0.84 if tall and laid else 0.72 if laid else 0.60)
    grown = min(1.7 if laid else 1.25, room / sum(widths))
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
