"""Things of every day: each stands on (0, 0) and is one unit high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import INK, LAMP, NAMED, WHITE, mix, rgb
from booru_nb.drawn.pictures.faces import face
from booru_nb.drawn.pictures.pen import shape

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


def umbrella(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw an open umbrella."""
    cloth = light.tint(NAMED[thing.look])
    pen.line(((0, -0.95), (0, -0.08)), light.tint(rgb("4a3a34")), 0.03)
    pen.arc((0.06, -0.08), 0.06, (0, 180), light.tint(rgb("4a3a34")), 0.03)
    dome = shape("-0.6,-0.5 -0.56,-0.8 -0.2,-0.99 0.2,-0.99 0.56,-0.8 0.6,-0.5")
    pen.blob(
        (
            *dome,
            (0.40, -0.56),
            (0.2, -0.50),
            (0.0, -0.56),
            (-0.2, -0.50),
            (-0.40, -0.56),
        ),
        cloth,
        rounds=1,
    )
    pen.blob(
        shape("-0.2,-0.53 -0.16,-0.85 0,-0.97 0.16,-0.85 0.2,-0.53 0,-0.57"),
        mix(cloth, WHITE, 0.18),
        rounds=1,
    )
    pen.blob(
        shape("0.4,-0.56 0.38,-0.8 0.15,-0.96 0.5,-0.8 0.58,-0.52"),
        light.dark(cloth, 0.22),
        rounds=1,
    )
    pen.line(((0, -0.96), (0, -1.06)), light.tint(rgb("4a3a34")), 0.03)


def books(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a pile of books; the lowest has the thing's colour."""
    covers = [thing.look, *chance.sample([c for c in NAMED if c != thing.look], 2)]
    for row, name in enumerate(covers):
        cover = light.tint(NAMED[name])
        shift, y = chance.number(-0.08, 0.08), -0.33 * row
        pen.box(-0.75 + shift, y - 0.30, 0.75 + shift, y, cover)
        pen.box(
            -0.66 + shift, y - 0.25, 0.77 + shift, y - 0.05, light.tint(rgb("f3ead6"))
        )
        pen.box(-0.75 + shift, y - 0.30, -0.62 + shift, y, light.dark(cover, 0.2))


def robot(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a friendly robot."""
    metal = light.tint(NAMED[thing.look])
    iron = light.tint(rgb("4a5160"))
    for side in (-1, 1):
        pen.box(0.08 * side, -0.16, 0.17 * side, -0.03, iron)
        pen.oval(0.14 * side, -0.02, 0.11, 0.045, light.dark(metal, 0.3))
        pen.line(
            ((0.24 * side, -0.42), (0.36 * side, -0.30), (0.34 * side, -0.20)),
            iron,
            0.045,
        )
        pen.disc(0.34 * side, -0.19, 0.045, metal)
        pen.box(0.26 * side, -0.78, 0.31 * side, -0.66, iron)
    pen.blob(shape("-0.26,-0.12 -0.26,-0.52 0.26,-0.52 0.26,-0.12"), metal, rounds=1)
    pen.box(-0.12, -0.36, 0.12, -0.22, light.tint(rgb("e9e4d6")))
    for x, name in ((-0.06, "red"), (0.0, "yellow"), (0.06, "green")):
        pen.disc(x, -0.29, 0.024, NAMED[name])
    pen.box(-0.06, -0.54, 0.06, -0.48, iron)
    pen.blob(shape("-0.29,-0.54 -0.29,-0.92 0.29,-0.92 0.29,-0.54"), metal, rounds=1)
    pen.blob(
        shape("-0.23,-0.58 -0.23,-0.87 0.23,-0.87 0.23,-0.58"),
        rgb("f4efe0"),
        rounds=1,
    )
    face(pen.at(0, -0.735, 0.22), thing.mood, dark=False, nose=False)
    pen.line(((0, -0.90), (0, -1.02)), iron, 0.025)
    pen.disc(0, -1.03, 0.04, LAMP if light.lit else NAMED["red"])


def lantern(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a paper lantern; it hangs from above."""
    paper = mix(light.tint(NAMED[thing.look]), LAMP, 0.45 if light.lit else 0.0)
    if light.lit:
        pen.glow(0, -0.45, 0.95, LAMP, 0.7)
    pen.line(((0, -6), (0, -0.85)), INK, 0.03)
    pen.oval(0, -0.45, 0.38, 0.40, paper)
    pen.oval(0, -0.45, 0.2, 0.39, mix(paper, WHITE, 0.25))
    pen.box(-0.16, -0.87, 0.16, -0.80, light.tint(INK))
    pen.box(-0.16, -0.10, 0.16, -0.03, light.tint(INK))
    pen.line(((0, -0.03), (0, 0.15)), light.tint(NAMED["red"]), 0.04)


def kite(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a kite with a tail."""
    cloth = light.tint(NAMED[thing.look])
    tail = shape("0,-0.1 0.16,0.1 -0.05,0.3 0.12,0.5 0,0.7")
    pen.line(tail, light.tint(INK), 0.02)
    for x, y in tail[1:]:
        pen.polygon(
            (
                (x - 0.09, y - 0.05),
                (x + 0.09, y + 0.05),
                (x + 0.09, y - 0.05),
                (x - 0.09, y + 0.05),
            ),
            cloth,
        )
    pen.polygon(((0, -1), (0.36, -0.62), (0, -0.1)), cloth)
    pen.polygon(((0, -1), (-0.36, -0.62), (0, -0.1)), mix(cloth, WHITE, 0.45))
    pen.line(((-0.36, -0.62), (0.36, -0.62)), light.tint(INK), 0.02)


def potted_plant(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a leafy plant in a pot."""
    leaf = light.tint(rgb("4f9160"))
    for turn in range(7):
        lean = -0.55 + turn * 0.18 + chance.number(-0.04, 0.04)
        high = 1.0 - abs(lean) * 0.65
        fill = mix(leaf, WHITE, 0.08 * (turn % 3))
        pen.blob(
            (
                (0, -0.38),
                (lean * 0.3 - 0.09, -0.4 - high * 0.3),
                (lean, -high),
                (lean * 0.5 + 0.09, -0.4 - high * 0.25),
            ),
            fill,
        )
    clay = light.tint(NAMED[thing.look])
    pen.polygon(shape("-0.26,-0.4 0.26,-0.4 0.19,0 -0.19,0"), clay)
    pen.box(-0.30, -0.46, 0.30, -0.36, light.dark(clay, 0.15))
