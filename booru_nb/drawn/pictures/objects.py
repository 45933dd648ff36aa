"""Things of every day: each stands on (0, 0) and is one unit high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import INK, LAMP, NAMED, WHITE, mix, rgb
from booru_nb.drawn.pictures.faces import face
from booru_nb.drawn.pictures.pen import shape
from booru_nb.drawn.pictures.plants import blossom

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


def umbrella(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw an open umbrella."""
    cloth = light.tint(NAMED[thing.look])
    pen.line(((0, -0.95), (0, -0.08)), light.tint(rgb("4a3a34")), 0.03)
    pen.arc(0.06, -0.08, 0.06, (0, 180), light.tint(rgb("4a3a34")), 0.03)
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


def teapot(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a teapot."""
    glaze = light.tint(NAMED[thing.look])
    pen.arc(-0.52, -0.45, 0.24, (70, 290), glaze, 0.09)
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
        face(pen.at(0.04, -0.40, 0.32), thing.mood, dark=sum(glaze) < 280, nose=False)
    elif chance.happens(0.5):
        for x in (-0.1, 0.12, 0.34):
            blossom(
                pen,
                x,
                -0.33,
                0.085,
                mix(glaze, WHITE, 0.8),
                light.tint(NAMED["yellow"]),
            )
    else:
        pen.box(-0.575, -0.34, 0.575, -0.27, mix(glaze, WHITE, 0.7))


def cup(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a cup that steams."""
    glaze = light.tint(NAMED[thing.look])
    for x in (-0.15, 0.12):
        points = ((x, -1.0), (x + 0.09, -1.16), (x - 0.05, -1.32), (x + 0.04, -1.5))
        pen.line(points, (255, 255, 255, 110), 0.055)
    pen.oval(0, -0.03, 0.72, 0.09, mix(glaze, WHITE, 0.45))
    pen.arc(0.45, -0.50, 0.22, (-80, 90), glaze, 0.09)
    pen.blob(shape("-0.5,-0.88 0.5,-0.88 0.42,-0.05 -0.42,-0.05"), glaze, rounds=1)
    pen.oval(0, -0.85, 0.45, 0.10, mix(glaze, WHITE, 0.35))
    pen.oval(0, -0.84, 0.39, 0.075, light.tint(rgb("7a4a2e")))
    pen.oval(-0.28, -0.45, 0.05, 0.17, mix(glaze, WHITE, 0.5))


def vase(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a vase; its flowers are drawn by whoever puts them in."""
    glaze = light.tint(NAMED[thing.look])
    pen.blob(
        shape(
            "-0.18,0 -0.34,-0.35 -0.12,-0.78 -0.2,-1 0.2,-1 0.12,-0.78 0.34,-0.35 0.18,0"
        ),
        glaze,
    )
    pen.oval(0, -0.95, 0.16, 0.035, light.dark(glaze, 0.4))
    pen.oval(-0.13, -0.40, 0.04, 0.15, mix(glaze, WHITE, 0.5))
    if chance.happens(0.5):
        pen.oval(0, -0.22, 0.26, 0.03, mix(glaze, WHITE, 0.6))


def fruit(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw an apple, a pear, an orange or a lemon."""
    colour = {"apple": "red", "pear": "green", "orange": "orange", "lemon": "yellow"}
    skin = light.tint(
        mix(
            NAMED[colour[thing.kind]],
            NAMED["yellow"],
            0.45 if thing.kind == "pear" else 0.0,
        )
    )
    if thing.kind == "pear":
        pen.blob(
            shape(
                "-0.42,0 -0.56,-0.35 -0.2,-0.7 -0.16,-1 0.16,-1 0.2,-0.7 0.56,-0.35 0.42,0"
            ),
            skin,
        )
    elif thing.kind == "lemon":
        pen.blob(
            shape("-0.72,-0.42 -0.35,-0.8 0.35,-0.8 0.72,-0.42 0.35,-0.02 -0.35,-0.02"),
            skin,
        )
    else:
        pen.oval(0, -0.45, 0.50, 0.45, skin)
    if thing.kind == "apple":
        pen.oval(0, -0.86, 0.16, 0.05, light.dark(skin, 0.4))
    pen.oval(-0.20, -0.52, 0.07, 0.14, mix(skin, WHITE, 0.55))
    if thing.kind != "lemon":
        top = -0.92 if thing.kind == "pear" else -0.85
        pen.line(((0, top), (0.05, top - 0.2)), light.tint(rgb("6a4630")), 0.05)
        pen.blob(
            (
                (0.05, top - 0.08),
                (0.2, top - 0.24),
                (0.42, top - 0.2),
                (0.24, top - 0.04),
            ),
            light.tint(NAMED["green"]),
        )


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


def candle(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a burning candle on a plate."""
    wax = light.tint(rgb("f6ecd6"))
    pen.glow(0, -0.92, 0.75, LAMP, 0.75)
    pen.oval(0, -0.03, 0.36, 0.07, light.tint(rgb("b08a4a")))
    pen.box(-0.14, -0.70, 0.14, -0.04, wax)
    pen.oval(0, -0.70, 0.14, 0.035, mix(wax, WHITE, 0.6))
    pen.blob(shape("-0.07,-0.8 0,-1.08 0.07,-0.8 0,-0.72"), NAMED["orange"])
    pen.blob(shape("-0.04,-0.8 0,-0.96 0.04,-0.8 0,-0.74"), LAMP)


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
