"""What stands on a table: each is on (0, 0) and one unit high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import LAMP, NAMED, WHITE, is_dark, mix, rgb
from booru_nb.drawn.pictures.faces import face
from booru_nb.drawn.pictures.pen import shape
from booru_nb.drawn.pictures.plants import blossom

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


def teapot(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a teapot."""
    glaze = light.tint(NAMED[thing.look])
    pen.arc((-0.52, -0.45), 0.24, (70, 290), glaze, 0.09)
    pen.blob(
        shape("0.38,-0.28 0.62,-0.45 0.78,-0.78 0.92,-0.74 0.72,-0.25 0.4,-0.1"),
        glaze,
    )
    pen.blob(
        shape("-0.38,0 -0.7,-0.35 -0.42,-0.8 0.42,-0.8 0.7,-0.35 0.38,0"),
        glaze,
    )
    pen.oval(0, -0.74, 0.30, 0.08, light.dark(glaze, 0.2))
    pen.oval(0, -0.77, 0.27, 0.09, glaze)
    pen.disc(0, -0.90, 0.075, light.dark(glaze, 0.15))
    pen.oval(-0.26, -0.52, 0.07, 0.16, mix(glaze, WHITE, 0.55))
    if thing.mood:
        face(pen.at(0.04, -0.40, 0.32), thing.mood, dark=is_dark(glaze), nose=False)
    elif chance.happens(0.5):
        for x in (-0.1, 0.12, 0.34):
            petal, heart = mix(glaze, WHITE, 0.8), light.tint(NAMED["yellow"])
            blossom(pen.at(x, -0.33, 0.085), petal, heart)
    else:
        pen.box(-0.575, -0.34, 0.575, -0.27, mix(glaze, WHITE, 0.7))


def cup(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a cup that steams."""
    glaze = light.tint(NAMED[thing.look])
    for x in (-0.15, 0.12):
        points = ((x, -1.0), (x + 0.09, -1.16), (x - 0.05, -1.32), (x + 0.04, -1.5))
        pen.line(points, (255, 255, 255, 110), 0.055)
    pen.oval(0, -0.03, 0.72, 0.09, mix(glaze, WHITE, 0.45))
    pen.arc((0.45, -0.50), 0.22, (-80, 90), glaze, 0.09)
    pen.blob(shape("-0.5,-0.88 0.5,-0.88 0.42,-0.05 -0.42,-0.05"), glaze, rounds=1)
    pen.oval(0, -0.85, 0.45, 0.10, mix(glaze, WHITE, 0.35))
    pen.oval(0, -0.84, 0.39, 0.075, light.tint(rgb("7a4a2e")))
    pen.oval(-0.28, -0.45, 0.05, 0.17, mix(glaze, WHITE, 0.5))


VASE = shape(
    "-0.18,0 -0.34,-0.35 -0.12,-0.78 -0.2,-1 0.2,-1 0.12,-0.78 0.34,-0.35 0.18,0"
)


def vase(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a vase; its flowers are drawn by whoever puts them in."""
    glaze = light.tint(NAMED[thing.look])
    pen.blob(VASE, glaze)
    pen.oval(0, -0.95, 0.16, 0.035, light.dark(glaze, 0.4))
    pen.oval(-0.13, -0.40, 0.04, 0.15, mix(glaze, WHITE, 0.5))
    if chance.happens(0.5):
        pen.oval(0, -0.22, 0.26, 0.03, mix(glaze, WHITE, 0.6))


PEAR = "-0.42,0 -0.56,-0.35 -0.2,-0.7 -0.16,-1 0.16,-1 0.2,-0.7 0.56,-0.35 0.42,0"
LEMON = "-0.72,-0.42 -0.35,-0.8 0.35,-0.8 0.72,-0.42 0.35,-0.02 -0.35,-0.02"
FRUIT: dict[str, tuple[str, str]] = {
    "apple": ("d8433f", ""),
    "orange": ("ee8a3a", ""),
    "pear": ("9ab052", PEAR),
    "lemon": ("f4c545", LEMON),
}
"""The skin of each fruit, and its shape where it is not round."""


def fruit(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw an apple, a pear, an orange or a lemon."""
    colour, outline = FRUIT[thing.kind]
    skin = light.tint(rgb(colour))
    if outline:
        pen.blob(shape(outline), skin)
    else:
        pen.oval(0, -0.45, 0.50, 0.45, skin)
    if thing.kind == "apple":
        pen.oval(0, -0.86, 0.16, 0.05, light.dark(skin, 0.4))
    pen.oval(-0.20, -0.52, 0.07, 0.14, mix(skin, WHITE, 0.55))
    if thing.kind != "lemon":
        stalk = pen.at(0, -0.92 if thing.kind == "pear" else -0.85, 1.0)
        stalk.line(((0, 0), (0.05, -0.2)), light.tint(rgb("6a4630")), 0.05)
        leaf = shape("0.05,-0.08 0.2,-0.24 0.42,-0.2 0.24,-0.04")
        stalk.blob(leaf, light.tint(NAMED["green"]))


def candle(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a burning candle on a plate."""
    wax = light.tint(rgb("f6ecd6"))
    pen.glow(0, -0.92, 0.75, LAMP, 0.75)
    pen.oval(0, -0.03, 0.36, 0.07, light.tint(rgb("b08a4a")))
    pen.box(-0.14, -0.70, 0.14, -0.04, wax)
    pen.oval(0, -0.70, 0.14, 0.035, mix(wax, WHITE, 0.6))
    pen.blob(shape("-0.07,-0.8 0,-1.08 0.07,-0.8 0,-0.72"), NAMED["orange"])
    pen.blob(shape("-0.04,-0.8 0,-0.96 0.04,-0.8 0,-0.74"), LAMP)


def cake(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a cake with icing and a cherry."""
    sponge, icing = (
        light.tint(rgb("e2b273")),
        light.tint(mix(NAMED[thing.look], WHITE, 0.35)),
    )
    pen.oval(0, -0.03, 0.92, 0.11, light.tint(WHITE))
    pen.box(-0.66, -0.62, 0.66, -0.06, sponge)
    pen.box(-0.66, -0.38, 0.66, -0.29, light.tint(rgb("fff3e0")))
    pen.blob(shape("-0.7,-0.52 -0.72,-0.84 0.72,-0.84 0.7,-0.52"), icing, rounds=1)
    for drop in range(7):
        x = -0.57 + drop * 0.19
        pen.oval(x, -0.54, 0.095, chance.number(0.06, 0.17), icing)
    for x in (-0.42, 0.0, 0.42):
        pen.disc(x, -0.90, 0.10, light.tint(NAMED["red"]))
        pen.disc(x - 0.03, -0.93, 0.028, WHITE)
