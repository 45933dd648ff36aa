"""What travels: boats stand on the water line (0, 0), the rest as each one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import INK, LAMP, NAMED, WHITE, mix, rgb
from booru_nb.drawn.pictures.pen import mirrored, shape

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


def sailboat(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a boat with two sails; the colour is that of the sails."""
    sail = light.tint(NAMED[thing.look])
    hull = light.tint(rgb("7a4a34"))
    pen.line(((0, -0.1), (0, -1.05)), light.tint(INK), 0.025)
    pen.blob(
        shape("0.04,-0.2 0.04,-1 0.12,-0.8 0.5,-0.22 0.48,-0.19"),
        sail,
        rounds=1,
    )
    pen.polygon(
        ((-0.05, -0.22), (-0.05, -0.86), (-0.36, -0.22)), mix(sail, WHITE, 0.35)
    )
    pen.polygon(shape("-0.46,-0.15 0.54,-0.15 0.38,0.03 -0.32,0.03"), hull)
    pen.box(-0.46, -0.165, 0.54, -0.12, light.tint(rgb("f2e8d5")))
    pen.polygon(((0, -1.05), (0, -0.98), (0.12, -1.015)), light.tint(NAMED["red"]))


def rowboat(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a small rowing boat."""
    hull = light.tint(NAMED[thing.look])
    pen.blob(shape("-1,-0.55 1,-0.55 0.72,0.06 -0.72,0.06"), hull, rounds=1)
    pen.polygon(
        shape("-0.86,-0.46 0.86,-0.46 0.76,-0.3 -0.76,-0.3"),
        light.dark(hull, 0.45),
    )
    pen.line(((0.15, -0.75), (0.75, 0.08)), light.tint(rgb("d9b98a")), 0.06)


def steamer(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a ship with funnels and a row of windows."""
    hull = light.tint(NAMED[thing.look])
    deck = light.tint(rgb("f4efe4"))
    for x, size in ((-0.25, 0.16), (-0.42, 0.20), (-0.66, 0.25)):
        pen.disc(x - 0.1, -0.92 - size, size, (*light.tint(rgb("e6e6ea")), 130))
    for x in (-0.25, 0.15):
        pen.box(x - 0.09, -0.92, x + 0.09, -0.4, light.tint(NAMED["red"]))
        pen.box(x - 0.09, -0.92, x + 0.09, -0.82, light.tint(INK))
    pen.box(-0.75, -0.55, 0.6, -0.28, deck)
    pen.polygon(shape("-1,-0.3 1.15,-0.34 0.92,0.04 -0.88,0.04"), hull)
    pen.box(-0.93, -0.05, 0.98, 0.04, light.dark(hull, 0.4))
    for step in range(8):
        pen.disc(-0.64 + step * 0.16, -0.42, 0.042, light.window())


def balloon(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a hot air balloon; its basket hangs at (0, 0)."""
    cloth = light.tint(NAMED[thing.look])
    pale = mix(cloth, WHITE, 0.72)
    for x in (-0.07, 0.07):
        pen.line(((x, -0.08), (x * 2.4, -0.34)), light.tint(INK), 0.012)
    pen.box(-0.08, -0.10, 0.08, 0, light.tint(rgb("9b6b43")))
    if light.lit:
        pen.glow(0, -0.34, 0.34, LAMP, 0.8)
    for share, fill in ((1.0, cloth), (0.66, pale), (0.30, cloth)):
        w = 0.40 * share
        pen.disc(0, -0.68, 0.40, fill) if share == 1.0 else pen.oval(
            0, -0.68, w, 0.40, fill
        )
        pen.polygon(
            (
                (-w * 0.92, -0.53),
                (w * 0.92, -0.53),
                (0.15 * share, -0.22),
                (-0.15 * share, -0.22),
            ),
            fill,
        )
    pen.blob(
        shape("0.1,-1.02 0.42,-0.85 0.4,-0.5 0.16,-0.24 0.3,-0.6"),
        (*light.dark(cloth, 1.0), 45),
    )
    pen.box(-0.15, -0.25, 0.15, -0.21, light.dark(cloth, 0.4))


def train(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a steam train that runs to the right, on rails at 0."""
    paint = light.tint(NAMED[thing.look])
    iron = light.tint(rgb("2c2f3d"))
    for rail in (0.03, 0.14):
        pen.box(-30, rail, 30, rail + 0.05, iron)
    for puff, size in shape("0.95,0.22 0.55,0.32 0,0.42 -0.7,0.5"):
        pen.disc(puff, -1.3 - size * 0.7, size, (*light.tint(rgb("f0eeee")), 150))
    for car in range(2):
        x = -3.6 + car * 1.55
        pen.box(
            x,
            -0.9,
            x + 1.4,
            -0.2,
            mix(paint, light.tint(rgb("f2d9a6")), 0.35 * car + 0.2),
        )
        pen.box(x - 0.04, -0.98, x + 1.44, -0.88, iron)
        for step in range(3):
            pen.box(
                x + 0.15 + step * 0.42,
                -0.75,
                x + 0.42 + step * 0.42,
                -0.48,
                light.window(),
            )
    pen.box(-0.5, -1.1, 0.15, -0.2, paint)
    pen.box(-0.58, -1.18, 0.22, -1.06, iron)
    pen.box(-0.38, -0.95, 0.02, -0.65, light.window())
    pen.blob(shape("0.1,-0.2 0.1,-0.85 1.25,-0.85 1.25,-0.2"), paint, rounds=1)
    pen.box(0.1, -0.32, 1.3, -0.2, iron)
    pen.polygon(shape("0.88,-0.8 0.82,-1.2 1.12,-1.2 1.06,-0.8"), iron)
    pen.polygon(((1.25, -0.25), (1.6, 0), (1.1, 0)), iron)
    for x in (-3.35, -2.55, -1.8, -1.0, -0.3, 0.3, 0.75, 1.15):
        pen.disc(x, -0.14, 0.17, iron)
        pen.disc(x, -0.14, 0.07, light.tint(NAMED["grey"]))


def rocket(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a rocket that flies upwards; its flame ends below (0, 0)."""
    trim = light.tint(NAMED[thing.look])
    body = light.tint(rgb("f1eee8"))
    length = chance.number(0.12, 0.2)
    pen.glow(0, 0.0, 0.4, LAMP, 0.8)
    pen.blob(
        (
            (-0.11, -0.12),
            (0.11, -0.12),
            (0.05, length),
            (0, length * 1.6),
            (-0.05, length),
        ),
        NAMED["orange"],
        rounds=1,
    )
    pen.blob(((-0.06, -0.12), (0.06, -0.12), (0, length)), NAMED["yellow"], rounds=1)
    for side in (-1, 1):
        pen.blob(
            mirrored(shape("0.12,-0.42 0.32,-0.16 0.3,-0.02 0.12,-0.16"), side),
            trim,
            rounds=1,
        )
    pen.blob(
        shape("-0.14,-0.12 -0.22,-0.55 -0.02,-1.12 0.02,-1.12 0.22,-0.55 0.14,-0.12"),
        body,
    )
    pen.blob(shape("-0.12,-0.86 -0.02,-1.1 0.02,-1.1 0.12,-0.86"), trim, rounds=1)
    pen.disc(0, -0.60, 0.10, trim)
    pen.disc(0, -0.60, 0.068, light.window())


def bicycle(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a bicycle, leaning on its stand."""
    frame, tyre = light.tint(NAMED[thing.look]), light.tint(rgb("2c2f3d"))
    for x in (-0.55, 0.55):
        pen.ring(x, -0.36, 0.36, tyre, 0.05)
        for turn in range(3):
            dx, dy = ((0.32, 0.0), (0.16, 0.28), (0.16, -0.28))[turn]
            pen.line(
                ((x - dx, -0.36 - dy), (x + dx, -0.36 + dy)),
                mix(tyre, WHITE, 0.4),
                0.012,
            )
    for points in (
        shape("-0.55,-0.36 -0.25,-0.78 0.35,-0.78 -0.05,-0.36 -0.55,-0.36"),
        ((-0.05, -0.36), (-0.29, -0.90)),
        ((0.55, -0.36), (0.32, -0.98), (0.45, -1.04)),
    ):
        pen.line(points, frame, 0.055)
    pen.oval(-0.30, -0.93, 0.14, 0.045, tyre)
    pen.line(((0.26, -1.0), (0.46, -1.04)), tyre, 0.05)
    pen.box(0.45, -0.98, 0.80, -0.72, light.tint(rgb("b9875a")))
