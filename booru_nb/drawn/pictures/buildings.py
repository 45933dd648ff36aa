"""Buildings and what stands about: each stands on (0, 0) and is one unit high."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import (
    INK,
    LAMP,
    NAMED,
    SNOW,
    WHITE,
    WOOD,
    mix,
    rgb,
)
from booru_nb.drawn.pictures.pen import shape

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import RGB, Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


def lighthouse(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a lighthouse with stripes; when lamps are lit, its beam shines."""
    wall = light.tint(rgb("f5f0e4"))
    stripe = light.tint(NAMED[thing.look])
    if light.lit:
        for side in (-1, 1):
            far = 3.2 * side
            pen.polygon(((0, -0.88), (far, -1.22), (far, -0.62)), (*LAMP, 70))
        pen.glow(0, -0.88, 0.45, LAMP, 0.9)
    pen.polygon(shape("-0.15,0 -0.1,-0.8 0.1,-0.8 0.15,0"), wall)
    for row in range(3):
        top, low = -0.68 + row * 0.25, -0.56 + row * 0.25
        wide = [0.15 + 0.05 * y / 0.8 for y in (top, low)]
        pen.polygon(
            ((-wide[0], top), (wide[0], top), (wide[1], low), (-wide[1], low)), stripe
        )
    shadow = shape("0.04,0 0.03,-0.8 0.1,-0.8 0.15,0")
    pen.polygon(shadow, (*light.dark(wall, 1.0), 70))
    pen.box(-0.14, -0.83, 0.14, -0.79, light.tint(INK))
    pen.box(-0.08, -0.94, 0.08, -0.83, LAMP if light.lit else light.tint(rgb("bfe0ea")))
    for x in (-0.08, 0.0, 0.08):
        pen.line(((x, -0.94), (x, -0.83)), light.tint(INK), 0.012)
    pen.polygon(((-0.11, -0.93), (0.11, -0.93), (0, -1.05)), stripe)
    pen.disc(0, -1.06, 0.018, light.tint(INK))
    pen.blob(
        shape("-0.04,0 -0.045,-0.13 0.045,-0.13 0.04,0"),
        light.tint(WOOD),
        rounds=1,
    )


def house(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a house with a gable, a chimney and windows."""
    wall = light.tint(rgb(chance.pick(("f3e6cf", "e8c9a8", "d9dfe0", "f0d6c9"))))
    roof = light.tint(NAMED[thing.look])
    pen.box(0.16, -1.0, 0.28, -0.7, light.dark(roof, 0.35))
    pen.box(-0.40, -0.55, 0.40, 0, wall)
    pen.polygon(shape("0.2,-0.55 0.4,-0.55 0.4,0 0.2,0"), (*light.dark(wall, 1.0), 40))
    pen.polygon(shape("-0.5,-0.52 0.5,-0.52 0.28,-0.95 -0.28,-0.95"), roof)
    pen.polygon(
        shape("-0.5,-0.52 0.5,-0.52 0.48,-0.56 -0.48,-0.56"),
        light.dark(roof, 0.4),
    )
    for x in (-0.25, 0.25):
        _window(pen, x, -0.30, light)
    pen.box(-0.08, -0.30, 0.08, 0, light.tint(WOOD))
    pen.disc(0.045, -0.14, 0.016, light.tint(NAMED["yellow"]))


def _window(pen: Pen, x: float, y: float, light: Light, size: float = 0.09) -> None:
    pen.box(
        x - size * 1.2,
        y - size * 1.2,
        x + size * 1.2,
        y + size * 1.2,
        light.tint(WHITE),
    )
    pen.box(x - size, y - size, x + size, y + size, light.window())
    pen.line(((x, y - size), (x, y + size)), light.tint(WHITE), size * 0.2)
    pen.line(((x - size, y), (x + size, y)), light.tint(WHITE), size * 0.2)


def windmill(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a windmill with four sails."""
    wall = light.tint(rgb("efe4d0"))
    roof = light.tint(NAMED[thing.look])
    pen.polygon(shape("-0.22,0 -0.14,-0.62 0.14,-0.62 0.22,0"), wall)
    pen.polygon(shape("0.06,0 0.04,-0.62 0.14,-0.62 0.22,0"), light.dark(wall, 0.2))
    pen.blob(shape("-0.17,-0.6 -0.14,-0.8 0.14,-0.8 0.17,-0.6"), roof)
    _window(pen, 0, -0.40, light, 0.045)
    pen.box(-0.06, -0.15, 0.06, 0, light.tint(WOOD))
    start = chance.number(0.2, 1.2)
    frame = light.tint(WOOD)
    for quarter in range(4):
        angle = start + quarter * math.pi / 2
        cos, sin = math.cos(angle), math.sin(angle)
        blade = shape("0.08,0.01 0.42,0.01 0.42,0.11 0.08,0.11")
        turned = [(a * cos - b * sin, a * sin + b * cos - 0.66) for a, b in blade]
        pen.polygon(turned, light.tint(rgb("fbf6ea")))
        pen.line((turned[0], turned[1]), frame, 0.016)
        pen.line((turned[2], turned[3]), frame, 0.008)
        pen.line(((0, -0.66), turned[0]), frame, 0.022)
    pen.disc(0, -0.66, 0.03, frame)


def castle(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a castle with three towers."""
    wall = light.tint(rgb("cfc7c4"))
    roof = light.tint(NAMED[thing.look])
    pen.box(-0.42, -0.42, 0.42, 0, light.dark(wall, 0.15))
    for notch in range(7):
        pen.box(
            -0.42 + notch * 0.125,
            -0.47,
            -0.36 + notch * 0.125,
            -0.42,
            light.dark(wall, 0.15),
        )
    for x, high, wide in ((-0.42, 0.62, 0.11), (0.42, 0.58, 0.11), (0.06, 0.80, 0.14)):
        pen.box(x - wide, -high, x + wide, 0, wall)
        pen.box(x + wide * 0.3, -high, x + wide, 0, light.dark(wall, 0.22))
        pen.polygon(
            (
                (x - wide * 1.35, -high),
                (x + wide * 1.35, -high),
                (x, -high - wide * 2.4),
            ),
            roof,
        )
        pen.blob(
            (
                (x - 0.03, -high + 0.18),
                (x - 0.03, -high + 0.06),
                (x + 0.03, -high + 0.06),
                (x + 0.03, -high + 0.18),
            ),
            light.window(),
            rounds=1,
        )
        _flag(pen, x, -high - wide * 2.4, roof, light)
    pen.blob(shape("-0.24,0 -0.25,-0.27 -0.08,-0.27 -0.09,0"), light.tint(WOOD))


def _flag(pen: Pen, x: float, y: float, cloth: RGB, light: Light) -> None:
    pen.line(((x, y + 0.01), (x, y - 0.10)), light.tint(INK), 0.01)
    pen.polygon(
        ((x, y - 0.10), (x + 0.11, y - 0.075), (x, y - 0.05)), mix(cloth, WHITE, 0.2)
    )


def tent(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a tent; when lamps are lit, it shines from within."""
    cloth = light.tint(NAMED[thing.look])
    if light.lit:
        pen.glow(0, -0.4, 1.3, LAMP, 0.6)
        cloth = mix(cloth, LAMP, 0.35)
    pen.polygon(((-0.85, 0), (0, -1), (0.85, 0)), cloth)
    pen.polygon(((0.25, 0), (0, -1), (0.85, 0)), light.dark(cloth, 0.2))
    pen.polygon(
        ((-0.25, 0), (0, -0.78), (0.2, 0)), LAMP if light.lit else light.tint(INK)
    )
    pen.line(((-0.95, 0), (0, -1.02), (0.95, 0)), light.dark(cloth, 0.4), 0.025)


def lamppost(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a street lamp."""
    iron = light.tint(rgb("2b3040"))
    if light.lit:
        pen.glow(0, -0.86, 0.42, LAMP, 0.9)
    pen.line(((0, 0), (0, -0.78)), iron, 0.03)
    pen.box(-0.05, -0.05, 0.05, 0, iron)
    pen.polygon(
        shape("-0.05,-0.78 0.05,-0.78 0.08,-0.93 -0.08,-0.93"),
        LAMP if light.lit else light.tint(rgb("dfe6e2")),
    )
    pen.polygon(((-0.10, -0.93), (0.10, -0.93), (0, -1.0)), iron)


def bench(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a wooden bench."""
    wood, iron = light.tint(rgb("a06a42")), light.tint(rgb("2b3040"))
    for x in (-0.75, 0.75):
        pen.line(((x, 0), (x, -0.95)), iron, 0.06)
    for y in (-0.92, -0.72, -0.45):
        pen.box(-0.9, y, 0.9, y + 0.13, wood)


def snowman(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a snowman with a scarf."""
    snow = light.tint(SNOW)
    for x, end in ((-0.2, -0.48), (0.2, 0.48)):
        pen.line(((x, -0.5), (end, -0.68)), light.tint(WOOD), 0.025)
    for y, radius in ((-0.22, 0.26), (-0.55, 0.19)):
        pen.disc(0, y, radius, snow)
        pen.disc(-0.03, y - 0.03, radius * 0.8, mix(snow, WHITE, 0.35))
    pen.disc(0, -0.82, 0.14, snow)
    scarf = light.tint(NAMED[thing.look])
    pen.box(-0.13, -0.72, 0.13, -0.67, scarf)
    pen.box(0.05, -0.70, 0.11, -0.50, scarf)
    for x in (-0.05, 0.05):
        pen.disc(x, -0.85, 0.018, INK)
    for y in (-0.58, -0.49):
        pen.disc(0, y, 0.018, INK)
    pen.polygon(((0, -0.83), (0, -0.79), (0.14, -0.80)), light.tint(NAMED["orange"]))
    pen.box(-0.16, -0.95, 0.16, -0.92, light.tint(INK))
    pen.box(-0.10, -1.08, 0.10, -0.93, light.tint(INK))
